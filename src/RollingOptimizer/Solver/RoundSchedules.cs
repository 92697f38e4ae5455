using System.Collections.Concurrent;
using Movc.Domain.Dispatch;
using Movc.VehicleKernel.Storage;

namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// The implicit plan of a large fleet: the price ranks of each round and the round of each vehicle. A schedule is computed again
/// when it is asked for, by the same kernel, and is exactly the one that was summed. The vehicles of the tail have the complement of
/// their row in place of a round. Safe for several threads.
/// </summary>
internal sealed class RoundSchedules(PreparedFleet fleet, List<PriceRanks> rounds, List<int> blocks, int[] roundOfVehicle, DenseSchedules? tail) : IScheduleSource
{
    private readonly ConcurrentBag<KernelExpansion> _kernels = [];

    public void Expand(int vehicle, Span<double> powerKw)
    {
        if (powerKw.Length != fleet.Slots) throw new ArgumentException($"a schedule has {fleet.Slots} slots, the span {powerKw.Length}", nameof(powerKw));
        if (roundOfVehicle[vehicle] < 0)
        {
            tail!.Expand(~roundOfVehicle[vehicle], powerKw);
            return;
        }
        if (!_kernels.TryTake(out KernelExpansion? kernel)) kernel = new KernelExpansion(fleet.Columns);
        kernel.Expand(rounds[roundOfVehicle[vehicle]], vehicle, powerKw);
        _kernels.Add(kernel);
    }

    /// <summary>The fleet that it is a plan of.</summary>
    internal PreparedFleet Fleet => fleet;

    /// <summary>What a stored plan keeps: the ranks of each round.</summary>
    internal List<PriceRanks> Rounds => rounds;

    /// <summary>Vehicles that answered each round, in the order of the pass.</summary>
    internal List<int> Blocks => blocks;

    /// <summary>What a stored plan keeps: the round of each vehicle; negative where it has none.</summary>
    internal int[] RoundOfVehicle => roundOfVehicle;

    /// <summary>The vehicles without a round, or null.</summary>
    internal DenseSchedules? Tail => tail;
}
