using Movc.Domain.Fleet;
using Movc.TwinState.Shards;
using Movc.TwinState.Store;

namespace Movc.TwinState.Snapshots;

/// <summary>Brings a shard's state back from the store: the nearest snapshot before a place of its journal, and the entries from there to it.</summary>
/// <param name="store">Where it is kept.</param>
/// <param name="model">What the city's twin reckons with.</param>
/// <param name="isLive">Whether the state is to go on: one of an older format, which knew fewer habits, is passed over then and cost a longer fold once.</param>
internal sealed class ShardLoader(IEventReader store, FleetModel model, bool isLive)
{
    /// <summary>The state at a place.</summary>
    /// <param name="shard">Shard = partition.</param>
    /// <param name="through">Journal sequence up to which entries are in it.</param>
    /// <param name="untilMs">Of the interval that holds this instant, events that happened at it or later are left out; <see cref="long.MaxValue"/> = none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<(ShardState State, long Folded)> LoadAsync(int shard, long through, long untilMs, CancellationToken cancellationToken)
    {
        // A snapshot that this program cannot read is passed over for the one before it, in the end for the beginning.
        for (long before = through; ;)
        {
            StoredSnapshot? snapshot = await store.ReadSnapshotAsync(shard, before, cancellationToken);
            var state = new ShardState(shard, model);
            if (snapshot is not null)
            {
                before = snapshot.JournalSequence - 1;
                // A seed has nothing before it that could be folded in its place.
                if (isLive && snapshot.Format < ShardImage.Format && snapshot.JournalSequence > 0) continue;
                if (ShardImage.Unpack(snapshot) is not { } image || !ShardImage.TryRestore(image, snapshot.Format, state)) continue;
            }
            long after = snapshot?.JournalSequence ?? 0;
            var folder = new ShardFolder(state, after, untilMs);
            if (through > after) await store.ReadJournalAsync(shard, folder.Range(through), folder, cancellationToken);
            return (state, folder.Entries);
        }
    }
}
