using System.Globalization;
using Movc.Audit;
using Movc.Bench;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.EventLog.InProcess;
using Movc.Ingest.Publishing;
using Movc.Ingest.Simulation;
using Movc.Ingest.Time;
using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Horizon;
using Movc.RollingOptimizer.Plans;
using Movc.RollingOptimizer.Solver;
using Movc.TwinState;
using Movc.TwinState.Store.Sqlite;

namespace Movc.Benchmarks.Dispatch;

/// <summary>Whole intervals of the simulated city at its full size: from the fleet's snapshot to the published plan.</summary>
internal static class LiveInterval
{
    private const int Vehicles = 480_000;
    private const int Intervals = 42;
    private const int WarmUp = 6;
    private const int Partitions = 16;

    /// <summary>Monday 2022-07-18 16:00 in Shenzhen: the intervals measured hold the evening, when most vehicles come home.</summary>
    private const long StartMs = 1_658_131_200_000;

    public static Report Measure(string folder, Action<string> say)
    {
        string data = Directory.CreateDirectory(Path.Combine(folder, "live")).FullName;
        try
        {
            return MeasureAsync(folder, data, say).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<Report> MeasureAsync(string folder, string data, Action<string> say)
    {
        TimeProvider clock = TimeProvider.System;
        double loadBefore = Machine.LoadAverage();
        var calendar = new NodaCityCalendar(SimulatedCity.TimeZoneOf("shenzhen"));
        OpenedCity city = SimulatedCity.Open(new SimulationOptions { City = "shenzhen", Vehicles = Vehicles, Seed = 1, StartMs = StartMs }, calendar);
        SimulatedFleet source = city.Fleet;
        await using var log = new InProcessEventLog(Partitions);
        await using var store = SqliteEventStore.Open(Path.Combine(data, "twin.db"));
        using IPlanStore planStore = SqlitePlanStore.Open(Path.Combine(data, "plans.db"));
        Twin twin = await Twin.OpenAsync(new TwinOptions(source.SourceUri, new FleetModel(city.Unmanaged, calendar)), store, log, clock, CancellationToken.None);
        IReadOnlyList<SourcePosition> resume = twin.Resume(source.SourceUri);
        var driver = new SourceDriver(source, log, new DriverOptions(null, Intervals), clock);
        var snapshots = new StampedSnapshots(twin.Snapshots, clock);
        var horizon = new RollingHorizon(
            snapshots, city.Load, new KnownCity(city.Load), calendar, new DispatchSolver(DispatchSolverOptions.Live, clock), new Auditor(), planStore, new PlanPublisher(log),
            new HorizonOptions(HorizonLength.Default, 1, source.StartMs, driver.StopMs(resume), city.Unmanaged), clock);
        var total = new List<double>();
        var solved = new List<double>();
        var gaps = new List<double>();
        var apart = new List<double>();
        long before = clock.GetTimestamp();
        horizon.OnPlan = plan =>
        {
            double seconds = clock.GetElapsedTime(snapshots.TakenAt).TotalSeconds;
            if (plan.Index >= WarmUp)
            {
                total.Add(seconds);
                solved.Add(plan.Seconds);
                gaps.Add(plan.Gap * 100);
                apart.Add(clock.GetElapsedTime(before).TotalSeconds);
            }
            before = clock.GetTimestamp();
            say(string.Create(CultureInfo.InvariantCulture, $"interval {plan.Index}: {seconds:0.000} s ({plan.Seconds:0.000} s to the plan), {plan.Vehicles:N0} vehicles, {plan.SetpointsChanged:N0} setpoints, gap {plan.Gap:0.######%}, {plan.Status}, {plan.Audit.Checked} audited, {plan.Audit.Findings} findings"));
        };
        using var stop = new CancellationTokenSource();
        Task twinTask = twin.RunAsync(stop.Token);
        await Task.WhenAll(Task.Run(() => horizon.RunAsync(stop.Token), CancellationToken.None), driver.RunAsync(resume, stop.Token));
        TwinStatus status = await twin.Queries.StatusAsync(CancellationToken.None);
        await stop.CancelAsync();
        try
        {
            await twinTask;
        }
        catch (OperationCanceledException)
        {
            // Asked to end.
        }
        return new Report(
            "live",
            string.Create(CultureInfo.InvariantCulture, $"The simulated city with {Vehicles:N0} vehicles from 16:00 on, as fast as it goes: {Intervals} intervals, the first {WarmUp} left out. An interval's time runs from the fleet's snapshot to the plan published: horizon built, day ahead solved with its certificate, setpoints chosen, a sample of schedules audited, plan durable in its store, setpoints and summary sent."),
            Machine.Here(folder),
            clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            [
                Figure.Of("snapshot → published plan", "s", total),
                Figure.Of("snapshot → published plan, 99th percentile", "s", [Figure.Quantile(total, .99)]),
                Figure.Of("of it until the setpoints are chosen (the plan's own seconds)", "s", solved),
                Figure.Of("certified gap", "%", gaps),
                Figure.Of("from plan to plan, with the interval's events simulated, stored and projected", "s", apart),
            ],
            [string.Create(CultureInfo.InvariantCulture, $"{status.EventsAccepted:N0} events accepted in all; an interval of the city lasts 600 s; the 99th percentile of so few runs is nearly the largest."), Machine.LoadNote(loadBefore)]);
    }

    private sealed class Auditor : IPlanAuditor
    {
        public AuditView Audit(DispatchInstance instance, DispatchResult result) => PlanAuditor.Audit(instance, result, AuditOptions.Default).ToView();
    }

    private sealed class StampedSnapshots(IFleetSnapshots of, TimeProvider clock) : IFleetSnapshots
    {
        public long TakenAt { get; private set; }

        public async ValueTask<FleetSnapshot?> NextAsync(CancellationToken cancellationToken)
        {
            FleetSnapshot? fleet = await of.NextAsync(cancellationToken);
            TakenAt = clock.GetTimestamp();
            return fleet;
        }
    }
}
