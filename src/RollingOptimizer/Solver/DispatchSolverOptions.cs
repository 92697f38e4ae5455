namespace Movc.RollingOptimizer.Solver;

/// <summary>How hard the solver works. The defaults serve a city of any size; every figure is dimensionless unless its name has a unit.</summary>
public sealed record DispatchSolverOptions
{
    /// <summary>
    /// For a plan that is made anew every interval: few tries at better prices, which on a fleet with expected stays took nine tenths of
    /// the time and raised the bound by nothing that shows (docs/benchmarks.md).
    /// </summary>
    public static DispatchSolverOptions Live { get; } = new() { SearchTries = 20 };

    /// <summary>Vehicles in the sample. A smaller fleet is its own sample.</summary>
    public int SampleVehicles { get; init; } = 1500;

    /// <summary>Most sweeps over the sample; it stops earlier at <see cref="SampleGap"/> or <see cref="WarmSampleGap"/>. At least 2.</summary>
    public int ColdSweeps { get; init; } = 32;

    /// <summary>Sweeps over which δ falls to its last value without warm prices; at least 2.</summary>
    public int CoolingSweeps { get; init; } = 12;

    /// <summary>Gap between what the sample reaches and what it proves at which its prices are good enough, without warm prices.</summary>
    public double SampleGap { get; init; } = 1e-4;

    /// <summary>The same with warm prices.</summary>
    public double WarmSampleGap { get; init; } = 2e-4;

    /// <summary>Fewest sweeps over the sample with warm prices; at least 1.</summary>
    public int WarmSweeps { get; init; } = 4;

    /// <summary>How often a sweep takes the present price as the new multiplier; 1 to 64. Over 3 the prices swing: most vehicles have not answered yet.</summary>
    public int MultiplierUpdates { get; init; } = 2;

    /// <summary>Penalty width δ of the first sweep, as a fraction of the peak load.</summary>
    public double FirstDelta { get; init; } = 0.2;

    /// <summary>Penalty width δ of the first sweep with warm prices, as a fraction of the peak load.</summary>
    public double WarmFirstDelta { get; init; } = 0.12;

    /// <summary>Penalty width δ of the last sweeps, as a fraction of the peak load; under .005 prices turn noisy.</summary>
    public double LastDelta { get; init; } = 0.01;

    /// <summary>Penalty width δ of the pass over the fleet, as a fraction of the peak load.</summary>
    public double FleetDelta { get; init; } = 0.01;

    /// <summary>
    /// How many times as large as usual the pass's blocks may be; 1 or more. Where the vehicles' power does not hold them down, the plan
    /// has as many times fewer rounds, which is what its published form costs.
    /// </summary>
    public double RoundLength { get; init; } = 1;

    /// <summary>Price levels closer than twice this are one when the corrected sample looks for better prices.</summary>
    public double SearchTolerance { get; init; } = 0.003;

    /// <summary>Most prices tried from each start of that search.</summary>
    public int SearchTries { get; init; } = 400;

    /// <summary>Price levels closer than twice this may be merged in the certificate; the coarsest that costs nothing on the sample is taken.</summary>
    public double SnapTolerance { get; init; } = 0.01;

    /// <summary>
    /// Fleets of at most this many vehicle-slots keep every schedule as numbers, mixed from several kernel answers, because so few
    /// vehicles cannot come near the optimum with one extreme schedule each. 0 = never.
    /// </summary>
    public int DenseCells { get; init; } = 600_000;

    /// <summary>Vehicles of a larger fleet that are kept as numbers to fill what extreme schedules cannot; 0 = none.</summary>
    public int TailVehicles { get; init; } = 1024;

    /// <summary>Most sweeps over those.</summary>
    public int TailSweeps { get; init; } = 8;

    /// <summary>Gap at which they are done.</summary>
    public double TailGap { get; init; } = 1e-5;

    /// <summary>Most sweeps over a fleet kept as numbers; it stops earlier at <see cref="DenseGap"/>.</summary>
    public int DenseSweeps { get; init; } = 120;

    /// <summary>Gap at which a fleet kept as numbers is done.</summary>
    public double DenseGap { get; init; } = 2e-5;

    /// <summary>Certified gap over which the tail's last prices are tried for a better bound, at the cost of a certificate.</summary>
    public double RefineGap { get; init; } = 4e-5;

    /// <summary>A certified gap over this turns the status to LooseGap.</summary>
    public double WantedGap { get; init; } = 0.005;

    /// <summary>Which of several plans with the same objective is taken.</summary>
    public TieBreak TieBreak { get; init; } = TieBreak.Flattest;

    /// <summary>Threads; 0 = one per processor. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// These options with plans that are published in few bytes: no vehicle kept as numbers, and few, large rounds under a wider penalty.
    /// Certified gaps of 480,000 vehicles stay under .05 % (docs/protocol/plan-bundle.md).
    /// </summary>
    public DispatchSolverOptions ToCompact() => this with { TailVehicles = 0, FleetDelta = 0.02, RoundLength = 4 };

    internal int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;


    internal void Check()
    {
        Demand(SampleVehicles >= 1, "SampleVehicles is 1 or more");
        Demand(ColdSweeps >= 2, "ColdSweeps is 2 or more");
        Demand(CoolingSweeps >= 2, "CoolingSweeps is 2 or more");
        Demand(SampleGap >= 0 && WarmSampleGap >= 0 && TailGap >= 0 && RefineGap >= 0 && DenseGap >= 0, "no gap is negative");
        Demand(TailVehicles >= 0 && TailSweeps >= 1, "TailVehicles is 0 or more, TailSweeps 1 or more");
        Demand(WarmSweeps >= 1, "WarmSweeps is 1 or more");
        Demand(MultiplierUpdates is >= 1 and <= 64, "MultiplierUpdates is 1 to 64");
        Demand(LastDelta > 0 && FirstDelta >= LastDelta && WarmFirstDelta >= LastDelta, "LastDelta is over 0 and at most FirstDelta and WarmFirstDelta");
        Demand(FleetDelta > 0, "FleetDelta is over 0");
        Demand(RoundLength is >= 1 and <= 1_000, "RoundLength is 1 to 1000");
        Demand(SnapTolerance >= 0 && SearchTolerance >= 0, "no tolerance is negative");
        Demand(SearchTries >= 2, "SearchTries is 2 or more");
        Demand(DenseSweeps >= 2, "DenseSweeps is 2 or more");
    }

    private static void Demand(bool holds, string rule)
    {
        if (!holds) throw new Domain.InputException($"dispatch solver option out of range: {rule}");
    }
}
