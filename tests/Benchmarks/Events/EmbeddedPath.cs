using System.Globalization;
using Movc.Bench;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.EventLog;
using Movc.EventLog.InProcess;
using Movc.Ingest.Publishing;
using Movc.Ingest.Simulation;
using Movc.Ingest.Time;
using Movc.RollingOptimizer.Horizon;
using Movc.TwinState;
using Movc.TwinState.Store;
using Movc.TwinState.Store.Sqlite;

namespace Movc.Benchmarks.Events;

/// <summary>
/// The embedded event path: publisher → in-process log → shards (validated, deduped, projected) → event store. The clock runs
/// from the first event sent to the last one durable.
/// </summary>
internal static class EmbeddedPath
{
    private const int Vehicles = 100_000;
    private const int Intervals = 108;
    private const int Partitions = 16;
    private const int Runs = 5;

    public static Report Measure(string folder, Action<string> say)
    {
        var calendar = new NodaCityCalendar(SimulatedCity.TimeZoneOf("shenzhen"));
        OpenedCity city = SimulatedCity.Open(new SimulationOptions { City = "shenzhen", Vehicles = Vehicles, Seed = 1 }, calendar);
        SimulatedFleet source = city.Fleet;
        var events = new RecordedEvents(source, Intervals);
        say(string.Create(CultureInfo.InvariantCulture, $"recorded {events.Count:N0} events of {Vehicles:N0} vehicles in {Intervals} intervals"));

        // Processor time beside wall time: on a machine with other work, the one tells what the path costs, the other what was left for it.
        (double[] PerSecond, double[] CpuMicroseconds) Rates(string what, Func<long> milliseconds, int runs)
        {
            var rates = new List<double>();
            var costs = new List<double>();
            for (int run = 0; run <= runs; run++)
            {
                TimeSpan before = Environment.CpuUsage.TotalTime;
                double rate = events.Count * 1000.0 / Math.Max(1, milliseconds());
                double cost = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / events.Count;
                say(string.Create(CultureInfo.InvariantCulture, $"{what}, {(run == 0 ? "warm-up" : "run " + run)}: {rate:N0} events/s, {cost:0.00} µs of processor time each"));
                if (run == 0) continue;
                rates.Add(rate);
                costs.Add(cost);
            }
            return ([.. rates], [.. costs]);
        }

        double loadBefore = Machine.LoadAverage();
        var stream = Rates("SQLite, one stream", () => Run(events, folder, Store.Sqlite, boundaries: false), Runs);
        var intervals = Rates("SQLite, interval by interval", () => Run(events, folder, Store.Sqlite, boundaries: true), Runs);
        var noDisk = Rates("no disk", () => Run(events, folder, Store.Discarding, boundaries: false), 3);
        var encode = Rates("publisher alone", () => Encode(events), 3);
        return new Report(
            "events",
            string.Create(CultureInfo.InvariantCulture, $"The embedded path takes {events.Count:N0} events of a simulated fleet ({Vehicles:N0} vehicles: their registration and {Intervals} ten-minute intervals from midnight) over the in-process log with {Partitions} partitions: each is encoded, decoded, validated, deduped by its sequence, projected and stored. SQLite in WAL with synchronous=FULL on a disk. The clock runs until the last event is durable; afterwards the rows in the store are counted and must be as many."),
            Machine.Here(folder),
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            [
                Figure.Of("accepted and durable, one stream", "events/s", stream.PerSecond, atLeast: 150_000, aim: 250_000),
                Figure.Of("the same: processor time of all threads an event", "µs", stream.CpuMicroseconds),
                Figure.Of("accepted and durable, all shards waiting for each other at every interval's end", "events/s", intervals.PerSecond),
                Figure.Of("the same: processor time of all threads an event", "µs", intervals.CpuMicroseconds),
                Figure.Of("the same stream into a store that keeps nothing", "events/s", noDisk.PerSecond),
                Figure.Of("the same: processor time of all threads an event", "µs", noDisk.CpuMicroseconds),
                Figure.Of("the publisher alone (encoding, batching)", "events/s", encode.PerSecond),
            ],
            ["At an interval's end every shard commits, hands over its columns and waits for the interval's (here empty) setpoints, as in a run at full speed with an optimizer that takes no time; some 5,000 events lie between two such waits here, which makes it a matter of commits and thread switches more than of events.",
                Machine.LoadNote(loadBefore)]);
    }

    private enum Store : byte
    {
        Sqlite = 0,
        Discarding = 1,
    }

    private static long Run(RecordedEvents events, string folder, Store kind, bool boundaries)
    {
        string data = Directory.CreateDirectory(Path.Combine(folder, "events")).FullName;
        try
        {
            return RunAsync(events, data, kind, boundaries).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<long> RunAsync(RecordedEvents events, string data, Store kind, bool boundaries)
    {
        using var stop = new CancellationTokenSource();
        await using var log = new InProcessEventLog(Partitions);
        await using IEventStore store = kind == Store.Sqlite ? SqliteEventStore.Open(Path.Combine(data, "twin.db")) : new DiscardingStore();
        Twin twin = await Twin.OpenAsync(new TwinOptions(events.SourceUri, FleetModel.Plain), store, log, TimeProvider.System, stop.Token);
        Task running = twin.RunAsync(stop.Token);
        Task answering = AnswerAsync(twin.Snapshots, log, stop.Token);
        long started = TimeProvider.System.GetTimestamp();
        await Task.Factory.StartNew(() => Publish(events, log, twin.Resume(events.SourceUri), boundaries), stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var elapsed = TimeProvider.System.GetElapsedTime(started);
        TwinStatus status = await twin.Queries.StatusAsync(stop.Token);
        long stored = await store.CountEventsAsync(stop.Token);
        await stop.CancelAsync();
        await IgnoreCancelAsync(running);
        await IgnoreCancelAsync(answering);
        if (stored != events.Count || status.EventsAccepted != events.Count || status.EventsDeadLettered != 0 || status.EventsDuplicate != 0)
            throw new InvalidOperationException($"{events.Count} events sent, {status.EventsAccepted} accepted, {stored} stored, {status.EventsDeadLettered} dead letters, {status.EventsDuplicate} duplicates: a figure of this run would be wrong");
        return (long)elapsed.TotalMilliseconds;
    }

    private static void Publish(RecordedEvents events, IEventLog log, IReadOnlyList<SourcePosition> resume, bool boundaries)
    {
        var publisher = new VehicleEventPublisher(log, events.SourceUri, resume, CancellationToken.None) { IsInitial = true };
        events.EmitInitial(publisher, CancellationToken.None);
        publisher.IsInitial = false;
        publisher.SendProgress(events.StartMs);
        for (long at = events.StartMs; at < events.EndMs; at += Slots.Ms)
        {
            events.Emit(at, at + Slots.Ms, publisher, CancellationToken.None);
            if (boundaries) publisher.SendProgress(at + Slots.Ms);
        }
        publisher.Send();
        publisher.FlushAsync().GetAwaiter().GetResult();
    }

    /// <summary>The publisher with nobody behind it who does more than take the batches.</summary>
    private static long Encode(RecordedEvents events)
    {
        var log = new InProcessEventLog(Partitions);
        long started = TimeProvider.System.GetTimestamp();
        var publisher = new VehicleEventPublisher(log, events.SourceUri, [.. Enumerable.Range(0, Partitions).Select(p => new SourcePosition(p, long.MinValue, 1))], CancellationToken.None);
        events.EmitInitial(publisher, CancellationToken.None);
        events.Emit(events.StartMs, events.EndMs!.Value, publisher, CancellationToken.None);
        publisher.Send();
        return (long)TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <summary>An optimizer that changes nothing: the shards only need an answer to go on.</summary>
    private static async Task AnswerAsync(IFleetSnapshots snapshots, IEventLog log, CancellationToken cancellationToken)
    {
        var publisher = new PlanPublisher(log);
        string[][] nobody = [.. Enumerable.Repeat(Array.Empty<string>(), log.PartitionCount)];
        while (await snapshots.NextAsync(cancellationToken) is { } fleet)
        {
            SetpointBatch[] batches = [.. Enumerable.Range(0, log.PartitionCount).Select(s => new SetpointBatch(s, fleet.AtMs, fleet.AtMs + Slots.Ms, [], []))];
            await publisher.PublishSetpointsAsync("none", batches, nobody, cancellationToken);
        }
    }

    private static async Task IgnoreCancelAsync(Task task)
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
}
