using System.Collections.Concurrent;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Solver;
using Movc.VehicleKernel.Storage;

namespace Movc.RollingOptimizer.Model;

/// <summary>A plan that was read: schedules come from the kernel and the stored rounds, or from a stored row. Safe for several threads.</summary>
internal sealed class StoredRounds(PreparedFleet fleet, List<PriceRanks> rounds, int[] roundOf, double[][] rowKw) : IScheduleSource
{
    private readonly ConcurrentBag<KernelExpansion> _kernels = [];

    public void Expand(int vehicle, Span<double> powerKw)
    {
        if (powerKw.Length != fleet.Slots) throw new ArgumentException($"a schedule has {fleet.Slots} slots, the span {powerKw.Length}", nameof(powerKw));
        int round = roundOf[vehicle];
        if (round < 0)
        {
            rowKw[~round].CopyTo(powerKw);
            return;
        }
        if (!_kernels.TryTake(out KernelExpansion? kernel)) kernel = new KernelExpansion(fleet.Columns);
        kernel.Expand(rounds[round], vehicle, powerKw);
        _kernels.Add(kernel);
    }
}
