using Movc.Database;
using Movc.Domain.Fleet;
using Movc.TwinState.Shards;
using Movc.TwinState.Snapshots;
using Movc.TwinState.Store;

namespace Movc.TwinState.History;

/// <summary>
/// Folds journals anew from their first events, also while the city runs on them, and holds the result against what the running shards
/// kept: a snapshot is the memory of a process, so equality says that the memory was what the events say.
/// </summary>
/// <param name="store">Read only, unless it is also where results are kept.</param>
/// <param name="model">What the city's twin reckons with.</param>
/// <param name="keepIn">Takes each result as the shard's newest snapshot, in place of one that is damaged or of another format; null = nothing is written.</param>
public sealed class Rebuilder(IEventReader store, FleetModel model, IEventStore? keepIn = null)
{
    /// <summary>Refolds every shard, some of them side by side.</summary>
    /// <param name="onEvents">Told of further events folded, from any thread.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<IReadOnlyList<RebuiltShard>> RunAsync(Action<long> onEvents, CancellationToken cancellationToken)
    {
        IReadOnlyList<ShardPosition> shards = await store.ReadPositionsAsync(cancellationToken);
        var rebuilt = new RebuiltShard[shards.Count];
        await Parallel.ForAsync(0, shards.Count, cancellationToken, async (s, token) => rebuilt[s] = await RunAsync(shards[s], onEvents, token));
        return rebuilt;
    }

    private async Task<RebuiltShard> RunAsync(ShardPosition position, Action<long> onEvents, CancellationToken cancellationToken)
    {
        (long sequence, int format, ShardState? kept) = await NewestAsync(position, position.JournalSequence, cancellationToken);
        // A journal that goes on from another's instant begins with a seed: what stands at its place 0.
        ShardState state = (await NewestAsync(position, 0, cancellationToken)).Kept ?? new ShardState(position.Shard, model);
        long seeded = state.Counters.Accepted;
        bool? equal = null;
        if (kept is not null)
        {
            await FoldAsync(state, 0, sequence, onEvents, cancellationToken);
            using ImageWriter image = ShardImage.Take(state, format), other = ShardImage.Take(kept, format);
            equal = image.Written.Span.SequenceEqual(other.Written.Span);
        }
        await FoldAsync(state, sequence, position.JournalSequence, onEvents, cancellationToken);
        if (keepIn is not null && position.JournalSequence > 0)
        {
            using ImageWriter image = ShardImage.Take(state);
            await keepIn.SaveSnapshotAsync(ShardImage.Pack(position.Shard, position.JournalSequence, image.Written.Span), position.WriterEpoch, cancellationToken);
        }
        UInt128 hash = state.Hash();
        UInt128 start = hash;
        if (kept is not null)
        {
            start = await EndsInOrderAsync(kept, sequence, position.JournalSequence, cancellationToken) ? kept.Hash() : ~hash;
        }
        return new RebuiltShard(position.Shard, state.Counters.Accepted - seeded, position.JournalSequence, sequence, equal, hash, start);
    }

    private async ValueTask<(long Sequence, int Format, ShardState? Kept)> NewestAsync(ShardPosition position, long before, CancellationToken cancellationToken)
    {
        while (await store.ReadSnapshotAsync(position.Shard, before, cancellationToken) is { } snapshot)
        {
            var state = new ShardState(position.Shard, model);
            if (ShardImage.Unpack(snapshot) is { } image && ShardImage.TryRestore(image, snapshot.Format, state)) return (snapshot.JournalSequence, snapshot.Format, state);
            before = snapshot.JournalSequence - 1;
        }
        return (0, ShardImage.Format, null);
    }

    /// <summary>Folds on; false where the entries do not go on from the state, which then is not what they began with.</summary>
    private async ValueTask<bool> EndsInOrderAsync(ShardState state, long after, long through, CancellationToken cancellationToken)
    {
        try
        {
            await FoldAsync(state, after, through, _ => { }, cancellationToken);
            return true;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    private async ValueTask FoldAsync(ShardState state, long after, long through, Action<long> onEvents, CancellationToken cancellationToken)
    {
        if (through <= after) return;
        long before = state.Counters.Accepted;
        var folder = new ShardFolder(state, after);
        await store.ReadJournalAsync(state.Shard, folder.Range(through), folder, cancellationToken);
        onEvents(state.Counters.Accepted - before);
    }
}
