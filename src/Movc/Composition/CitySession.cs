using Movc.Audit;
using Movc.Domain;
using Movc.Domain.Operators;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.EventLog;
using Movc.EventLog.InProcess;
using Movc.EventLog.Kafka;
using Movc.Gateway.Frames;
using Movc.Gateway.Intake;
using Movc.Ingest.Publishing;
using Movc.Output;
using Movc.RollingOptimizer.Bundles;
using Movc.RollingOptimizer.Flexibility;
using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Horizon;
using Movc.RollingOptimizer.Operators;
using Movc.RollingOptimizer.Plans;
using Movc.RollingOptimizer.Setpoints;
using Movc.RollingOptimizer.Solver;
using Movc.TwinState;
using Movc.TwinState.Store;
using Movc.TwinState.Store.Postgres;
using Movc.TwinState.Store.Sqlite;

namespace Movc.Composition;

/// <summary>
/// The moving parts of a city in one process: source → log → twin → optimizer. Opens them in that order, runs them until the source
/// ends, a part fails or somebody stops them, and closes them so that nothing taken in is lost.
/// </summary>
internal sealed class CitySession : IAsyncDisposable
{
    private readonly CitySetup _setup;
    private readonly RunInfo _info;
    private readonly FrameSignal _signal;
    private readonly RunReporter _reporter;

    private CitySession(CitySetup setup, RunInfo info, FrameSignal signal, RunReporter reporter)
    {
        _setup = setup;
        _info = info;
        _signal = signal;
        _reporter = reporter;
    }

    public required DataDirectory Data { get; init; }

    public required IEventLog Log { get; init; }

    public required IEventStore Store { get; init; }

    public required IPlanStore PlanStore { get; init; }

    public required Twin Twin { get; init; }

    public required RollingHorizon Horizon { get; init; }

    public required SourceDriver Driver { get; init; }

    /// <summary>Reads answers to setpoints; null where they come from inside.</summary>
    public required AckReader? Answers { get; init; }

    public required SetpointPorts Setpoints { get; init; }

    /// <summary>Where the source stood when the session was opened.</summary>
    public required IReadOnlyList<SourcePosition> Resume { get; init; }

    /// <summary>City instant up to which the twin shows everything, Unix milliseconds UTC: a boundary only once every shard is there.</summary>
    public long CityMs
    {
        get
        {
            long sentMs = Driver.CityMs, boundaryMs = Slots.Floor(sentMs);
            return Twin.ReachedMs >= boundaryMs ? sentMs : Math.Max(Twin.ReachedMs, boundaryMs - 60_000);
        }
    }

    /// <summary>Whether it went on from what was stored.</summary>
    public bool IsResumed => Resume.Any(r => r.ReachedMs != long.MinValue);

    /// <summary>Opens the parts over a data directory that is held, and let go with the session.</summary>
    public static async Task<CitySession> OpenAsync(
        CitySetup setup, CityRunOptions options, DataDirectory data, CityIdentity identity, Pace pace, RunInfo info, FrameSignal signal, RunReporter reporter, TimeProvider clock, CancellationToken stop)
    {
        IEventLog log = options.Kafka is { } kafka ? await KafkaEventLog.OpenAsync(kafka, null, stop) : new InProcessEventLog(identity.Partitions);
        IEventStore? store = null;
        IPlanStore? planStore = null;
        try
        {
            store = options.Postgres is { } connection
                ? new PostgresEventStore(await CityDatabase.OpenAsync(connection, identity, setup.Ground, options.Fresh, clock, stop))
                : SqliteEventStore.Open(data.EventStorePath);
            planStore = SqlitePlanStore.Open(data.PlanStorePath);
            Twin twin = await Twin.OpenAsync(
                new TwinOptions(setup.Source.SourceUri, setup.Model) { SnapshotEvery = options.SnapshotEvery, KeepsLast = options.IsKept }, store, log, clock, stop);
            IReadOnlyList<SourcePosition> resume = twin.Resume(setup.Source.SourceUri);
            CheckPlaces(options, resume, planStore, log);
            // What simulated aggregators refuse the twin learns before anything else of the interval, so that a run is the same every time.
            bool answersMatter = options.Desk.Inside is { IsObedient: false };
            RollingHorizon? planned = null;
            var driver = new SourceDriver(
                setup.Source, log,
                answersMatter
                    ? new DriverOptions(options.Speed, options.Intervals) { Pace = pace, ReachedMs = () => planned?.PublishedMs ?? long.MinValue, LeadIntervals = 0, WaitsFromStart = true }
                    : new DriverOptions(options.Speed, options.Intervals) { Pace = pace, ReachedMs = options.Kafka is null ? null : () => twin.ReachedMs },
                clock);
            var desk = new SetpointDesk(options.Desk, new ExceptionEvents(log));
            var holds = new DispatchHolds(new FileOperatorLog(data.OperatorLogPath), setup.Model.Districts.Names, desk.Aggregators.Names, () => DateTimeOffset.FromUnixTimeMilliseconds(driver.CityMs), clock);
            foreach (HoldCommand limit in options.Limits)
            {
                if (!holds.Limits.Any(l => (l.Name, l.ImportKw, l.ExportKw) == (limit.Name, limit.ImportKw, limit.ExportKw))) await holds.ChangeAsync(limit, stop);
            }
            AckReader? answers = options.Desk.Inside is null ? new AckReader(log, desk, () => driver.CityMs, clock) : null;
            var parts = new PlanParts(desk.Aggregators);
            var flexibility = new FlexibilityDesk(setup.Willingness, clock);
            RollingHorizon horizon = planned = new RollingHorizon(
                twin.Snapshots, setup.Load, LearnedCity.Open(setup.Load, setup.Source.StartMs, setup.Calendar), setup.Calendar, new DispatchSolver(DispatchSolverOptions.Live, clock), new PlanAuditorPort(AuditOptions.Default), planStore,
                new PlanPublisher(log, desk),
                new HorizonOptions(HorizonLength.Default, (ulong)options.Seed, setup.Source.StartMs, driver.StopMs(resume), setup.Model.Unmanaged)
                {
                    Policy = options.Policy,
                    Flexibility = flexibility,
                    Parts = parts,
                    Bundles = new BundlePublisher(log, planStore, options.InstancesFolder),
                    Districts = setup.Model.Districts.Names.Count,
                    Gate = new DispatchGate(desk, holds, setup.Model.Districts.Names),
                    LateAfter = () => PlanPatience.At(pace.Speed),
                },
                clock);
            return new CitySession(setup, info, signal, reporter)
            {
                Data = data, Log = log, Store = store, PlanStore = planStore, Twin = twin, Horizon = horizon, Driver = driver, Resume = resume,
                Answers = answers, Setpoints = new SetpointPorts(new SetpointBoard(desk, parts.Of, answers), new LogSetpointAnswers(log), holds, flexibility),
            };
        }
        catch
        {
            planStore?.Dispose();
            if (store is not null) await store.DisposeAsync();
            await log.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the parts to the end; true when the user stopped them. Throws what the first failing part threw.</summary>
    public async Task<bool> RunAsync(Func<Task> hold, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task twinTask = Twin.RunAsync(end.Token);
        Task planTask = Task.Run(() => Horizon.RunAsync(end.Token), CancellationToken.None);
        Task sourceTask = Driver.RunAsync(Resume, end.Token);
        Task[] work = [planTask, sourceTask];
        Task[] lasting = Answers is null ? [twinTask] : [twinTask, Answers.RunAsync(end.Token)];
        Exception? failure = null;
        try
        {
            // Neither the twin nor the reader of answers ends by itself: if one is the first to end, it failed. Each part is taken off by its own end alone:
            // asking which have ended meanwhile could find none left before their common end is known, and wait for the twin for ever.
            var running = new List<Task>(work);
            while (running.Count > 0)
            {
                Task first = await Task.WhenAny([.. running, .. lasting]);
                if (lasting.Contains(first) || !first.IsCompletedSuccessfully) break;
                running.Remove(first);
            }
            if (running.Count == 0)
            {
                _info.Finish();
                _signal.Notify();
                await Task.WhenAny([hold(), .. lasting]);
            }
        }
        finally
        {
            await end.CancelAsync();
            foreach (Task task in (Task[])[.. work, .. lasting])
            {
                try
                {
                    await task;
                }
                catch (OperationCanceledException)
                {
                    // Asked to end.
                }
#pragma warning disable CA1031 // Every part must be waited for before the first fault is told.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    // The twin's fault is the cause where others only noticed that it is gone.
                    if (failure is null || task == twinTask) failure = e;
                }
            }
        }
        if (failure is not null)
        {
            _info.Fail(failure.Message);
            _signal.Notify();
            _reporter.Close();
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
        return stop.IsCancellationRequested && !_info.State.Equals(RunState.Finished);
    }

    /// <summary>Refuses parts that do not belong together, which would wait for each other for ever or take another run's events for this one's.</summary>
    private static void CheckPlaces(CityRunOptions options, IReadOnlyList<SourcePosition> resume, IPlanStore plans, IEventLog log)
    {
        // A plan is made from stored events alone, so it can never be ahead of them.
        if (plans.Latest() is { } last && last.View.At.ToUnixTimeMilliseconds() > resume.Min(r => r.ReachedMs))
            throw new InputException(FormattableString.Invariant($"--data {options.DataDirectory} holds a plan of {last.View.At:yyyy-MM-dd HH:mm}Z, which the store of events has not reached; give the store that belongs to it, or --fresh"));
        if (log is KafkaEventLog kafka && resume.All(r => r.ReachedMs == long.MinValue) && !kafka.IsUnused(Topics.VehicleEvents))
            throw new InputException($"Kafka {options.Kafka!.Servers}: {options.Kafka.TopicPrefix}{Topics.VehicleEvents} holds another run's events and this run begins anew; give another --topic-prefix, or delete the topics");
    }

    public async ValueTask DisposeAsync()
    {
        PlanStore.Dispose();
        await Store.DisposeAsync();
        await Log.DisposeAsync();
        Data.Dispose();
    }
}
