using Movc.VehicleKernel.Storage;

namespace Movc.VehicleKernel.Bundles;

/// <summary>
/// A finished plan as it is published: what was solved (by its hash), the rounds of prices that the vehicles answered, the certificate,
/// and the hash of the plan before. Who holds vehicles derives their schedules from it (<see cref="Vehicles.PlannedVehicles"/>).
/// Bytes: docs/protocol/plan-bundle.md. Immutable by convention once made.
/// </summary>
public sealed record PlanBundle
{
    /// <summary>Most slots of a horizon, and most past ones.</summary>
    public const int MaxSlots = PriceRanks.MaxSteps;

    /// <summary>Most bytes of a plan id.</summary>
    public const int MaxIdBytes = 64;

    /// <summary>Id of the plan, 1 to 64 bytes of UTF-8.</summary>
    public required string Id { get; init; }

    /// <summary>When slot 0 starts, Unix milliseconds UTC; 0 for a plan without a date.</summary>
    public required long AtMs { get; init; }

    /// <summary>Vehicles of the plan, 0 or more; they are known by their index in the snapshot.</summary>
    public required int VehicleCount { get; init; }

    /// <summary>Length of a slot, h.</summary>
    public required double SlotHours { get; init; }

    /// <summary>One-way efficiency η.</summary>
    public required double Efficiency { get; init; }

    /// <summary>Weight λ of the energy that passes through batteries.</summary>
    public required double Lambda { get; init; }

    /// <summary>Weight w of each day's peak; 0 = none.</summary>
    public required double PeakWeight { get; init; }

    /// <summary>Seed of the order in which vehicles answered.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Unit of energy that all vehicles are counted in.</summary>
    public required EnergyUnits Units { get; init; }

    /// <summary>0 solved, 1 repaired, 2 loose gap, 3 empty.</summary>
    public required byte Status { get; init; }

    /// <summary>Needs that were out of reach and lowered.</summary>
    public required int LoweredNeeds { get; init; }

    /// <summary>Objective, kW with the 1/T.</summary>
    public required double ObjectiveKw { get; init; }

    /// <summary>Lower bound that <see cref="Prices"/> prove, kW with the 1/T.</summary>
    public required double BoundKw { get; init; }

    /// <summary>SHA-256 of the instance that was solved (docs/solve.md).</summary>
    public required Digest SnapshotHash { get; init; }

    /// <summary>Of every vehicle's setpoint and schedule (<see cref="ScheduleHash"/>).</summary>
    public required UInt128 ScheduleSum { get; init; }

    /// <summary><see cref="BundleCodec.HashOf"/> of the plan before; <see cref="Digest.None"/> for the first.</summary>
    public required Digest PreviousHash { get; init; }

    /// <summary>Calendar day of each slot, 0 for the first slot's day, rising by one; length T.</summary>
    public required int[] DayOfSlot { get; init; }

    /// <summary>Dual prices π, past slots of day 0 first; length P + T.</summary>
    public required double[] Prices { get; init; }

    /// <summary>The city without these vehicles, kW per slot; length T.</summary>
    public required double[] LoadKw { get; init; }

    /// <summary>Net load after dispatch, kW per slot; length T.</summary>
    public required double[] AfterKw { get; init; }

    /// <summary>Net load of the slots of day 0 already gone, kW, oldest first; length P.</summary>
    public required double[] PastLoadKw { get; init; }

    /// <summary>Ranks of each round's prices.</summary>
    public required IReadOnlyList<PriceRanks> Rounds { get; init; }

    /// <summary>Vehicles that answered each round, in the order of <see cref="ProcessOrder"/>; those that are left have a row each.</summary>
    public required IReadOnlyList<int> Blocks { get; init; }

    /// <summary>Energy gained by the vehicles without a round, units; row by row in the order's last positions, T a row.</summary>
    public required int[] Rows { get; init; }

    /// <summary>Slots of the horizon, T.</summary>
    public int Slots => LoadKw.Length;

    /// <summary>Slots of day 0 already gone, P.</summary>
    public int PastSlots => PastLoadKw.Length;

    /// <summary>Vehicles that answered a round; the others have a row.</summary>
    public int Answered => Blocks.Sum();
}
