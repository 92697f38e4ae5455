using Microsoft.Data.Sqlite;
using Movc.Database;
using Movc.Domain.Events;
using Movc.Domain.Queries;

namespace Movc.TwinState.Store.Sqlite;

/// <summary>
/// The embedded event store: one file in write-ahead-log mode with synchronous=FULL, so that what was acknowledged survives
/// a crash of the process and of the machine. One writing thread, readers beside it.
/// </summary>
public sealed class SqliteEventStore : IEventStore
{
    private readonly SqliteConnection _writeConnection;
    private readonly SqliteQueries _queries;
    private readonly SqliteGroupWriter _writer;

    private SqliteEventStore(SqliteConnection writeConnection, SqliteConnection readConnection)
    {
        _writeConnection = writeConnection;
        _queries = new SqliteQueries(readConnection);
        _writer = new SqliteGroupWriter(writeConnection);
    }

    /// <summary>Always null: what fails on a local file is not tried again.</summary>
    public Trouble? Trouble => null;

    /// <summary>Opens the file, creating it and its tables when it is not there.</summary>
    /// <exception cref="StoreException">The file cannot be opened, is not ours, or has a newer schema.</exception>
    public static SqliteEventStore Open(string path)
    {
        SqliteConnection? write = null;
        try
        {
            write = SqliteConnections.ConnectAsItIs(path);
            long version = SqliteConnections.Scalar(write, "PRAGMA user_version");
            if (version == 0)
            {
                if (SqliteConnections.Scalar(write, "SELECT count(*) FROM sqlite_master") > 0) throw new StoreException($"{path}: not a store of Movc; choose another --data directory");
                using SqliteTransaction transaction = write.BeginTransaction();
                SqliteConnections.Execute(write, SqliteSchema.Create);
                SqliteConnections.Execute(write, $"PRAGMA user_version = {SqliteSchema.Version}");
                transaction.Commit();
            }
            else if (version == 2)
            {
                using SqliteTransaction transaction = write.BeginTransaction();
                SqliteConnections.Execute(write, SqliteSchema.Upgrade2);
                SqliteConnections.Execute(write, $"PRAGMA user_version = {SqliteSchema.Version}");
                transaction.Commit();
            }
            else if (version != SqliteSchema.Version)
            {
                throw new StoreException($"{path}: schema {version}, this program knows {SqliteSchema.Version}; use the program that wrote it, or --fresh");
            }
            SqliteConnections.Tune(write);
            return new SqliteEventStore(write, SqliteConnections.Connect(path));
        }
        catch (SqliteException e)
        {
            write?.Dispose();
            throw new StoreException($"{path}: cannot be opened as a store ({e.Message}); choose another --data directory or --fresh", e);
        }
        catch
        {
            write?.Dispose();
            throw;
        }
    }

    /// <summary>Opens an existing file to read it, also while another process writes to it.</summary>
    /// <exception cref="StoreException">There is none, or it is not of this version.</exception>
    public static IEventReader OpenForReading(string path)
    {
        if (!File.Exists(path)) throw new StoreException($"{path}: there is no store; give the --data directory of a run");
        try
        {
            SqliteConnection connection = SqliteConnections.ConnectAsItIs(path);
            long version = SqliteConnections.Scalar(connection, "PRAGMA user_version");
            if (version == SqliteSchema.Version) return new SqliteQueries(connection);
            connection.Dispose();
            throw new StoreException($"{path}: schema {version}, this program reads {SqliteSchema.Version}; run the city on it once, which brings it up to date");
        }
        catch (SqliteException e)
        {
            throw new StoreException($"{path}: cannot be read as a store ({e.Message})", e);
        }
    }

    public async ValueTask<ShardHead> OpenShardAsync(int shard, CancellationToken cancellationToken)
    {
        // The writer's number comes back from the statement that took it: read apart, two openers could both see the later one.
        (long Epoch, long Sequence, long Events, long Setpoints) head = await _writer.SubmitAsync(
            _ =>
            {
                using SqliteCommand command = _writeConnection.CreateCommand();
                command.CommandText = """
                    INSERT INTO shards VALUES ($shard, 1, 0, 0, 0)
                    ON CONFLICT (shard) DO UPDATE SET writer_epoch = writer_epoch + 1
                    RETURNING writer_epoch, journal_sequence, events_offset, setpoints_offset
                    """;
                command.Parameters.AddWithValue("$shard", shard);
                using SqliteDataReader row = command.ExecuteReader();
                row.Read();
                return (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
            },
            cancellationToken);
        return new ShardHead(shard, head.Epoch, head.Sequence, head.Events, head.Setpoints, _queries.ReadSources(shard), _queries.ReadWaiting(shard));
    }

    public Task SaveSnapshotAsync(StoredSnapshot snapshot, long writerEpoch, CancellationToken cancellationToken) => _writer.SubmitAsync(
        _ =>
        {
            using SqliteCommand command = _writeConnection.CreateCommand();
            command.CommandText = "INSERT OR REPLACE INTO snapshots SELECT $id, $format, $state FROM shards WHERE shard = $shard AND writer_epoch = $epoch";
            foreach ((string name, object value) in new (string, object)[] { ("$id", SqliteSchema.Key(snapshot.Shard, snapshot.JournalSequence)), ("$format", snapshot.Format), ("$state", snapshot.State), ("$shard", snapshot.Shard), ("$epoch", writerEpoch) })
                command.Parameters.AddWithValue(name, value);
            return command.ExecuteNonQuery() == 1 ? true : throw new StoreFencedException($"shard {snapshot.Shard} has another writer now (this was writer {writerEpoch}); its snapshot is not kept");
        },
        cancellationToken);

    public Task AppendAsync(ShardAppend append, CancellationToken cancellationToken) =>
        _writer.SubmitAsync(
            appender =>
            {
                appender.Append(append);
                return true;
            },
            cancellationToken);

    public Task PutAsideAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) =>
        _writer.SubmitAsync(
            appender =>
            {
                appender.PutAside(letters);
                return true;
            },
            cancellationToken);

    public ValueTask ReadJournalAsync(int shard, JournalRange range, IJournalVisitor visitor, CancellationToken cancellationToken) => _queries.ReadJournalAsync(shard, range, visitor, cancellationToken);

    public ValueTask<IReadOnlyList<ShardPosition>> ReadPositionsAsync(CancellationToken cancellationToken) => _queries.ReadPositionsAsync(cancellationToken);

    public ValueTask<long> FindAsync(int shard, long atMs, CancellationToken cancellationToken) => _queries.FindAsync(shard, atMs, cancellationToken);

    public ValueTask<IReadOnlyList<(long JournalSequence, long AtMs)>> ReadIntervalsAsync(int shard, CancellationToken cancellationToken) => _queries.ReadIntervalsAsync(shard, cancellationToken);

    public ValueTask<IReadOnlyList<SourceState>> ReadSourcesAsync(int shard, CancellationToken cancellationToken) => _queries.ReadSourcesAsync(shard, cancellationToken);

    public ValueTask<(long FirstMs, long LastMs)?> ReadSpanAsync(int shard, CancellationToken cancellationToken) => _queries.ReadSpanAsync(shard, cancellationToken);

    public ValueTask<StoredSnapshot?> ReadSnapshotAsync(int shard, long atMost, CancellationToken cancellationToken) => _queries.ReadSnapshotAsync(shard, atMost, cancellationToken);

    public bool HasEventId(int shard, int source, string id) => _queries.HasEventId(shard, source, id);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadVehicleAsync(int shard, long newestSequence, int limit, CancellationToken cancellationToken) => _queries.ReadVehicleAsync(shard, newestSequence, limit, cancellationToken);

    public ValueTask<IReadOnlyList<StoredDeadLetter>> ReadDeadLettersAsync(string? reason, int limit, CancellationToken cancellationToken) => _queries.ReadDeadLettersAsync(reason, limit, cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, long>> CountDeadLettersAsync(CancellationToken cancellationToken) => _queries.CountDeadLettersAsync(cancellationToken);

    public ValueTask<long> CountEventsAsync(CancellationToken cancellationToken) => _queries.CountEventsAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _queries.DisposeAsync();
        _writeConnection.Dispose();
    }
}
