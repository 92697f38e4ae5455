using System.Collections.Concurrent;
using Movc.Domain.Dispatch;
using Movc.VehicleKernel.Storage;

namespace Movc.RollingOptimizer.Solver;

/// <summary>A plan some of whose vehicles answered prices of their own, because a limit binds them. Safe for several threads.</summary>
/// <param name="others">Schedules of the vehicles that no limit binds.</param>
/// <param name="fleet">The fleet.</param>
/// <param name="rounds">Ranks of the bound vehicles' prices.</param>
/// <param name="roundOfVehicle">The round of each vehicle; −1 for one that no limit binds.</param>
internal sealed class LimitedSchedules(IScheduleSource others, PreparedFleet fleet, List<PriceRanks> rounds, int[] roundOfVehicle) : IScheduleSource
{
    private readonly ConcurrentBag<KernelExpansion> _kernels = [];

    public void Expand(int vehicle, Span<double> powerKw)
    {
        int round = roundOfVehicle[vehicle];
        if (round < 0)
        {
            others.Expand(vehicle, powerKw);
            return;
        }
        if (!_kernels.TryTake(out KernelExpansion? kernel)) kernel = new KernelExpansion(fleet.Columns);
        kernel.Expand(rounds[round], vehicle, powerKw);
        _kernels.Add(kernel);
    }
}
