using System.Globalization;
using Movc.Bench;
using Movc.Database;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.EventLog;
using Movc.EventLog.Kafka;
using Movc.Ingest.Publishing;
using Movc.Ingest.Simulation;
using Movc.Ingest.Time;
using Movc.RollingOptimizer.Horizon;
using Movc.TestKit;
using Movc.TwinState;
using Movc.TwinState.Store.Postgres;

namespace Movc.Benchmarks.Events;

/// <summary>
/// The event path of a city of servers: publisher → Kafka's protocol → shards (validated, deduped, projected) → PostgreSQL, durable.
/// The clock runs from the first event sent to the last one stored; client, mock cluster and database share the machine.
/// </summary>
internal static class KafkaPostgresPath
{
    private const int Vehicles = 480_000;
    private const int Intervals = 24;
    private const int Partitions = 16;
    private const int Runs = 3;

    /// <summary>Events that may be on their way: the mock cluster forgets what is older than some megabytes a partition.</summary>
    private const long Lead = 160_000;

    public static Report Measure(string folder, Action<string> say)
    {
        var calendar = new NodaCityCalendar(SimulatedCity.TimeZoneOf("shenzhen"));
        OpenedCity city = SimulatedCity.Open(new SimulationOptions { City = "shenzhen", Vehicles = Vehicles, Seed = 1 }, calendar);
        var events = new RecordedEvents(city.Fleet, Intervals);
        say(string.Create(CultureInfo.InvariantCulture, $"recorded {events.Count:N0} events of {Vehicles:N0} vehicles in {Intervals} intervals"));
        double loadBefore = Machine.LoadAverage();
        using PostgresServer server = PostgresServer.Start();
        var path = new List<double>();
        for (int run = 0; run <= Runs; run++)
        {
            double seconds = PathAsync(events, server.CreateDatabase(dropEarlier: true)).GetAwaiter().GetResult();
            say(string.Create(CultureInfo.InvariantCulture, $"Kafka to PostgreSQL, {(run == 0 ? "warm-up" : "run " + run)}: {events.Count / seconds:N0} events/s"));
            if (run > 0) path.Add(events.Count / seconds);
        }
        using PostgresServer tables = PostgresServer.Start();
        var ours = new List<double>();
        var marten = new List<double>();
        for (int run = 0; run <= Runs; run++)
        {
            (double oursPerSecond, double martenPerSecond) = StoreLayouts.CompareAsync(tables.CreateDatabase()).GetAwaiter().GetResult();
            say(string.Create(CultureInfo.InvariantCulture, $"tables, {(run == 0 ? "warm-up" : "run " + run)}: ours {oursPerSecond:N0} events/s, Marten's layout {martenPerSecond:N0}"));
            if (run == 0) continue;
            ours.Add(oursPerSecond);
            marten.Add(martenPerSecond);
        }
        return new Report(
            "servers",
            string.Create(CultureInfo.InvariantCulture, $"{events.Count:N0} events of a simulated fleet ({Vehicles:N0} vehicles: their registration and {Intervals} ten-minute intervals) over Kafka's protocol (librdkafka's mock cluster, {Partitions} partitions) into a real PostgreSQL with fsync and synchronous_commit on: encoded, sent, read, validated, deduped, projected, stored with offsets in one transaction a batch. Client, cluster and database share the machine. Afterwards the rows are counted and must be as many."),
            Machine.Here(folder),
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            [
                Figure.Of("Kafka's protocol to PostgreSQL: projected and durable", "events/s", path, atLeast: 80_000, aim: 150_000),
                Figure.Of("our tables alone (COPY, fence, commit; 4,096 events a transaction)", "events/s", ours),
                Figure.Of("Marten's layout (jsonb, a stream's upsert an event, foreign key), same events and transactions", "events/s", marten),
                Figure.Of("our tables over Marten's layout", "times", [.. ours.Zip(marten, (a, b) => a / b)], atLeast: 8, aim: 12),
            ],
            [Machine.LoadNote(loadBefore)]);
    }

    private static async Task<double> PathAsync(RecordedEvents events, string database)
    {
        using var stop = new CancellationTokenSource();
        using var cluster = new MockKafka();
        foreach (string topic in Topics.All) cluster.CreateTopic(topic, Partitions);
        await PostgresMigrations.MigrateAsync(database, stop.Token);
        await using IEventLog log = await KafkaEventLog.OpenAsync(new KafkaOptions { Servers = cluster.Servers, Partitions = Partitions }, null, stop.Token);
        await using PostgresEventStore store = await PostgresEventStore.OpenAsync(database, TimeProvider.System, stop.Token);
        Twin twin = await Twin.OpenAsync(new TwinOptions(events.SourceUri, FleetModel.Plain), store, log, TimeProvider.System, stop.Token);
        Task running = twin.RunAsync(stop.Token);
        Task answering = AnswerAsync(twin, log, stop.Token);
        long started = TimeProvider.System.GetTimestamp();
        await Task.Factory.StartNew(() => Publish(events, log, twin), stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (twin.EventsAccepted < events.Count || await store.CountEventsAsync(stop.Token) < events.Count) await Task.Delay(10, stop.Token);
        double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        TwinStatus status = await twin.Queries.StatusAsync(stop.Token);
        long stored = await store.CountEventsAsync(stop.Token);
        await stop.CancelAsync();
        foreach (Task task in new[] { running, answering })
        {
            try
            {
                await task;
            }
            catch (OperationCanceledException)
            {
                // Asked to end.
            }
        }
        if (stored != events.Count || status.EventsDeadLettered != 0 || status.EventsDuplicate != 0)
            throw new InvalidOperationException($"{events.Count} events sent, {stored} stored, {status.EventsDeadLettered} dead letters, {status.EventsDuplicate} duplicates: a figure of this run would be wrong");
        return seconds;
    }

    private static void Publish(RecordedEvents events, IEventLog log, Twin twin)
    {
        var publisher = new VehicleEventPublisher(log, events.SourceUri, twin.Resume(events.SourceUri), CancellationToken.None) { IsInitial = true };
        events.EmitInitial(new Paced(publisher, twin), CancellationToken.None);
        publisher.IsInitial = false;
        publisher.SendProgress(events.StartMs);
        var paced = new Paced(publisher, twin);
        for (long at = events.StartMs; at < events.EndMs; at += Slots.Ms) events.Emit(at, at + Slots.Ms, paced, CancellationToken.None);
        publisher.Send();
        publisher.FlushAsync().GetAwaiter().GetResult();
    }

    private static async Task AnswerAsync(Twin twin, IEventLog log, CancellationToken cancellationToken)
    {
        var publisher = new PlanPublisher(log);
        string[][] nobody = [.. Enumerable.Repeat(Array.Empty<string>(), log.PartitionCount)];
        while (await twin.Snapshots.NextAsync(cancellationToken) is { } fleet)
        {
            SetpointBatch[] batches = [.. Enumerable.Range(0, log.PartitionCount).Select(s => new SetpointBatch(s, fleet.AtMs, fleet.AtMs + Slots.Ms, [], []))];
            await publisher.PublishSetpointsAsync("none", batches, nobody, cancellationToken);
        }
    }

    /// <summary>Holds the publisher back while too much is on its way.</summary>
    private sealed class Paced(VehicleEventPublisher publisher, Twin twin) : Movc.Domain.Sources.IVehicleEventSink
    {
        public void Emit(ReadOnlySpan<byte> vehicleId, in Movc.Domain.Events.VehicleEvent vehicleEvent)
        {
            publisher.Emit(vehicleId, in vehicleEvent);
            if (publisher.Sent % 4096 != 0) return;
            // What is open must be on its way before anybody waits for it.
            while (publisher.Sent - twin.EventsAccepted > Lead)
            {
                publisher.Send();
                Thread.Sleep(1);
            }
        }

        public void EmitStored(ReadOnlySpan<byte> vehicleId, Movc.Domain.Events.EventSchema schema, long occurredAtMs, Movc.Domain.Events.Quality quality, ReadOnlySpan<byte> payload) =>
            publisher.EmitStored(vehicleId, schema, occurredAtMs, quality, payload);

        public void PutAside(Movc.Domain.Events.DeadLetter letter) => throw new InvalidOperationException(letter.Detail);
    }
}
