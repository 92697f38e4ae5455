namespace Movc.Domain.Fleet;

/// <summary>
/// What a fleet's willing vehicles did at the plug in a period that is over, as its twin had it: of every stay the whole intervals in
/// which the vehicle could be dispatched. Energies are those of the twin. Columns, immutable by convention.
/// </summary>
/// <remarks>
/// <code>
/// per vehicle   CapacityWh InitialWh FinalWh FinalChargeOnlyWh WearRmb ChargeOnlyWearRmb DischargedWh Consent StayOffset[N + 1]
/// per stay      StartSlot EndSlot MaxChargeW MaxDischargeW OwedWh DepartWh TripWhAfter
/// per slot      ChargedKw DischargedKw
/// </code>
/// A vehicle that had no such interval is left out.
/// </remarks>
public sealed class FleetHistory
{
    /// <summary>Start of the period, Unix milliseconds UTC, on an interval's boundary.</summary>
    public required long FromMs { get; init; }

    public required int[] CapacityWh { get; init; }

    /// <summary>Stored energy at the vehicle's first interval, Wh.</summary>
    public required int[] InitialWh { get; init; }

    /// <summary>Stored energy at the end of its last, Wh.</summary>
    public required int[] FinalWh { get; init; }

    /// <summary>The same had nobody dispatched it, Wh.</summary>
    public required int[] FinalChargeOnlyWh { get; init; }

    /// <summary>Wear of its battery in the period, RMB (MOVC Eqs. 42-44).</summary>
    public required double[] WearRmb { get; init; }

    /// <summary>The same under Charge Only, RMB.</summary>
    public required double[] ChargeOnlyWearRmb { get; init; }

    /// <summary>Delivered at the plug, Wh, 0 or more.</summary>
    public required long[] DischargedWh { get; init; }

    public required V2gStrategy[] Consent { get; init; }

    public required int[] StayOffset { get; init; }

    /// <summary>Slot of the period at which the first whole interval of the stay begins.</summary>
    public required int[] StartSlot { get; init; }

    /// <summary>End of the last whole interval, exclusive.</summary>
    public required int[] EndSlot { get; init; }

    public required int[] MaxChargeW { get; init; }

    public required int[] MaxDischargeW { get; init; }

    /// <summary>Energy owed at the end of the last whole interval (<see cref="Promise"/>, less what the broken one after it added), Wh; 0 for a stay that the period cuts off.</summary>
    public required int[] OwedWh { get; init; }

    /// <summary>Energy then, Wh.</summary>
    public required int[] DepartWh { get; init; }

    /// <summary>Energy that went between there and the next stay's first interval, Wh; negative where more was charged than driven.</summary>
    public required int[] TripWhAfter { get; init; }

    /// <summary>Drawn in whole intervals, kW per slot, 0 or more.</summary>
    public required double[] ChargedKw { get; init; }

    /// <summary>Delivered in whole intervals, kW per slot, 0 or more.</summary>
    public required double[] DischargedKw { get; init; }

    /// <summary>Departures in the period.</summary>
    public required long Departures { get; init; }

    /// <summary>Of those, with less than was owed.</summary>
    public required long DeparturesUnderPromise { get; init; }

    /// <summary>Sum over them of their satisfaction (MOVC Eq. 40).</summary>
    public required double Satisfaction { get; init; }

    public int VehicleCount => CapacityWh.Length;

    public int StayCount => StartSlot.Length;

    public int Slots => ChargedKw.Length;
}
