namespace Movc.TwinState.Store;

/// <summary>What may be read of an event store, also while another process writes to it.</summary>
public interface IEventReader : IAsyncDisposable
{
    /// <summary>Reads a stretch of a shard's journal in order, after the vehicles of the shard that the range asks for.</summary>
    ValueTask ReadJournalAsync(int shard, JournalRange range, IJournalVisitor visitor, CancellationToken cancellationToken);

    /// <summary>Where every shard's journal stands, by shard; takes none of them over.</summary>
    ValueTask<IReadOnlyList<ShardPosition>> ReadPositionsAsync(CancellationToken cancellationToken);

    /// <summary>The place of a shard's journal at an instant: of its interval's setpoints where one begins then, else of the last entry before the first interval that begins later; 0 = before the first entry.</summary>
    /// <param name="shard">Shard = partition.</param>
    /// <param name="atMs">Unix milliseconds UTC, city time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<long> FindAsync(int shard, long atMs, CancellationToken cancellationToken);

    /// <summary>The intervals whose setpoints a shard's journal holds, in order: place of the setpoints, start of the interval, Unix milliseconds UTC.</summary>
    ValueTask<IReadOnlyList<(long JournalSequence, long AtMs)>> ReadIntervalsAsync(int shard, CancellationToken cancellationToken);

    /// <summary>State of every source that a shard has heard of, by its number.</summary>
    ValueTask<IReadOnlyList<SourceState>> ReadSourcesAsync(int shard, CancellationToken cancellationToken);

    /// <summary>Starts of the first and the last interval whose setpoints a shard's journal holds, Unix milliseconds UTC; null = none.</summary>
    ValueTask<(long FirstMs, long LastMs)?> ReadSpanAsync(int shard, CancellationToken cancellationToken);

    /// <summary>The newest snapshot that stands at the place or before it; null when there is none.</summary>
    ValueTask<StoredSnapshot?> ReadSnapshotAsync(int shard, long atMost, CancellationToken cancellationToken);

    /// <summary>A vehicle's events, newest first, by the chain of <see cref="EventRow.PreviousSequence"/>.</summary>
    /// <param name="shard">Shard = partition.</param>
    /// <param name="newestSequence">Journal sequence of the newest of them; 0 = it has none.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<StoredEvent>> ReadVehicleAsync(int shard, long newestSequence, int limit, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    ValueTask<IReadOnlyList<StoredDeadLetter>> ReadDeadLettersAsync(string? reason, int limit, CancellationToken cancellationToken);

    ValueTask<IReadOnlyDictionary<string, long>> CountDeadLettersAsync(CancellationToken cancellationToken);

    /// <summary>Rows in the event table.</summary>
    ValueTask<long> CountEventsAsync(CancellationToken cancellationToken);
}
