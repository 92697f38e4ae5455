using Movc.Database;
using Movc.Domain.Events;
using Movc.Domain.Queries;
using Movc.TwinState.Store;

namespace Movc.TwinState.Tests.Twins;

/// <summary>A store that dies at its n-th transaction: before it is written ("disk full") or after it ("killed before the answer").</summary>
internal sealed class FaultyStore(IEventStore inner, int failAt = int.MaxValue, bool afterCommit = false) : IEventStore
{
    public Trouble? Trouble => inner.Trouble;

    public const string Message = "twin.db: the disk is full; make room and start again, nothing was half-written";
    private int _appends;
    private int _largest;

    /// <summary>Transactions that came.</summary>
    public int Appends => Volatile.Read(ref _appends);

    /// <summary>Most events and dead letters in one transaction.</summary>
    public int LargestAppend => Volatile.Read(ref _largest);

    public async Task AppendAsync(ShardAppend append, CancellationToken cancellationToken)
    {
        int n = Interlocked.Increment(ref _appends);
        Interlocked.Exchange(ref _largest, Math.Max(LargestAppend, append.Events.Count + append.DeadLetters.Count));
        if (n < failAt)
        {
            await inner.AppendAsync(append, cancellationToken);
            return;
        }
        // The first one may have come through; after it the process is as good as dead.
        if (n == failAt && afterCommit) await inner.AppendAsync(append, cancellationToken);
        throw new StoreException(Message);
    }

    public ValueTask<ShardHead> OpenShardAsync(int shard, CancellationToken cancellationToken) => inner.OpenShardAsync(shard, cancellationToken);

    public ValueTask ReadJournalAsync(int shard, JournalRange range, IJournalVisitor visitor, CancellationToken cancellationToken) => inner.ReadJournalAsync(shard, range, visitor, cancellationToken);

    public ValueTask<IReadOnlyList<ShardPosition>> ReadPositionsAsync(CancellationToken cancellationToken) => inner.ReadPositionsAsync(cancellationToken);

    public ValueTask<long> FindAsync(int shard, long atMs, CancellationToken cancellationToken) => inner.FindAsync(shard, atMs, cancellationToken);

    public ValueTask<IReadOnlyList<(long JournalSequence, long AtMs)>> ReadIntervalsAsync(int shard, CancellationToken cancellationToken) => inner.ReadIntervalsAsync(shard, cancellationToken);

    public ValueTask<IReadOnlyList<SourceState>> ReadSourcesAsync(int shard, CancellationToken cancellationToken) => inner.ReadSourcesAsync(shard, cancellationToken);

    public ValueTask<(long FirstMs, long LastMs)?> ReadSpanAsync(int shard, CancellationToken cancellationToken) => inner.ReadSpanAsync(shard, cancellationToken);

    public Task SaveSnapshotAsync(StoredSnapshot snapshot, long writerEpoch, CancellationToken cancellationToken) => inner.SaveSnapshotAsync(snapshot, writerEpoch, cancellationToken);

    public ValueTask<StoredSnapshot?> ReadSnapshotAsync(int shard, long atMost, CancellationToken cancellationToken) => inner.ReadSnapshotAsync(shard, atMost, cancellationToken);

    public Task PutAsideAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) => inner.PutAsideAsync(letters, cancellationToken);

    public bool HasEventId(int shard, int source, string id) => inner.HasEventId(shard, source, id);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadVehicleAsync(int shard, long newestSequence, int limit, CancellationToken cancellationToken) => inner.ReadVehicleAsync(shard, newestSequence, limit, cancellationToken);

    public ValueTask<IReadOnlyList<StoredDeadLetter>> ReadDeadLettersAsync(string? reason, int limit, CancellationToken cancellationToken) => inner.ReadDeadLettersAsync(reason, limit, cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, long>> CountDeadLettersAsync(CancellationToken cancellationToken) => inner.CountDeadLettersAsync(cancellationToken);

    public ValueTask<long> CountEventsAsync(CancellationToken cancellationToken) => inner.CountEventsAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
