using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Model;
using Movc.RollingOptimizer.Solver;
using Movc.VehicleKernel.Bundles;
using Movc.VehicleKernel.Storage;

namespace Movc.RollingOptimizer.Bundles;

/// <summary>Makes a finished dispatch the bundle that is published.</summary>
public static class PlanBundles
{
    /// <summary>Whether a plan can be published as its prices: not one in which a limit binds, for its vehicles answered prices of their own.</summary>
    public static bool CanBe(DispatchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Schedules is not LimitedSchedules;
    }

    /// <summary>
    /// The bundle of a plan. A pure function of its arguments, the same on any number of threads. Every schedule is made once more for
    /// its hash: 480,000 vehicles take a fraction of a second (docs/benchmarks.md).
    /// </summary>
    /// <param name="instance">The problem that was solved.</param>
    /// <param name="result">What <see cref="DispatchSolver"/> made of it.</param>
    /// <param name="seed">The seed that it was solved with: the order of the vehicles follows from it.</param>
    /// <param name="atMs">Start of slot 0, Unix milliseconds UTC; 0 for a plan without a date.</param>
    /// <param name="id">Id of the plan, 1 to 64 bytes of UTF-8.</param>
    /// <param name="previous">Hash of the bundle before; <see cref="Digest.None"/> for the first.</param>
    /// <exception cref="ArgumentException">A limit binds (<see cref="CanBe"/>), or instance, result and seed do not belong together, or the plan has no rounds because another solver made it.</exception>
    public static PlanBundle Of(DispatchInstance instance, DispatchResult result, ulong seed, long atMs, string id, Digest previous)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(result);
        (PreparedFleet fleet, IReadOnlyList<PriceRanks> rounds, IReadOnlyList<int> blocks, DenseSchedules? numbers) = result.Schedules switch
        {
            RoundSchedules plan => (plan.Fleet, plan.Rounds, plan.Blocks, plan.Tail),
            DenseSchedules plan => (plan.Fleet, [], [], plan),
            _ when instance.VehicleCount == 0 => (PreparedFleet.Prepare(instance, 1), [], [], null),
            _ => throw new ArgumentException("schedules that are not of rounds, as those of an exact solve, make no bundle", nameof(result)),
        };
        if (!ReferenceEquals(fleet.Instance, instance)) throw new ArgumentException("the result is of another instance", nameof(result));
        var bundle = new PlanBundle
        {
            Id = id,
            AtMs = atMs,
            VehicleCount = fleet.Count,
            SlotHours = instance.SlotHours,
            Efficiency = instance.Efficiency,
            Lambda = instance.Lambda,
            PeakWeight = instance.PeakWeight,
            Seed = seed,
            Units = fleet.Units,
            Status = (byte)result.Status,
            LoweredNeeds = result.Infeasible.Count,
            ObjectiveKw = result.ObjectiveKw,
            BoundKw = result.BoundKw,
            SnapshotHash = Digest.None,
            ScheduleSum = default,
            PreviousHash = previous,
            DayOfSlot = instance.DayOfSlot,
            Prices = result.Prices,
            LoadKw = instance.LoadKw,
            AfterKw = result.AfterKw,
            PastLoadKw = instance.PastLoadKw,
            Rounds = rounds,
            Blocks = blocks,
            Rows = Rows(fleet, blocks, numbers, seed),
        };
        Digest snapshot = default;
        UInt128 sum = 0;
        var setpointW = new int[fleet.Count];
        Parallel.Invoke(
            () => snapshot = Digest.Read(InstanceHash.BytesOf(instance)),
            () => sum = FleetScheduleHash.Of(fleet.Columns, bundle, setpointW, null, CancellationToken.None));
        if (!setpointW.AsSpan().SequenceEqual(result.FirstSlotPowerW)) throw new ArgumentException("the setpoints are not those of the rounds; was it solved with this seed?", nameof(seed));
        return bundle with { SnapshotHash = snapshot, ScheduleSum = sum };
    }

    /// <summary>Rows in the order of the pass: a small fleet's are by vehicle, a tail's by position already.</summary>
    private static int[] Rows(PreparedFleet fleet, IReadOnlyList<int> blocks, DenseSchedules? numbers, ulong seed)
    {
        if (numbers is null) return [];
        var order = new ProcessOrder(fleet.Count, seed);
        int answered = blocks.Sum(), slots = fleet.Slots;
        var rows = new int[(fleet.Count - answered) * slots];
        for (int row = 0; row < fleet.Count - answered; row++)
            numbers.Gained(blocks.Count == 0 ? order[row] : row).CopyTo(rows.AsSpan(row * slots, slots));
        return rows;
    }
}
