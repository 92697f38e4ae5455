using Movc.Database;
using Movc.Domain.Time;
using Movc.TwinState.Shards;
using Movc.TwinState.Store;

namespace Movc.TwinState.Snapshots;

/// <summary>
/// Keeps snapshots of one shard: takes an image at an interval's boundary when one is due and has it saved once the journal is durable
/// up to it, beside the shard's own work and one at a time. Without it a start folds from further back; it is never needed for the truth.
/// </summary>
/// <param name="shard">Shard = partition.</param>
/// <param name="everyMs">City time between two; the shards take turns.</param>
/// <param name="store">Where they are kept.</param>
internal sealed class SnapshotKeeper(int shard, long everyMs, IEventStore store)
{
    private (ImageWriter Image, long Sequence)? _taken;
    private Task _saving = Task.CompletedTask;
    private long _savedSequence;

    /// <summary>Journal sequence of the newest that is in the store, 0 = none of this process.</summary>
    public long SavedSequence => Interlocked.Read(ref _savedSequence);

    /// <summary>Whether one is due at an interval's boundary.</summary>
    public bool IsDue(long boundaryMs) => (boundaryMs + (shard * Slots.Ms)) % everyMs == 0 && _taken is null && _saving.IsCompleted;

    /// <summary>Takes the state, which nobody changes meanwhile.</summary>
    /// <param name="state">The shard.</param>
    /// <param name="sequence">Journal sequence that it stands at.</param>
    public void Take(ShardState state, long sequence)
    {
        _taken?.Image.Dispose();
        _taken = (ShardImage.Take(state), sequence);
    }

    /// <summary>Tells how far the journal is durable; starts saving what was taken up to there.</summary>
    public void OnDurable(long sequence, long writerEpoch)
    {
        if (_taken is not { } taken || taken.Sequence > sequence || !_saving.IsCompleted) return;
        _taken = null;
        _saving = Task.Run(() => SaveAsync(taken.Image, taken.Sequence, writerEpoch));
    }

    /// <summary>Waits for what is being saved.</summary>
    public async Task FinishAsync()
    {
        await _saving;
        _taken?.Image.Dispose();
        _taken = null;
    }

    private async Task SaveAsync(ImageWriter image, long sequence, long writerEpoch)
    {
        using (image)
        {
            try
            {
                await store.SaveSnapshotAsync(ShardImage.Pack(shard, sequence, image.Written.Span), writerEpoch, CancellationToken.None);
                Interlocked.Exchange(ref _savedSequence, sequence);
                TwinMetrics.SnapshotsSaved.Add(1);
            }
            catch (StoreException)
            {
                // The journal has it all; the shard's next transaction tells of a store that fails, or of another writer.
                TwinMetrics.SnapshotsFailed.Add(1);
            }
        }
    }
}
