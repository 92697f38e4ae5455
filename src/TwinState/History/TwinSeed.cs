using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.TwinState.Shards;
using Movc.TwinState.Snapshots;
using Movc.TwinState.Store;

namespace Movc.TwinState.History;

/// <summary>Lets an empty store begin where another stood at an interval's boundary, so that a twin on it goes on from there.</summary>
public static class TwinSeed
{
    /// <summary>Whether every shard of a store was seeded, or has begun by itself; else it may be sown, again where that was broken off.</summary>
    /// <param name="store">To look at.</param>
    /// <param name="shards">How many it is to have.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<bool> IsSownAsync(IEventReader store, int shards, CancellationToken cancellationToken)
    {
        for (int shard = 0; shard < shards; shard++)
        {
            if ((await store.ReadSourcesAsync(shard, cancellationToken)).Count == 0) return false;
        }
        return true;
    }

    /// <summary>Seeds every shard.</summary>
    /// <param name="from">Knows the past.</param>
    /// <param name="to">Empty, or sown in part of the same.</param>
    /// <param name="sourceUri">The source that will go on: it counts as having told everything before the instant.</param>
    /// <param name="atMs">An interval's boundary, Unix milliseconds UTC; its setpoints are not in the seed.</param>
    /// <param name="model">What the city's twin reckons with.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task SowAsync(IEventReader from, IEventStore to, string sourceUri, long atMs, FleetModel model, CancellationToken cancellationToken)
    {
        if (Slots.Floor(atMs) != atMs) throw new ArgumentException($"{atMs} ms is not on an interval's boundary", nameof(atMs));
        var loader = new ShardLoader(from, model, isLive: false);
        await Parallel.ForEachAsync(await from.ReadPositionsAsync(cancellationToken), cancellationToken, async (position, token) =>
        {
            long through = await from.FindAsync(position.Shard, atMs - 1, token);
            (ShardState state, _) = await loader.LoadAsync(position.Shard, through, atMs, token);
            // The new journal begins with nothing; chains of before end here.
            Array.Clear(state.Columns.LastSequence);
            ShardHead head = await to.OpenShardAsync(position.Shard, token);
            using ImageWriter image = ShardImage.Take(state);
            await to.SaveSnapshotAsync(ShardImage.Pack(position.Shard, 0, image.Written.Span), head.WriterEpoch, token);
            var append = new ShardAppend { Shard = position.Shard, WriterEpoch = head.WriterEpoch };
            append.Sources.Add(new SourceState(0, sourceUri, new SequenceWindow().Serialize(), atMs, 1));
            await to.AppendAsync(append, token);
        });
    }
}
