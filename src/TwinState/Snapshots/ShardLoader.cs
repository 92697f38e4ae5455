using Movc.Domain.Charging;
using Movc.TwinState.Shards;
using Movc.TwinState.Store;

namespace Movc.TwinState.Snapshots;

/// <summary>Brings a shard's state back from the store: the nearest snapshot before a place of its journal, and the entries from there to it.</summary>
internal sealed class ShardLoader(IEventReader store, UnmanagedCharging unmanaged)
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
            var state = new ShardState(shard, unmanaged);
            if (snapshot is not null)
            {
                before = snapshot.JournalSequence - 1;
                if (ShardImage.Unpack(snapshot) is not { } image || !ShardImage.TryRestore(image, snapshot.Format, state)) continue;
            }
            long after = snapshot?.JournalSequence ?? 0;
            var folder = new ShardFolder(state, after, untilMs);
            if (through > after) await store.ReadJournalAsync(shard, folder.Range(through), folder, cancellationToken);
            return (state, folder.Entries);
        }
    }
}
