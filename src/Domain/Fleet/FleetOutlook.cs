namespace Movc.Domain.Fleet;

/// <summary>
/// What is expected of a shard's willing vehicles after the snapshot: of the plugged-in ones when they will be away, and of those that
/// are away now how they will come back. Immutable once handed over.
/// </summary>
/// <remarks>
/// <code>
/// per row       GapOffset[R + 1] UsualChargeW[R] UsualNeedWh[R]       R = plugged-in vehicles in the snapshot's order, then those away
/// per gap       FromSlot[G] ToSlot[G] UsedWh[G]        of a row in time order; of one that is away the first begins at 0
/// per away      Vehicle CapacityWh EnergyWh ChargeOnlyEnergyWh MaxChargeW MaxDischargeW NeededWh
/// </code>
/// Slots count from the snapshot on; departures are cut down to a slot's start, returns up. A row without gaps is expected to stay, or
/// takes part in no dispatch.
/// </remarks>
public sealed class FleetOutlook
{
    /// <summary><see cref="ToSlot"/> of a gap whose end nothing is known of.</summary>
    public const ushort NotBack = ushort.MaxValue;

    /// <summary><see cref="UsualNeedWh"/> of a vehicle that plugs in only to charge.</summary>
    public const int OwesAll = -1;

    /// <summary>Slots ahead that it looks: a day and a half.</summary>
    public const int Slots = 216;

    /// <summary>Gaps of a vehicle that it holds at most.</summary>
    public const int MaxGaps = 12;

    public required int[] GapOffset { get; init; }

    /// <summary>Charging power at usual stays, W; 0 = not known.</summary>
    public required int[] UsualChargeW { get; init; }

    /// <summary>Mean of what each row needed at its departures, Wh, 0 = not known; <see cref="OwesAll"/> = it is owed all that Charge Only would have.</summary>
    public required int[] UsualNeedWh { get; init; }

    public required ushort[] FromSlot { get; init; }

    public required ushort[] ToSlot { get; init; }

    public required int[] UsedWh { get; init; }

    /// <summary>Local index of each vehicle that is away and expected back, rising.</summary>
    public required int[] Vehicle { get; init; }

    public required int[] CapacityWh { get; init; }

    /// <summary>Stored energy when it left, Wh.</summary>
    public required int[] EnergyWh { get; init; }

    /// <summary>The same had nobody dispatched it, Wh.</summary>
    public required int[] ChargeOnlyEnergyWh { get; init; }

    /// <summary>Of its last stay, W.</summary>
    public required int[] MaxChargeW { get; init; }

    /// <summary>Of its last stay, W.</summary>
    public required int[] MaxDischargeW { get; init; }

    /// <summary>Energy asked for at its last departure, Wh, 0 = not told.</summary>
    public required int[] NeededWh { get; init; }

    /// <summary>What is known of departures and stays to come, where the time is over and lived through again; null = only what is expected, as in a live city.</summary>
    public KnownStays? Known { get; init; }

    public int AwayCount => Vehicle.Length;

    public int GapCount => FromSlot.Length;
}
