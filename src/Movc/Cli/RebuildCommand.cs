using System.CommandLine;
using System.Globalization;
using Movc.Composition;
using Movc.Domain.Hashing;
using Movc.Output;
using Movc.TwinState.History;

namespace Movc.Cli;

/// <summary><c>movc rebuild</c>: folds a city anew from its first event and says whether it comes to the same.</summary>
internal static class RebuildCommand
{
    public static Command Create()
    {
        var store = new StoreArguments();
        var keep = new Option<bool>("--keep") { Description = "Keep the result as the newest snapshots: in place of ones that are damaged or say something else" };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON document on standard output" };
        var command = new Command("rebuild", "Fold a stored city anew from its first event, also while it runs, and hold the result against what the running twin kept, bit for bit") { keep, json };
        store.AddTo(command);
        Examples.Add(
            command,
            ("movc rebuild", "the city in ./data; exit code 1 where the events say something else than the snapshots"),
            ("movc rebuild --postgres \"Host=localhost;Database=movc;Username=movc\" --json", "a city of several processes, while it runs"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            bool isKept = result.GetValue(keep);
            await using StoredCity city = await store.OpenAsync(result, isKept, cancellationToken);
            long total = await city.Events.CountEventsAsync(cancellationToken), done = 0;
            long started = TimeProvider.System.GetTimestamp();
            var rebuilder = new Rebuilder(city.Events, city.Ground.Model(), isKept ? city.Store : null);
            IReadOnlyList<RebuiltShard> shards = await Jobs.RunAsync(
                (progress, token) =>
                {
                    progress.Part(0, 100, "folding");
                    return rebuilder.RunAsync(
                        events => progress.Part((int)Math.Min(100, 100 * Interlocked.Add(ref done, events) / Math.Max(1, total)), 100, FormattableString.Invariant($"folding {total:N0} events, % done")), token).AsTask().GetAwaiter().GetResult();
                },
                cancellationToken);
            double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            bool equal = shards.All(s => s.IsEqual);
            long events = shards.Sum(s => s.Events);
            string hash = StateHash.ToHex(shards.Select(s => s.StateHash).Aggregate(UInt128.Zero, StateHash.Combine));
            if (result.GetValue(json))
            {
                await Documents.WriteAsync(new
                {
                    version = ProgramVersion.Text, store = city.Where, city = city.Ground.City, events, seconds, eventsPerSecond = events / Math.Max(seconds, 1e-9), stateHash = hash, equal,
                    shards = shards.Select(s => new { s.Shard, s.Events, s.JournalSequence, s.SnapshotSequence, s.SnapshotEqual, equal = s.IsEqual, stateHash = StateHash.ToHex(s.StateHash), startHash = StateHash.ToHex(s.StartHash) }),
                });
            }
            else
            {
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{city.Where}: {city.Ground.City}, {events:N0} events of {shards.Count} shards folded from the first in {seconds:0.0} s ({events / Math.Max(seconds, 1e-9):N0} events/s)"));
                foreach (RebuiltShard shard in shards.Where(s => !s.IsEqual))
                {
                    await Console.Out.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture, $"  shard {shard.Shard}: the snapshot at {shard.SnapshotSequence} is not what the events before it say; {(isKept ? "replaced" : "movc rebuild --keep replaces it")}"));
                }
                int compared = shards.Count(s => s.SnapshotEqual is not null);
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"state hash {hash}; {(equal ? $"equal to what the twin kept, bit for bit, in {compared} of {shards.Count} shards{(compared < shards.Count ? "; the others have no snapshot yet" : string.Empty)}" : "NOT EQUAL")}"));
            }
            return equal ? ExitCode.Done : ExitCode.Failed;
        }));
        return command;
    }
}
