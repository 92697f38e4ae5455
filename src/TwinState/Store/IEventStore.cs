using Movc.Database;
using Movc.Domain.Events;
using Movc.Domain.Queries;

namespace Movc.TwinState.Store;

/// <summary>
/// The event store: an append-only journal a shard, written by one writer in transactions that carry source offsets and
/// dedupe state with the events. Adapters: SQLite (Store/Sqlite), PostgreSQL (Store/Postgres).
/// </summary>
public interface IEventStore : IEventReader
{
    /// <summary>What keeps the store from writing now while it tries again; null = nothing.</summary>
    Trouble? Trouble { get; }

    /// <summary>Takes a shard over as its only writer; the writer before is fenced from here on.</summary>
    ValueTask<ShardHead> OpenShardAsync(int shard, CancellationToken cancellationToken);

    /// <summary>Keeps a shard's state beside its journal; the same place again replaces it. Completes when it is durable.</summary>
    /// <param name="snapshot">Of a place that the journal has reached.</param>
    /// <param name="writerEpoch">Number of the shard's writer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreFencedException">Another writer has the shard.</exception>
    Task SaveSnapshotAsync(StoredSnapshot snapshot, long writerEpoch, CancellationToken cancellationToken);

    /// <summary>Writes one transaction; completes when it is durable.</summary>
    /// <exception cref="StoreFencedException">Another writer has the shard.</exception>
    /// <exception cref="StoreException">Disk full, file damaged and the like; nothing was written.</exception>
    Task AppendAsync(ShardAppend append, CancellationToken cancellationToken);

    /// <summary>Writes dead letters that belong to no shard; one that is there already (source and reference) is passed over.</summary>
    Task PutAsideAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken);

    /// <summary>True when the shard's store holds the id of an event whose source gives no sequence.</summary>
    bool HasEventId(int shard, int source, string id);
}
