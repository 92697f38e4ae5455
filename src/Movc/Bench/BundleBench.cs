using System.Globalization;
using Movc.Audit;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Bundles;
using Movc.RollingOptimizer.Model;
using Movc.RollingOptimizer.Solver;
using Movc.VehicleKernel.Bundles;
using Movc.VehicleKernel.Vehicles;

namespace Movc.Bench;

/// <summary>Size of published plans, and what it takes to publish, derive and verify them; on synthetic fleets.</summary>
internal sealed class BundleBench
{
    private readonly BenchOptions _options;
    private readonly Action<string> _say;
    private readonly CancellationToken _stop;
    private readonly List<Figure> _figures = [];

    private BundleBench(BenchOptions options, Action<string> say, CancellationToken stop) => (_options, _say, _stop) = (options, say, stop);

    public static Report Measure(BenchOptions options, Action<string> say, CancellationToken cancellationToken)
    {
        double loadBefore = Machine.LoadAverage();
        var bench = new BundleBench(options, say, cancellationToken);
        int vehicles = options.Quick ? 5_000 : 480_000;
        foreach (int slots in new[] { 144, 216 })
        {
            foreach ((string how, DispatchSolverOptions solver) in ((string, DispatchSolverOptions)[])[("default", new()), ("no tail", new() { TailVehicles = 0 }), ("compact", new DispatchSolverOptions().ToCompact())])
            {
                bool judged = how is "compact" && !options.Quick;
                bench.Sizes($"present stays (live), {how}", slots, solver, judged, seed => SyntheticFleet.OneStay(vehicles, slots, seed));
                bench.Sizes($"all stays, {how}", slots, solver, judged: false, seed => SyntheticFleet.Mixed(vehicles, slots, seed));
            }
        }
        bench.Verify(SyntheticFleet.OneStay(vehicles, 144, (ulong)options.Seed), "present stays (live)");
        bench.Verify(SyntheticFleet.Mixed(vehicles, 144, (ulong)options.Seed), "all stays");
        string[] notes =
        [
            string.Create(CultureInfo.InvariantCulture, $"{vehicles:N0} vehicles of the mixed profile ([G]), another fleet each run. No tail: no vehicle planned as numbers beside the rounds; compact: fewer and larger rounds besides. To publish: schedules made again and hashed, snapshot hashed, bytes written."),
            .. options.Quick ? ["Quick: small fleets, nothing is judged."] : Array.Empty<string>(),
            Machine.LoadNote(loadBefore),
        ];
        return new Report(
            "bundle", "Plans as they are published: their size, and the time to make and to verify them.", Machine.Here(options.DataFolder),
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), bench._figures, notes);
    }

    private void Sizes(string fleet, int slots, DispatchSolverOptions solver, bool judged, Func<ulong, DispatchInstance> draw)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{fleet}, {slots} slots");
        List<double> kilobytes = [], gaps = [], seconds = [], rounds = [];
        for (int run = 0; run < _options.Runs; run++)
        {
            _say(name);
            ulong seed = (ulong)(_options.Seed + run);
            DispatchInstance x = draw(seed);
            DispatchResult result = Solve(x, seed, solver);
            long started = TimeProvider.System.GetTimestamp();
            PlanBundle bundle = PlanBundles.Of(x, result, seed, 0, "bench", Digest.None);
            byte[] bytes = BundleCodec.Encode(bundle, out _);
            seconds.Add(Since(started));
            kilobytes.Add(bytes.Length / 1000.0);
            rounds.Add(bundle.Rounds.Count);
            gaps.Add(100 * result.Gap);
        }
        _figures.Add(Figure.Of(name + ": bundle", "kB", kilobytes));
        _figures.Add(Figure.Of(name + ": rounds", "", rounds));
        _figures.Add(Figure.Of(name + ": certified gap", "%", gaps, atMost: judged ? .05 : null));
        _figures.Add(Figure.Of(name + ": to publish", "s", seconds, atMost: judged ? .5 : null));
    }

    private void Verify(DispatchInstance x, string name)
    {
        _say(name + ": verifying");
        byte[] bytes = BundleCodec.Encode(PlanBundles.Of(x, Solve(x, (ulong)_options.Seed, new DispatchSolverOptions().ToCompact()), (ulong)_options.Seed, 0, "bench", Digest.None), out _);
        List<double> read = [], schedules = [], audit = [], own = [];
        for (int run = 0; run < _options.Runs; run++)
        {
            _stop.ThrowIfCancellationRequested();
            long started = TimeProvider.System.GetTimestamp();
            PlanBundle bundle = BundleCodec.Decode(bytes, out _);
            read.Add(Since(started));
            started = TimeProvider.System.GetTimestamp();
            var plan = new BundlePlan(bundle, x);
            var setpointW = new int[x.VehicleCount];
            bool same = plan.ScheduleSum(setpointW, null, _stop) == bundle.ScheduleSum && Digest.Read(InstanceHash.BytesOf(x)) == bundle.SnapshotHash;
            schedules.Add(Since(started));
            started = TimeProvider.System.GetTimestamp();
            AuditReport report = PlanAuditor.Audit(x, plan.ToResult(setpointW), new AuditOptions { FullUpTo = int.MaxValue, BoundUpTo = int.MaxValue });
            audit.Add(Since(started));
            if (!same || !report.IsClean) throw new InvalidOperationException($"{name}: the plan does not verify");
            own.Add(Own(bundle, x));
        }
        _figures.Add(Figure.Of($"{name}, 144 slots: to read and check without the instance", "s", read));
        _figures.Add(Figure.Of($"{name}, 144 slots: to hash the snapshot and all schedules", "s", schedules));
        _figures.Add(Figure.Of($"{name}, 144 slots: to replay all schedules and recompute objective and bound", "s", audit));
        _figures.Add(Figure.Of($"{name}, 144 slots: an aggregator's vehicle, one thread", "µs", own));
    }

    /// <summary>Every hundredth vehicle, as an aggregator solves them.</summary>
    private static double Own(PlanBundle bundle, DispatchInstance x)
    {
        var mine = new PlannedVehicles(bundle, new PlanLookup(bundle));
        var gained = new int[bundle.Slots];
        var stays = new VehicleStay[64];
        int solved = 0;
        long started = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < x.VehicleCount; i += 100, solved++)
        {
            int from = x.StayOffset[i], count = Math.Min(stays.Length, x.StayOffset[i + 1] - from);
            for (int s = 0; s < count; s++)
                stays[s] = new VehicleStay(x.StartSlot[from + s], x.EndSlot[from + s], x.MaxChargeW[from + s], x.MaxDischargeW[from + s], x.NeededAtDepartureWh[from + s], x.TripWhAfter[from + s]);
            mine.Solve(i, new Vehicle(x.CapacityWh[i], x.InitialWh[i], x.FinalMinWh[i]), stays.AsSpan(0, count), gained);
        }
        return 1e6 * Since(started) / solved;
    }

    private DispatchResult Solve(DispatchInstance x, ulong seed, DispatchSolverOptions solver)
    {
        _stop.ThrowIfCancellationRequested();
        return new DispatchSolver(solver).Solve(x, seed, null, _stop);
    }

    private static double Since(long started) => TimeProvider.System.GetElapsedTime(started).TotalSeconds;
}
