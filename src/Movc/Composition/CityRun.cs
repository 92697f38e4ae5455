using System.Collections.Concurrent;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.TwinState.History;
using Movc.TwinState.Store;
using Movc.TwinState.Store.Sqlite;
using Movc.Gateway;
using Movc.Gateway.Frames;
using Movc.Gateway.Intake;
using Movc.Ingest.Publishing;
using Movc.Output;
using Movc.RollingOptimizer.Plans;
using Movc.Studies.Output;
using Movc.TwinState;

namespace Movc.Composition;

/// <summary>A run of a city in one process: its moving parts, its page, its summary.</summary>
internal sealed class CityRun : IDisposable
{
    /// <summary>Partitions of an embedded run: shards enough for any machine that holds one city.</summary>
    public const int Partitions = 16;

    private readonly CitySetup _setup;
    private readonly CityRunOptions _options;
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly ConcurrentQueue<(PlanView Plan, TimeSpan Took)> _plans = new();
    private readonly ReplayedCity? _replay;
    private readonly ReplayControl? _control;
    private readonly SessionFolders _folders = new();
    private readonly FrameSignal _signal = new();
    private readonly Pace _pace;
    private readonly int _partitions;
    private readonly RunInfo _info;
    private readonly RunReporter _reporter;

    private CityRun(CitySetup setup, CityRunOptions options, ReplayedCity? replay)
    {
        _setup = setup;
        _options = options;
        _replay = replay;
        _pace = new Pace(options.Speed, _clock);
        _control = replay is null ? null : new ReplayControl(_pace, (replay.FromMs, replay.ToMs), replay.Name, jumpsForward: replay.Stored is not null) { Loop = replay.Loop };
        _info = new RunInfo(setup, _pace, _clock);
        _reporter = new RunReporter(options.Json, options.Intervals);
        _partitions = replay?.Stored is null ? Partitions : ((StoredPeriod)setup.Source).Shards;
    }

    /// <summary>Runs a city.</summary>
    /// <param name="setup">Which.</param>
    /// <param name="options">How.</param>
    /// <param name="replay">What it may jump about in; null = it is no replay.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Exit code.</returns>
    public static async Task<int> ExecuteAsync(CitySetup setup, CityRunOptions options, ReplayedCity? replay, CancellationToken stop)
    {
        using var run = new CityRun(setup, options, replay);
        return await run.RunAsync(stop);
    }

    public void Dispose()
    {
        _folders.Dispose();
        _control?.Dispose();
        _pace.Dispose();
    }

    private async Task<int> RunAsync(CancellationToken stop)
    {
        long started = _clock.GetTimestamp();
        using Telemetry telemetry = Telemetry.Start("movc");
        // Before anything is written: who mistypes the address must not find a directory half taken by it.
        if (_options.Listen is not null) GatewayHost.Check(GatewayOptionsOf(_options));
        if (_replay is { Paused: true }) _pace.Pause();
        CitySession session = await BeginAsync(_replay is { Stored: not null } && _replay.FromMs != _setup.Source.StartMs ? _replay.FromMs : null, null, stop);
        try
        {
            var twin = new SwitchedTwin(session.Twin.Queries);
            var plans = new SwitchedPlans(session.Horizon.Board);
            var intake = new SwitchedIntake(new LogEventIntake(session.Log, _clock));
            var setpoints = new SwitchedSetpoints(session.Setpoints);
            // Looked at on a page alone, and of a run's own data, not of those that a replay jumps about in.
            LiveRegret? regret = _options.Listen is null || _control is not null ? null : new LiveRegret(_options, _setup.Willingness, () => session.CityMs, _clock);
            await using GatewayHost? gateway = BuildGateway(twin, plans, intake, setpoints, regret);
            if (gateway is not null)
            {
                await gateway.StartAsync(stop);
                await _reporter.ShowAddressAsync(gateway.Address);
            }
            _setup.TellSteps?.Invoke(_reporter.ShowStep);
            _reporter.Start();
            using var looking = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Task lookingBack = regret?.RunAsync(looking.Token) ?? Task.CompletedTask;
            bool stopped;
            try
            {
                stopped = await RunAsync(session, gateway, stop);
            }
            finally
            {
                await looking.CancelAsync();
            }
            try
            {
                await lookingBack;
            }
            catch (OperationCanceledException)
            {
                // Asked to end; any other fault of looking back is the run's too.
            }
            while (!stop.IsCancellationRequested && _control?.TakeJump() is { } toMs)
            {
                CitySession next;
                try
                {
                    next = await BeginAsync(toMs, session, stop);
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    // Stopped in mid-jump: the summary is of where it jumped from.
                    stopped = true;
                    break;
                }
                _info.GoOn();
                twin.Switch(next.Twin.Queries);
                plans.Switch(next.Horizon.Board);
                setpoints.Switch(next.Setpoints);
                intake.Switch(new LogEventIntake(next.Log, _clock));
                _signal.Notify();
                (CitySession before, session) = (session, next);
                await before.DisposeAsync();
                _folders.KeepNewest();
                stopped = await RunAsync(session, gateway, stop);
            }
            _reporter.Close();
            RunSummary summary = await SummarizeAsync(session, stopped, _clock.GetElapsedTime(started));
            await _reporter.ShowSummaryAsync(summary);
            if (gateway is not null) await gateway.StopAsync(CancellationToken.None);
            return Cli.ExitCode.Done;
        }
        finally
        {
            await session.DisposeAsync();
        }
    }

    /// <summary>Opens a session: the run's own where nothing is jumped to, else one that stands where the city stood at the boundary before the instant.</summary>
    private async Task<CitySession> BeginAsync(long? atMs, CitySession? before, CancellationToken stop)
    {
        CityRunOptions options = before is null ? _options : _options with { Fresh = true, Intervals = null };
        if (before is not null || _options.DataDirectory.Length == 0) options = options with { DataDirectory = _folders.Next(), IsKept = false };
        var identity = new CityIdentity(_setup.Source.SourceUri, _setup.Source.VehicleCount, options.Seed, _setup.Source.StartMs, _partitions, _setup.Variant + Places());
        DataDirectory data = DataDirectory.Open(options.DataDirectory, identity, _setup.Ground, options.Fresh);
        try
        {
            if (atMs is { } to && Slots.Floor(to) > _setup.Source.StartMs) await SeedAsync(data, Slots.Floor(to), before, stop);
            CitySession session = await CitySession.OpenAsync(_setup, options, data, identity, _pace, _info, _signal, _reporter, _clock, stop);
            session.Horizon.OnPlan = plan =>
            {
                _plans.Enqueue((plan, session.Horizon.LastTook));
                _signal.Notify();
                _reporter.Show(plan);
            };
            _control?.Begin(() => session.CityMs);
            return session;
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    private async Task SeedAsync(DataDirectory data, long atMs, CitySession? before, CancellationToken stop)
    {
        await using var store = SqliteEventStore.Open(data.EventStorePath);
        // A run that goes on where its own data stand needs no seed; one that was ended while it was sown is sown again.
        if (await TwinSeed.IsSownAsync(store, _partitions, stop)) return;
        IEventReader from = _replay?.Stored ?? before?.Store ?? throw new InvalidOperationException("nothing to jump about in");
        using IPlanStore plans = SqlitePlanStore.Open(data.PlanStorePath);
        IReadOnlyList<RealizedSlot> realized = _replay?.Stored is not null ? _replay.Realized : before!.PlanStore.Realized(long.MinValue);
        foreach (RealizedSlot slot in realized.Where(r => r.AtMs < atMs && r.AtMs >= atMs - (2 * Slots.PerDay * Slots.Ms))) plans.Add(slot);
        // Last, for by it a seed counts as whole.
        await TwinSeed.SowAsync(from, store, _setup.Source.SourceUri, atMs, _setup.Model, stop);
    }

    private async Task<bool> RunAsync(CitySession session, GatewayHost? gateway, CancellationToken stop)
    {
        CancellationToken jump = _control?.JumpToken ?? CancellationToken.None;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, jump);
        return await session.RunAsync(
            async () =>
            {
                _control?.Finish();
                if (_options.Hold && gateway is not null && !jump.IsCancellationRequested) await _reporter.HoldAsync(gateway.Address, end.Token);
            },
            end.Token);
    }

    /// <summary>Where else than in the data directory the run's data are: offsets are of one log, plans of one store of events.</summary>
    private string Places() =>
        (_options.Postgres is null ? string.Empty : ", events in PostgreSQL") + (_options.Kafka is { } kafka ? $", log on Kafka \"{kafka.TopicPrefix}\"" : string.Empty);

    private GatewayHost? BuildGateway(SwitchedTwin twin, SwitchedPlans plans, SwitchedIntake intake, SwitchedSetpoints setpoints, LiveRegret? regret)
    {
        if (_options.Listen is null) return null;
        var ports = new GatewayPorts
        {
            Twin = twin,
            Plans = plans,
            Run = _info,
            Calendar = _setup.Calendar,
            Intake = intake,
            Setpoints = setpoints,
            Answers = setpoints,
            Holds = setpoints,
            Flexibility = setpoints,
            Regret = regret,
            Signal = _signal,
            Studies = new StudyShelf(_options.StudiesDirectory),
            Replay = _control,
        };
        return GatewayHost.Build(GatewayOptionsOf(_options), ports, time: _clock);
    }

    private static GatewayOptions GatewayOptionsOf(CityRunOptions options) =>
        new() { Listen = options.Listen!, Token = options.Token, DashboardPath = Path.Combine(AppContext.BaseDirectory, "dashboard") };

    private async Task<RunSummary> SummarizeAsync(CitySession session, bool stopped, TimeSpan wall)
    {
        (Twin twin, PlanBoard board) = (session.Twin, session.Horizon.Board);
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
            Resumed = session.IsResumed,
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
            Intervals = [.. _plans.Select(p => new IntervalSummary(
                p.Plan.Index, p.Plan.At, p.Plan.Gap, p.Plan.Seconds, p.Took.TotalSeconds, p.Plan.Status, p.Plan.Hash, p.Plan.Vehicles, p.Plan.SetpointsChanged, p.Plan.Audit.Checked, p.Plan.Audit.Findings,
                p.Plan.Limits))],
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
