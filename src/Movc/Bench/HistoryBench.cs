using System.Globalization;
using Movc.Composition;
using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Hashing;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.EventLog;
using Movc.EventLog.InProcess;
using Movc.Ingest.Publishing;
using Movc.RollingOptimizer.Horizon;
using Movc.TwinState;
using Movc.TwinState.History;
using Movc.TwinState.Store.Sqlite;

namespace Movc.Bench;

/// <summary>A stored city looked into, rebuilt and replayed: what its past costs.</summary>
internal static class HistoryBench
{
    private const int Seeks = 120;

    public static Report Measure(BenchOptions options, Action<string> say, CancellationToken cancellationToken) => MeasureAsync(options, say, cancellationToken).GetAwaiter().GetResult();

    private static async Task<Report> MeasureAsync(BenchOptions options, Action<string> say, CancellationToken cancellationToken)
    {
        double loadBefore = Machine.LoadAverage();
        await using StoredCity city = await StoredCity.OpenAsync(options.Data, null, toWrite: false, cancellationToken);
        var past = new PastReader(city.Events, city.Ground.Model(), city.Ground.DistrictMap());
        PastSpan span = await past.PastSpanAsync(cancellationToken) ?? throw new InputException($"{city.Where}: no interval has begun yet");
        long events = await city.Events.CountEventsAsync(cancellationToken);
        CityStateView last = await past.PastCityAsync(span.To, cancellationToken) ?? throw new InputException($"{city.Where}: nothing can be asked");
        bool judged = last.City.Vehicles >= 480_000 && events >= 25_000_000;
        var random = new Random((int)options.Seed);
        DateTimeOffset Anywhere() => span.From + TimeSpan.FromSeconds(random.NextDouble() * (span.To - span.From).TotalSeconds);
        List<double> seeks = [], folded = [];
        for (int n = 0; n < (options.Quick ? 10 : Seeks); n++)
        {
            say(FormattableString.Invariant($"seek {n + 1}"));
            DateTimeOffset at = Anywhere();
            long started = TimeProvider.System.GetTimestamp();
            CityStateView state = (await past.PastCityAsync(at, cancellationToken))!;
            seeks.Add(TimeProvider.System.GetElapsedTime(started).TotalSeconds);
            folded.Add(state.EventsFolded);
        }
        var rebuilds = new List<double>();
        string hash = string.Empty;
        for (int run = 0; run < Math.Min(options.Runs, 3); run++)
        {
            say(FormattableString.Invariant($"rebuild {run + 1}"));
            long started = TimeProvider.System.GetTimestamp();
            IReadOnlyList<RebuiltShard> shards = await new Rebuilder(city.Events, city.Ground.Model()).RunAsync(_ => { }, cancellationToken);
            rebuilds.Add(shards.Sum(s => s.Events) / TimeProvider.System.GetElapsedTime(started).TotalSeconds);
            if (!shards.All(s => s.IsEqual)) throw new InvalidOperationException("a refold is not equal to its snapshot: a figure of this run would be wrong");
            hash = StateHash.ToHex(shards.Select(s => s.StateHash).Aggregate(UInt128.Zero, StateHash.Combine));
        }
        say("replay through store and projections");
        (double replaySeconds, double twinMb, string replayed) = await ReplayAsync(city, options.DataFolder, say, cancellationToken);
        if (!string.Equals(replayed, hash, StringComparison.Ordinal)) throw new InvalidOperationException($"the replay came to {replayed}, the store to {hash}: a figure of this run would be wrong");
        return new Report(
            "history",
            string.Create(CultureInfo.InvariantCulture, $"{city.Where}: {last.City.Vehicles:N0} vehicles from {span.From:yyyy-MM-dd HH:mm}Z to {span.To:yyyy-MM-dd HH:mm}Z, {events:N0} events. A seek is the whole city by district with its hash at a random instant, from the nearest snapshots; a rebuild folds every event from the first and compares; the replay tells all of it over the in-process log to shards that validate, dedupe, project and store it durably in a new SQLite store, every interval waiting for its (empty) setpoints, and must come to the same hash."),
            Machine.Here(options.DataFolder),
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            [
                Figure.Of("seek to a random instant: the city by district", "s", seeks),
                Figure.Of("the same, 99th percentile", "s", [Figure.Quantile(seeks, .99)], atMost: judged ? 2 : null, aim: .5),
                Figure.Of("events folded for a seek", "", folded),
                Figure.Of("rebuild from events, compared bit for bit", "events/s", rebuilds, atLeast: judged ? 500_000 : null, aim: 1_000_000),
                Figure.Of("replay of all of it through store and projections", "s", [replaySeconds], atMost: judged ? 480 : null, aim: 240),
                Figure.Of("the same", "events/s", [events / replaySeconds]),
                Figure.Of("memory of the twin at its end (managed heap, collected)", "MB", [twinMb], atMost: judged ? 300 : null, aim: 150),
            ],
            [.. judged ? Array.Empty<string>() : ["Less than a week of 480,000 vehicles: nothing is judged."], Machine.LoadNote(loadBefore)]);
    }

    private static async Task<(double Seconds, double TwinMb, string Hash)> ReplayAsync(StoredCity city, string folder, Action<string> say, CancellationToken cancellationToken)
    {
        await using StoredPeriod period = await StoredPeriod.OpenAsync(city.Events, "movc:replay", cancellationToken);
        DirectoryInfo data = Directory.CreateDirectory(Path.Combine(folder, FormattableString.Invariant($"bench-history-{Environment.ProcessId}")));
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            long before = GC.GetTotalMemory(forceFullCollection: true);
            await using var log = new InProcessEventLog(period.Shards);
            await using var store = SqliteEventStore.Open(Path.Combine(data.FullName, "twin.db"));
            Twin twin = await Twin.OpenAsync(new TwinOptions(period.SourceUri, city.Ground.Model()), store, log, TimeProvider.System, cancellationToken);
            Task running = twin.RunAsync(stop.Token), answering = AnswerAsync(twin.Snapshots, log, say, stop.Token);
            long started = TimeProvider.System.GetTimestamp();
            await new SourceDriver(period, log, new DriverOptions(null, null), TimeProvider.System).RunAsync(twin.Resume(period.SourceUri), cancellationToken);
            double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            long stored = await store.CountEventsAsync(cancellationToken), expected = await city.Events.CountEventsAsync(cancellationToken);
            if (stored != expected) throw new InvalidOperationException($"{stored} of {expected} events stored: a figure of this run would be wrong");
            double mb = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
            string hash = StateHash.ToHex(twin.StateHash());
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
            return (seconds, mb, hash);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>An optimizer that changes nothing: the shards only need an answer to go on.</summary>
    private static async Task AnswerAsync(IFleetSnapshots snapshots, IEventLog log, Action<string> say, CancellationToken cancellationToken)
    {
        var publisher = new PlanPublisher(log);
        string[][] nobody = [.. Enumerable.Repeat(Array.Empty<string>(), log.PartitionCount)];
        while (await snapshots.NextAsync(cancellationToken) is { } fleet)
        {
            say(string.Create(CultureInfo.InvariantCulture, $"replay, {DateTimeOffset.FromUnixTimeMilliseconds(fleet.AtMs):ddd HH:mm}Z"));
            SetpointBatch[] batches = [.. Enumerable.Range(0, log.PartitionCount).Select(s => new SetpointBatch(s, fleet.AtMs, fleet.AtMs + Slots.Ms, [], []))];
            await publisher.PublishSetpointsAsync("none", batches, nobody, cancellationToken);
        }
    }
}
