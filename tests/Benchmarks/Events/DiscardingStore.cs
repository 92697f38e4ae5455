using Movc.Domain.Events;
using Movc.TwinState.Store;

namespace Movc.Benchmarks.Events;

/// <summary>Keeps nothing: what remains is the path without its disk.</summary>
internal sealed class DiscardingStore : IEventStore
{
    public Movc.Domain.Queries.Trouble? Trouble => null;

    private long _events;

    public ValueTask<ShardHead> OpenShardAsync(int shard, CancellationToken cancellationToken) => ValueTask.FromResult(new ShardHead(shard, 1, 0, 0, 0, [], []));

    public ValueTask ReadJournalAsync(int shard, JournalRange range, IJournalVisitor visitor, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<IReadOnlyList<ShardPosition>> ReadPositionsAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<ShardPosition>>([]);

    public ValueTask<long> FindAsync(int shard, long atMs, CancellationToken cancellationToken) => ValueTask.FromResult(0L);

    public ValueTask<IReadOnlyList<(long JournalSequence, long AtMs)>> ReadIntervalsAsync(int shard, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<(long JournalSequence, long AtMs)>>([]);

    public ValueTask<IReadOnlyList<SourceState>> ReadSourcesAsync(int shard, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<SourceState>>([]);

    public ValueTask<(long FirstMs, long LastMs)?> ReadSpanAsync(int shard, CancellationToken cancellationToken) => ValueTask.FromResult<(long, long)?>(null);

    public Task SaveSnapshotAsync(StoredSnapshot snapshot, long writerEpoch, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask<StoredSnapshot?> ReadSnapshotAsync(int shard, long atMost, CancellationToken cancellationToken) => ValueTask.FromResult<StoredSnapshot?>(null);

    public Task AppendAsync(ShardAppend append, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _events, append.Events.Count);
        return Task.CompletedTask;
    }

    public Task PutAsideAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) => Task.CompletedTask;

    public bool HasEventId(int shard, int source, string id) => false;

    public ValueTask<IReadOnlyList<StoredEvent>> ReadVehicleAsync(int shard, long newestSequence, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<StoredEvent>>([]);

    public ValueTask<IReadOnlyList<StoredDeadLetter>> ReadDeadLettersAsync(string? reason, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<StoredDeadLetter>>([]);

    public ValueTask<IReadOnlyDictionary<string, long>> CountDeadLettersAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyDictionary<string, long>>(new Dictionary<string, long>(StringComparer.Ordinal));

    public ValueTask<long> CountEventsAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Interlocked.Read(ref _events));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
