using System.Collections.Concurrent;
using Movc.Audit;
using Movc.Domain;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.EventLog;
using Movc.EventLog.InProcess;
using Movc.EventLog.Kafka;
using Movc.Gateway;
using Movc.Gateway.Frames;
using Movc.Gateway.Intake;
using Movc.Ingest.Publishing;
using Movc.Output;
using Movc.RollingOptimizer.Horizon;
using Movc.RollingOptimizer.Plans;
using Movc.RollingOptimizer.Solver;
using Movc.Studies.Output;
using Movc.TwinState;
using Movc.TwinState.Store;
using Movc.TwinState.Store.Postgres;
using Movc.TwinState.Store.Sqlite;

namespace Movc.Composition;

/// <summary>
/// All parts in one process: source → log → twin → optimizer → gateway. Opens them in that order, runs them until the source
/// ends, a part fails or the user stops, and closes them so that nothing taken in is lost.
/// </summary>
internal sealed class CityRun
{
    /// <summary>Partitions of an embedded run: shards enough for any machine that holds one city.</summary>
    public const int Partitions = 16;

    private const int HorizonSlots = Slots.PerDay;

    private readonly CitySetup _setup;
    private readonly CityRunOptions _options;
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly ConcurrentQueue<PlanView> _plans = new();
    private readonly RunInfo _info;
    private readonly RunReporter _reporter;

    private CityRun(CitySetup setup, CityRunOptions options)
    {
        _setup = setup;
        _options = options;
        _info = new RunInfo(setup, options.Speed, _clock);
        _reporter = new RunReporter(options.Json, options.Intervals);
    }

    /// <summary>Runs a city.</summary>
    /// <returns>Exit code.</returns>
    public static Task<int> ExecuteAsync(CitySetup setup, CityRunOptions options, CancellationToken stop) => new CityRun(setup, options).RunAsync(stop);

    private async Task<int> RunAsync(CancellationToken stop)
    {
        long started = _clock.GetTimestamp();
        using Telemetry telemetry = Telemetry.Start("movc");
        var identity = new CityIdentity(_setup.Source.SourceUri, _setup.Source.VehicleCount, _options.Seed, _setup.Source.StartMs, Partitions, _setup.Variant + Places());
        // Before anything is written: who mistypes the address must not find a directory half taken by it.
        if (_options.Listen is not null) GatewayHost.Check(GatewayOptionsOf(_options));
        using DataDirectory data = DataDirectory.Open(_options.DataDirectory, identity, _setup.Ground, _options.Fresh);
        await using IEventLog log = _options.Kafka is { } kafka ? await KafkaEventLog.OpenAsync(kafka, null, stop) : new InProcessEventLog(Partitions);
        await using IEventStore store = await OpenStoreAsync(data, identity, stop);
        using IPlanStore planStore = SqlitePlanStore.Open(data.PlanStorePath);
        Twin twin = await Twin.OpenAsync(new TwinOptions(_setup.Source.SourceUri, _setup.Unmanaged) { Districts = _setup.Districts, SnapshotEvery = _options.SnapshotEvery }, store, log, _clock, stop);
        IReadOnlyList<SourcePosition> resume = twin.Resume(_setup.Source.SourceUri);
        CheckPlaces(resume, planStore, log);
        var driver = new SourceDriver(_setup.Source, log, new DriverOptions(_options.Speed, _options.Intervals) { ReachedMs = _options.Kafka is null ? null : () => twin.ReachedMs }, _clock);
        var horizon = new RollingHorizon(
            twin.Snapshots, _setup.Load, _setup.Calendar, new DispatchSolver(time: _clock), new PlanAuditorPort(AuditOptions.Default), planStore,
            new PlanPublisher(log), new HorizonOptions(HorizonSlots, (ulong)_options.Seed, _setup.Source.StartMs, driver.StopMs(resume), _setup.Unmanaged, PeakWeight: _options.PeakWeight), _clock);
        var signal = new FrameSignal();
        horizon.OnPlan = plan =>
        {
            _plans.Enqueue(plan);
            signal.Notify();
            _reporter.Show(plan);
        };
        await using GatewayHost? gateway = BuildGateway(twin, horizon.Board, log, signal);
        if (gateway is not null)
        {
            await gateway.StartAsync(stop);
            await _reporter.ShowAddressAsync(gateway.Address);
        }
        _setup.TellSteps?.Invoke(_reporter.ShowStep);
        _reporter.Start();

        bool stopped = await DriveAsync(twin, horizon, driver, resume, signal, async () =>
        {
            if (_options.Hold && gateway is not null) await _reporter.HoldAsync(gateway.Address, stop);
        }, stop);
        _reporter.Close();
        RunSummary summary = await SummarizeAsync(twin, horizon.Board, resume.Any(r => r.ReachedMs != long.MinValue), stopped, _clock.GetElapsedTime(started));
        await _reporter.ShowSummaryAsync(summary);
        if (gateway is not null) await gateway.StopAsync(CancellationToken.None);
        return Cli.ExitCode.Done;
    }

    /// <summary>Where else than in the data directory the run's data are: offsets are of one log, plans of one store of events.</summary>
    private string Places() =>
        (_options.Postgres is null ? string.Empty : ", events in PostgreSQL") + (_options.Kafka is { } kafka ? $", log on Kafka \"{kafka.TopicPrefix}\"" : string.Empty);

    /// <summary>Refuses parts that do not belong together, which would wait for each other for ever or take another run's events for this one's.</summary>
    private void CheckPlaces(IReadOnlyList<SourcePosition> resume, IPlanStore plans, IEventLog log)
    {
        // A plan is made from stored events alone, so it can never be ahead of them.
        if (plans.Latest() is { } last && last.View.At.ToUnixTimeMilliseconds() > resume.Min(r => r.ReachedMs))
            throw new InputException(FormattableString.Invariant($"--data {_options.DataDirectory} holds a plan of {last.View.At:yyyy-MM-dd HH:mm}Z, which the store of events has not reached; give the store that belongs to it, or --fresh"));
        if (log is KafkaEventLog kafka && resume.All(r => r.ReachedMs == long.MinValue) && !kafka.IsUnused(Topics.VehicleEvents))
            throw new InputException($"Kafka {_options.Kafka!.Servers}: {_options.Kafka.TopicPrefix}{Topics.VehicleEvents} holds another run's events and this run begins anew; give another --topic-prefix, or delete the topics");
    }

    private async Task<IEventStore> OpenStoreAsync(DataDirectory data, CityIdentity identity, CancellationToken stop) => _options.Postgres is { } connection
        ? new PostgresEventStore(await CityDatabase.OpenAsync(connection, identity, _setup.Ground, _options.Fresh, _clock, stop))
        : SqliteEventStore.Open(data.EventStorePath);

    private GatewayHost? BuildGateway(Twin twin, IPlanQueries plans, IEventLog log, FrameSignal signal)
    {
        if (_options.Listen is null) return null;
        var ports = new GatewayPorts
        {
            Twin = twin.Queries,
            Plans = plans,
            Run = _info,
            Calendar = _setup.Calendar,
            Intake = new LogEventIntake(log, _clock),
            Signal = signal,
            Studies = new StudyShelf(_options.StudiesDirectory),
        };
        return GatewayHost.Build(GatewayOptionsOf(_options), ports, time: _clock);
    }

    private static GatewayOptions GatewayOptionsOf(CityRunOptions options) =>
        new() { Listen = options.Listen!, Token = options.Token, DashboardPath = Path.Combine(AppContext.BaseDirectory, "dashboard") };

    /// <summary>Runs the parts to the end; true when the user stopped them. Throws what the first failing part threw.</summary>
    private async Task<bool> DriveAsync(
        Twin twin, RollingHorizon horizon, SourceDriver driver, IReadOnlyList<SourcePosition> resume,
        FrameSignal signal, Func<Task> hold, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task twinTask = twin.RunAsync(end.Token);
        Task planTask = Task.Run(() => horizon.RunAsync(end.Token), CancellationToken.None);
        Task sourceTask = driver.RunAsync(resume, end.Token);
        Task[] work = [planTask, sourceTask];
        Exception? failure = null;
        try
        {
            // The twin never ends by itself: if it is the first to end, it failed. Each part is taken off by its own end alone:
            // asking which have ended meanwhile could find none left before their common end is known, and wait for the twin for ever.
            var running = new List<Task>(work);
            while (running.Count > 0)
            {
                Task first = await Task.WhenAny([.. running, twinTask]);
                if (first == twinTask || !first.IsCompletedSuccessfully) break;
                running.Remove(first);
            }
            if (running.Count == 0)
            {
                _info.Finish();
                signal.Notify();
                await Task.WhenAny(hold(), twinTask);
            }
        }
        finally
        {
            await end.CancelAsync();
            foreach (Task task in work.Append(twinTask))
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
            signal.Notify();
            _reporter.Close();
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
        return stop.IsCancellationRequested && !_info.State.Equals(RunState.Finished);
    }

    private async Task<RunSummary> SummarizeAsync(Twin twin, PlanBoard board, bool resumed, bool stopped, TimeSpan wall)
    {
        TwinStatus status = await twin.Queries.StatusAsync(CancellationToken.None);
        LoadCurves? history = await board.HistoryAsync(null, CancellationToken.None);
        PlanView? plan = await board.LatestAsync(CancellationToken.None);
        (PvdrSummary? original, PvdrSummary? chargeOnly, PvdrSummary? after, PvdrWindow window) = PvdrOfRun.Of(history, plan?.Horizon, _setup.Calendar);
        return new RunSummary
        {
            Version = ProgramVersion.Text,
            City = _setup.City,
            Mode = _setup.Source.Mode.ToString().ToLowerInvariant(),
            Source = _setup.Source.SourceUri,
            Vehicles = _setup.Source.VehicleCount,
            Seed = _options.Seed,
            Resumed = resumed,
            Ended = stopped ? "stopped" : "finished",
            At = status.At,
            EventsRead = twin.EventsRead,
            Accepted = twin.EventsAccepted,
            Duplicates = status.EventsDuplicate,
            DeadLettered = status.EventsDeadLettered,
            DeadLettersByReason = status.DeadLettersByReason,
            Stored = await twin.CountStoredAsync(CancellationToken.None),
            Departures = status.Departures,
            DeparturesUnderPromise = status.DeparturesUnderPromise,
            Intervals = [.. _plans.Select(p => new IntervalSummary(p.Index, p.At, p.Gap, p.Seconds, p.Status, p.Hash, p.Vehicles, p.SetpointsChanged, p.Audit.Checked, p.Audit.Findings))],
            PvdrOriginal = original,
            PvdrChargeOnly = chargeOnly,
            PvdrAfter = after,
            PvdrWindow = window,
            StateHash = Domain.Hashing.StateHash.ToHex(twin.StateHash()),
            WallSeconds = wall.TotalSeconds,
            LoadSource = _setup.Load.Description,
            Assumptions = _setup.Assumptions,
        };
    }
}
