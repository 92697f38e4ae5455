using System.Globalization;
using Movc.Audit;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Exact;
using Movc.RollingOptimizer.Model;
using Movc.RollingOptimizer.Solver;

namespace Movc.Bench;

/// <summary>Speed, gap and memory of the dispatch solver, against what is required of it; on synthetic fleets (docs/benchmarks.md).</summary>
internal sealed class SolverBench
{
    private readonly BenchOptions _options;
    private readonly Action<string> _say;
    private readonly CancellationToken _stop;
    private readonly DispatchSolver _solver = new();
    private readonly List<Figure> _figures = [];
    private readonly List<string> _notes = [];

    private SolverBench(BenchOptions options, Action<string> say, CancellationToken stop) => (_options, _say, _stop) = (options, say, stop);

    public static Report Measure(BenchOptions options, Action<string> say, CancellationToken cancellationToken)
    {
        double loadBefore = Machine.LoadAverage();
        var bench = new SolverBench(options, say, cancellationToken);
        bench.Day();
        bench.Large();
        bench.Week();
        bench.AgainstClp();
        bench.Memory();
        bench.Kernel();
        bench.Hostile();
        bench._notes.Add("Each run draws another fleet of the mixed profile ([G]); warm prices are those of another fleet's day. Seconds run from the instance in memory to the certificate.");
        if (options.Quick) bench._notes.Add("Quick: small fleets, nothing is judged.");
        bench._notes.Add(Machine.LoadNote(loadBefore));
        return new Report(
            "solver",
            "The dispatch of whole fleets at once, each with a certified gap.",
            Machine.Here(options.DataFolder),
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            bench._figures,
            bench._notes);
    }

    private int Size(int full) => _options.Quick ? Math.Max(500, full / 100) : full;

    private int Slots(int full) => _options.Quick ? Math.Min(full, 288) : full;

    private static DispatchInstance Mixed(int vehicles, int slots, long seed) => SyntheticFleet.Mixed(vehicles, slots, (ulong)seed);

    private void Day()
    {
        int vehicles = Size(480_000);
        string name = Name(vehicles, 144);
        List<double> cold = [], coldGap = [], warm = [], warmGap = [];
        double[]? prices = null;
        for (int run = -1; run < _options.Runs; run++)
        {
            DispatchInstance x = Mixed(vehicles, 144, _options.Seed + run + 1);
            DispatchResult first = Solve(x, run, null, name + (run < 0 ? ", first of the process" : ", cold"));
            if (run < 0)
            {
                Add(Figure.Of(name + ", first solve of the process", "s", [first.Seconds]));
            }
            else
            {
                cold.Add(first.Seconds);
                coldGap.Add(100 * first.Gap);
                DispatchResult again = Solve(x, run, prices, name + ", warm");
                warm.Add(again.Seconds);
                warmGap.Add(100 * again.Gap);
            }
            prices = first.WarmPrices;
        }
        Add(name + ", cold", "s", cold, 1.0, .5);
        Add(name + ", cold: certified gap", "%", coldGap, .005, null);
        Add(name + ", warm", "s", warm, .9, .4);
        Add(name + ", warm: certified gap", "%", warmGap, .04, .02);
    }

    private void Large() => Cold(Size(1_020_000), 144, 2.4, 1.2, .005, null);

    private void Week() => Cold(Size(480_000), Slots(1_008), 10, 5, .05, .03);

    private void Cold(int vehicles, int slots, double required, double aim, double gapRequired, double? gapAim)
    {
        string name = Name(vehicles, slots);
        List<double> seconds = [], gaps = [];
        for (int run = 0; run < _options.Runs; run++)
        {
            DispatchResult result = Solve(Mixed(vehicles, slots, _options.Seed + run), run, null, name);
            seconds.Add(result.Seconds);
            gaps.Add(100 * result.Gap);
        }
        Add(name + ", cold", "s", seconds, required, aim);
        Add(name + ", cold: certified gap", "%", gaps, gapRequired, gapAim);
    }

    private void AgainstClp()
    {
        int vehicles = _options.Quick ? 60 : 3_000;
        if (!ExactSolver.IsAvailable)
        {
            _notes.Add("Not measured: the comparison with CLP, which needs libClp.so.1 (Debian package coinor-libclp1).");
            return;
        }
        DispatchInstance x = Mixed(vehicles, 144, _options.Seed);
        string name = Name(vehicles, 144);
        List<double> seconds = [], objectives = [];
        for (int run = 0; run < _options.Runs; run++)
        {
            DispatchResult result = Solve(x, run, null, name);
            seconds.Add(result.Seconds);
            objectives.Add(result.ObjectiveKw);
        }
        Say(name + ": CLP's barrier, a minute or more");
        (double clpKw, double clpSeconds) = ExactSolver.BarrierSeconds(x, _stop);
        Say(string.Create(CultureInfo.InvariantCulture, $"{name}: CLP's barrier took {clpSeconds:0.0} s"));
        Add(Figure.Of(name + ": CLP's barrier without crossover", "s", [clpSeconds]));
        Add(Figure.Of(name + ", this solver", "s", seconds));
        Add(Least(name + ": times as fast as CLP", [.. seconds.Select(s => clpSeconds / s)], 180, 500));
        Add(name + ": objective over CLP's", "%", [.. objectives.Select(kw => 100 * (kw - clpKw) / clpKw)], .001, null);
    }

    private void Memory()
    {
        int vehicles = Size(480_000), slots = Slots(1_008);
        Say($"{Name(vehicles, slots)}: memory, in a process of its own");
        string[] arguments =
        [
            "solve", "--synthetic", "--vehicles", vehicles.ToString(CultureInfo.InvariantCulture), "--slots", slots.ToString(CultureInfo.InvariantCulture),
            "--seed", _options.Seed.ToString(CultureInfo.InvariantCulture), "--json",
        ];
        double megabytes = ProcessMemory.PeakMb(_options.Program, arguments, mayMissTargets: false, _stop);
        Add(Name(vehicles, slots) + ": peak memory of the process", "MB", [megabytes], 600, 400);
    }

    private void Kernel()
    {
        foreach (int slots in new[] { 144, 1_008 })
        {
            KernelTimes times = KernelTimes.Measure(slots, _options.Runs, _options.Quick ? 200 : 2_000, _stop);
            string name = string.Create(CultureInfo.InvariantCulture, $"kernel, {slots:N0} slots, one thread");
            Say(string.Create(CultureInfo.InvariantCulture, $"{name}: {Figure.Quantile(times.NanosecondsPerSlot, .5):0.0} ns a vehicle-slot"));
            Add(name, "ns a vehicle-slot", times.NanosecondsPerSlot, 20, 8);
            Figure allocated = Figure.Of(name + ": allocated", "B", [times.AllocatedBytes], atMost: 0);
            Add(allocated);
        }
    }

    private void Hostile()
    {
        int[] sizes = _options.Quick ? [1, 200] : [1, 10, 200, 1_000, 6_000, 50_000];
        long findings = 0;
        foreach (int vehicles in sizes)
        {
            var gaps = new List<double>();
            foreach (FleetProfile profile in new[] { FleetProfile.Clustered, FleetProfile.Quick, FleetProfile.Hostile })
            {
                DispatchInstance x = SyntheticFleet.Create(profile, vehicles, 144, (ulong)_options.Seed);
                DispatchResult result = Solve(x, 0, null, $"{profile} {vehicles}");
                gaps.Add(100 * result.Gap);
                findings += PlanAuditor.Audit(x, result, new AuditOptions { FullUpTo = vehicles, BoundUpTo = vehicles }).FindingCount;
            }
            Figure worst = Figure.Of(string.Create(CultureInfo.InvariantCulture, $"clustered, quick and hostile fleets of {vehicles:N0}: certified gap, all at most"), "%", [gaps.Max()], atMost: vehicles >= 1_000 && !_options.Quick ? .1 : null);
            Add(worst with { Min = gaps.Min(), Runs = gaps.Count });
        }
        // A certificate that is not valid is wrong at any size, so this is judged always.
        _figures.Add(Figure.Of("all of these: findings of the audit, schedules and bound", "", [findings], atMost: 0));
    }

    private DispatchResult Solve(DispatchInstance x, int seed, double[]? warm, string name)
    {
        _stop.ThrowIfCancellationRequested();
        DispatchResult result = _solver.Solve(x, (ulong)(seed + 1), warm, _stop);
        Say(string.Create(CultureInfo.InvariantCulture, $"{name}: {result.Seconds:0.000} s, gap {result.Gap:0.######%}, {result.Status}"));
        return result;
    }

    private void Say(string line) => _say(line);

    private void Add(Figure figure) => _figures.Add(_options.Quick ? figure with { Target = string.Empty, Meets = true, Aim = string.Empty } : figure);

    private void Add(string name, string unit, IReadOnlyList<double> values, double required, double? aim) =>
        Add(Figure.Of(name, unit, values, atMost: required, aim: aim));

    private static Figure Least(string name, IReadOnlyList<double> values, double required, double aim) => Figure.Of(name, "", values, atLeast: required, aim: aim);

    private static string Name(int vehicles, int slots) => string.Create(CultureInfo.InvariantCulture, $"{vehicles:N0} × {slots:N0}");
}
