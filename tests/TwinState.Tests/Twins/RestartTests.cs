using Movc.Database;
using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Hashing;
using Movc.Domain.Queries;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.EventLog;
using Movc.EventLog.InProcess;
using Movc.Ingest.Publishing;
using Movc.Ingest.Simulation;
using Movc.Ingest.Time;
using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Horizon;
using Movc.RollingOptimizer.Plans;
using Movc.RollingOptimizer.Solver;
using Movc.TwinState.Shards;
using Movc.TwinState.Store;
using Movc.TwinState.Store.Sqlite;

namespace Movc.TwinState.Tests.Twins;

/// <summary>Whole twins, source to plan, that die in unpleasant moments and must come to where an undisturbed one comes.</summary>
public sealed class RestartTests : IDisposable
{
    private const int Intervals = 8;
    private const int Partitions = 3;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movc-restart-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<bool> Sources => [false, true];

    [Theory(Timeout = 300_000)]
    [MemberData(nameof(Sources))]
    public async Task A_twin_whose_store_dies_again_and_again_ends_where_an_undisturbed_one_does(bool simulated)
    {
        Outcome calm = await UndisturbedAsync(simulated);
        foreach (bool afterCommit in new[] { false, true })
        {
            string data = Directory.CreateDirectory(Path.Combine(_folder.FullName, $"dies-{afterCommit}")).FullName;
            int deaths = 0;
            // Each life dies a little later than the one before, so deaths fall on every kind of moment.
            for (int failAt = 1; ; failAt += 2)
            {
                Exception? fault = await LiveAsync(data, simulated, store => new FaultyStore(store, failAt, afterCommit));
                if (fault is null) break;
                fault.ShouldBeOfType<StoreException>().Message.ShouldBe(FaultyStore.Message);
                deaths++;
                deaths.ShouldBeLessThan(60);
            }
            deaths.ShouldBeGreaterThan(3);
            (await OutcomeAsync(data)).ShouldBeLike(calm);
        }
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Sources))]
    public async Task A_life_that_begins_where_the_source_has_ended_ends_at_once_and_changes_nothing(bool simulated)
    {
        Outcome calm = await UndisturbedAsync(simulated);
        string data = Path.Combine(_folder.FullName, "calm");
        (await LiveAsync(data, simulated)).ShouldBeNull();
        (await OutcomeAsync(data)).ShouldBeLike(calm);
    }

    [Theory(Timeout = 300_000)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_crash_between_a_stored_plan_and_its_setpoints_changes_nothing(int plan)
    {
        Outcome calm = await UndisturbedAsync(simulated: true);
        string data = Directory.CreateDirectory(Path.Combine(_folder.FullName, "between")).FullName;
        Exception? fault = await LiveAsync(data, simulated: true, plans: store => new FaultyPlanStore(store, plan));
        fault.ShouldBeOfType<IOException>();
        using (SqlitePlanStore plans = SqlitePlanStore.Open(Path.Combine(data, "plans.db")))
        {
            plans.Hashes().Count.ShouldBe(plan);
        }
        (await LiveAsync(data, simulated: true)).ShouldBeNull();
        (await OutcomeAsync(data)).ShouldBeLike(calm);
    }

    [Theory(Timeout = 300_000)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Stopping_at_a_boundary_and_going_on_is_the_same_as_going_through(int intervalsEach)
    {
        Outcome calm = await UndisturbedAsync(simulated: true);
        string data = Directory.CreateDirectory(Path.Combine(_folder.FullName, "stops")).FullName;
        for (int done = 0; done < Intervals; done += intervalsEach)
            (await LiveAsync(data, simulated: true, intervals: Math.Min(intervalsEach, Intervals - done))).ShouldBeNull();
        (await OutcomeAsync(data)).ShouldBeLike(calm);
    }

    [Fact(Timeout = 300_000)]
    public async Task When_the_store_fails_senders_learn_that_nobody_reads()
    {
        await using SqliteEventStore inner = SqliteEventStore.Open(Path.Combine(_folder.FullName, "fails.db"));
        await using RunningTwin running = await RunningTwin.StartAsync(new FaultyStore(inner, failAt: 1), 2, capacityBatches: 1);
        Task drive = running.DriveAsync(new ScriptedSource(RandomScript.Draw(1, 400, 6), RandomScript.Start, 6));
        (await Should.ThrowAsync<StoreException>(() => running.Run)).Message.ShouldBe(FaultyStore.Message);
        await Should.ThrowAsync<LogClosedException>(() => drive);
        (await running.Twin.CountStoredAsync(Token)).ShouldBe(0);
        (await running.Twin.Queries.StatusAsync(Token)).EventsDeadLettered.ShouldBe(0);
    }

    [Fact(Timeout = 300_000)]
    public async Task Nothing_is_acknowledged_that_was_not_written()
    {
        await using SqliteEventStore inner = SqliteEventStore.Open(Path.Combine(_folder.FullName, "ack.db"));
        var script = RandomScript.Draw(3, 40, 3);
        for (int failAt = 1; failAt < 12; failAt++)
        {
            var log = new InProcessEventLog(1);
            Twin twin = await Twin.OpenAsync(new TwinOptions("other", FleetModel.Plain), new FaultyStore(inner, failAt), log, TimeProvider.System, Token);
            ILogProducer producer = log.OpenProducer(Topics.VehicleEvents);
            Task run = twin.RunAsync(CancellationToken.None);
            int durable = 0;
            try
            {
                // Flushed one by one: each flush that comes back stands for an event in the store.
                for (int n = durable; n < script.Count; n++)
                {
                    var batch = new Movc.EventLog.Records.RecordBatch();
                    Movc.EventLog.Wire.VehicleEventWriter.Append(batch, "s"u8, System.Text.Encoding.UTF8.GetBytes(script[n].Vehicle), n + 1, 0, script[n].Event);
                    await producer.SendAsync(0, batch, Token);
                    await producer.FlushAsync(Token);
                    durable = n + 1;
                }
            }
            catch (LogClosedException)
            {
                // As meant.
            }
            await Should.ThrowAsync<StoreException>(() => run);
            ShardHead head = await inner.OpenShardAsync(0, Token);
            SequenceWindow.Deserialize(head.Sources.Count > 0 ? head.Sources[0].Window : new byte[24]).Watermark.ShouldBe(durable);
        }
    }

    private async Task<Outcome> UndisturbedAsync(bool simulated)
    {
        string data = Directory.CreateDirectory(Path.Combine(_folder.FullName, "calm")).FullName;
        (await LiveAsync(data, simulated)).ShouldBeNull();
        Outcome outcome = await OutcomeAsync(data);
        outcome.Plans.Count.ShouldBe(Intervals);
        outcome.Realized.Count.ShouldBe(Intervals);
        return outcome;
    }

    /// <summary>One life of a whole twin on the data; what ended it, or null when the source came to its end.</summary>
    private static async Task<Exception?> LiveAsync(
        string data, bool simulated, Func<IEventStore, IEventStore>? store = null, Func<IPlanStore, IPlanStore>? plans = null, int? intervals = null)
    {
        (IVehicleEventSource source, ICityLoad load, ICityCalendar calendar) = City(simulated);
        await using SqliteEventStore events = SqliteEventStore.Open(Path.Combine(data, "twin.db"));
        using SqlitePlanStore planStore = SqlitePlanStore.Open(Path.Combine(data, "plans.db"));
        await using var log = new InProcessEventLog(Partitions, 4);
        IPlanStore usedPlans = plans?.Invoke(planStore) ?? planStore;
        Twin twin = await Twin.OpenAsync(new TwinOptions(source.SourceUri, FleetModel.Plain), store?.Invoke(events) ?? events, log, TimeProvider.System, Token);
        IReadOnlyList<SourcePosition> resume = twin.Resume(source.SourceUri);
        long left = ((source.StartMs + (Intervals * Slots.Ms)) - Math.Max(source.StartMs, resume.Min(r => r.ReachedMs))) / Slots.Ms;
        var driver = new SourceDriver(source, log, new DriverOptions(null, intervals ?? (int)left), TimeProvider.System);
        var horizon = new RollingHorizon(
            twin.Snapshots, load, new KnownCity(load), calendar, new DispatchSolver(), new NoAudit(), usedPlans, new PlanPublisher(log),
            new HorizonOptions(new HorizonLength(18, 18), 5, source.StartMs, driver.StopMs(resume), UnmanagedCharging.AtOnce), TimeProvider.System);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task twinTask = twin.RunAsync(end.Token);
        Task planTask = Task.Run(() => horizon.RunAsync(end.Token), Token);
        Task sourceTask = driver.RunAsync(resume, end.Token);
        Task done = Task.WhenAll(planTask, sourceTask);
        await Task.WhenAny(done, twinTask, planTask.ContinueWith(t => t.IsFaulted ? Task.CompletedTask : done, TaskScheduler.Default).Unwrap());
        bool finished = done.IsCompletedSuccessfully;
        await end.CancelAsync();
        await Task.WhenAny(Task.WhenAll(twinTask, planTask, sourceTask));
        // The twin's fault is the cause where the others only noticed that it is gone.
        return finished ? null : twinTask.Exception?.InnerException ?? planTask.Exception?.InnerException ?? sourceTask.Exception?.InnerException;
    }

    private static async Task<Outcome> OutcomeAsync(string data)
    {
        await using SqliteEventStore events = SqliteEventStore.Open(Path.Combine(data, "twin.db"));
        using SqlitePlanStore plans = SqlitePlanStore.Open(Path.Combine(data, "plans.db"));
        await using var log = new InProcessEventLog(Partitions);
        Twin twin = await Twin.OpenAsync(new TwinOptions("none", FleetModel.Plain), events, log, TimeProvider.System, Token);
        TwinStatus status = await twin.Queries.StatusAsync(Token);
        return new Outcome(
            StateHash.ToHex(twin.StateHash()), await twin.CountStoredAsync(Token), status.EventsDeadLettered, status.Departures, status.DeparturesUnderPromise,
            plans.Hashes(), plans.Realized(long.MinValue));
    }

    private static (IVehicleEventSource Source, ICityLoad Load, ICityCalendar Calendar) City(bool simulated)
    {
        var calendar = new NodaCityCalendar("Asia/Shanghai");
        if (!simulated) return (new ScriptedSource(RandomScript.Draw(14, 120, Intervals), RandomScript.Start, Intervals), new FlatLoad(), calendar);
        OpenedCity city = SimulatedCity.Open(
            // Monday 17:00 in Shenzhen, when people come home.
            new SimulationOptions { City = "shenzhen", Vehicles = 250, Seed = 3, StartMs = 1_658_134_800_000 }, calendar);
        return (city.Fleet, city.Load, calendar);
    }

    private sealed record Outcome(
        string StateHash, long Stored, long DeadLettered, long Departures, long UnderPromise, IReadOnlyList<(long AtMs, string Hash)> Plans, IReadOnlyList<RealizedSlot> Realized)
    {
        public void ShouldBeLike(Outcome other)
        {
            (StateHash, Stored, DeadLettered, Departures, UnderPromise).ShouldBe((other.StateHash, other.Stored, other.DeadLettered, other.Departures, other.UnderPromise));
            Plans.ShouldBe(other.Plans);
            Realized.ShouldBe(other.Realized);
        }
    }

    private sealed class NoAudit : IPlanAuditor
    {
        public AuditView Audit(DispatchInstance instance, DispatchResult result) => new(0, instance.VehicleCount, 0, string.Empty);
    }

    private sealed class FlatLoad : ICityLoad
    {
        public string Description => "a wave";

        public double LoadKw(long intervalStartMs) => 1000 + (200 * Math.Sin(intervalStartMs / 7e6));
    }

    /// <summary>Stores the n-th plan and dies before anybody hears of it.</summary>
    private sealed class FaultyPlanStore(IPlanStore inner, int failAfter) : IPlanStore
    {
        private int _plans;

        public StoredPlan? Latest() => inner.Latest();

        public IReadOnlyList<Movc.Domain.Queries.PlanBrief> Recent(int count) => inner.Recent(count);

        public IReadOnlyList<RealizedSlot> Realized(long fromMs) => inner.Realized(fromMs);

        public IReadOnlyList<(long AtMs, ForeseenSlot Slot)> Foreseen(long fromMs) => inner.Foreseen(fromMs);

        public void Add(RealizedSlot slot) => inner.Add(slot);

        public void Add(BundleView bundle) => inner.Add(bundle);

        public BundleView? Bundle(string? id) => inner.Bundle(id);

        public IReadOnlyList<BundleBrief> Bundles(int count) => inner.Bundles(count);

        public void Add(StoredPlan plan, RealizedSlot? realized)
        {
            inner.Add(plan, realized);
            if (++_plans == failAfter) throw new IOException("killed");
        }

        public IReadOnlyList<PlanHead> Heads(long fromMs, long toMs) => inner.Heads(fromMs, toMs);

        public IReadOnlyList<(long AtMs, string Hash)> Hashes() => inner.Hashes();

        public void Dispose()
        {
        }
    }
}
