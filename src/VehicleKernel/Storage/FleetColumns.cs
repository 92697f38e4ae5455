namespace Movc.VehicleKernel.Storage;

/// <summary>
/// Vehicles as the kernels read them, in columns; the caller's own arrays, which are not copied. Needs, trips and final floors must be
/// within reach (<see cref="NeedRepair"/>), stays in time order, apart, and inside the horizon.
/// </summary>
/// <remarks>
/// Memory order, grouped by what one run reads together (N vehicles, S stays):
/// <code>
/// per vehicle   CapacityWh[N] InitialWh[N] FinalMinWh[N] StayOffset[N + 1]
/// per stay      StartSlot[S] EndSlot[S] MaxChargeW[S] MaxDischargeW[S] NeededWh[S] TripWh[S]
/// </code>
/// </remarks>
public sealed class FleetColumns
{
    /// <summary>Unit of energy, the same for all vehicles of a plan.</summary>
    public required EnergyUnits Units { get; init; }

    /// <summary>Slots of the horizon, 1 to <see cref="PriceRanks.MaxSteps"/>.</summary>
    public required int Slots { get; init; }

    public required int[] CapacityWh { get; init; }

    /// <summary>Stored energy at slot 0, Wh.</summary>
    public required int[] InitialWh { get; init; }

    /// <summary>Floor on the stored energy at the end of the horizon, Wh.</summary>
    public required int[] FinalMinWh { get; set; }

    /// <summary>Stays of vehicle i are [StayOffset[i], StayOffset[i + 1]).</summary>
    public required int[] StayOffset { get; init; }

    public required int[] StartSlot { get; init; }

    /// <summary>Exclusive.</summary>
    public required int[] EndSlot { get; init; }

    public required int[] MaxChargeW { get; init; }

    /// <summary>0 = smart charging only.</summary>
    public required int[] MaxDischargeW { get; init; }

    /// <summary>Floor on the stored energy when the stay ends, Wh; 0 where none.</summary>
    public required int[] NeededWh { get; set; }

    /// <summary>Energy that the trip after the stay takes, Wh.</summary>
    public required int[] TripWh { get; set; }
}
