using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Model;
using Movc.RollingOptimizer.Solver;
using Movc.VehicleKernel.Storage;

namespace Movc.Bench;

/// <summary>What one vehicle's exact optimum costs, on one thread.</summary>
/// <param name="NanosecondsPerSlot">Per vehicle and slot of the horizon, one value a run.</param>
/// <param name="AllocatedBytes">By all runs together.</param>
internal sealed record KernelTimes(IReadOnlyList<double> NanosecondsPerSlot, double AllocatedBytes)
{
    private const double LeastSeconds = .2;

    /// <summary>Runs the kernel under the prices of the fleet's solved dispatch, until each run has taken a fifth of a second.</summary>
    public static KernelTimes Measure(int slots, int runs, int vehicles, CancellationToken cancellationToken)
    {
        DispatchInstance x = SyntheticFleet.Mixed(vehicles, slots, 1);
        double[] prices = new DispatchSolver(new DispatchSolverOptions { DenseCells = 0 }).Solve(x, 1, null, cancellationToken).WarmPrices;
        PreparedFleet fleet = PreparedFleet.Prepare(x, 1);
        var ranks = new PriceRanks(slots);
        ranks.Build([.. Enumerable.Range(0, slots).OrderByDescending(t => prices[t])], prices, x.Lambda, fleet.Units);
        var kernel = new SlotKernel(fleet.Columns);
        var nanoseconds = new List<double>();
        long allocated = 0;
        for (int run = -1; run < runs; run++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long before = GC.GetAllocatedBytesForCurrentThread(), started = TimeProvider.System.GetTimestamp(), passes = 0;
            while (TimeProvider.System.GetElapsedTime(started).TotalSeconds < LeastSeconds)
            {
                for (int i = 0; i < vehicles; i++) kernel.Run(ranks, i);
                passes++;
            }
            double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            kernel.Clear();
            if (run < 0) continue;
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            nanoseconds.Add(1e9 * seconds / (passes * (double)vehicles * slots));
        }
        return new KernelTimes(nanoseconds, allocated);
    }
}
