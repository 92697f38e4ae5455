using BenchmarkDotNet.Attributes;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Model;
using Movc.RollingOptimizer.Solver;
using Movc.VehicleKernel.Storage;

namespace Movc.Benchmarks.Kernel;

/// <summary>One vehicle's exact optimum under a price vector, over a fleet of 2,000 vehicles; must allocate nothing.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    /// <summary>Vehicles in one operation: each figure is per vehicle.</summary>
    public const int Vehicles = 2_000;

    private PriceRanks _ranks = null!;
    private SlotKernel _kernel = null!;

    /// <summary>Horizon, ten-minute slots: a day, a week.</summary>
    [Params(144, 1008)]
    public int Slots { get; set; }

    /// <summary>True: the stay in which each vehicle stands is all that is known, as in a live run.</summary>
    [Params(false, true)]
    public bool OneStay { get; set; }

    /// <summary>Builds the fleet and the prices of its solved dispatch.</summary>
    [GlobalSetup]
    public void Build()
    {
        DispatchInstance instance = OneStay ? SyntheticFleet.OneStay(Vehicles, Slots, 1) : SyntheticFleet.Mixed(Vehicles, Slots, 1);
        double[] prices = new DispatchSolver(new DispatchSolverOptions { DenseCells = 0 }).Solve(instance, 1, null, CancellationToken.None).WarmPrices;
        PreparedFleet fleet = PreparedFleet.Prepare(instance, 1);
        int[] order = [.. Enumerable.Range(0, Slots).OrderByDescending(t => prices[t])];
        _ranks = new PriceRanks(Slots);
        _ranks.Build(order, [.. prices.Select(p => Math.Clamp(p, -1, 1))], instance.Lambda, fleet.Units);
        _kernel = new SlotKernel(fleet.Columns);
    }

    /// <summary>The whole fleet once.</summary>
    [Benchmark(OperationsPerInvoke = Vehicles)]
    public long Vehicle()
    {
        _kernel.Clear();
        for (int i = 0; i < Vehicles; i++) _kernel.Run(_ranks, i);
        return _kernel.Taken[PriceRanks.Base];
    }
}
