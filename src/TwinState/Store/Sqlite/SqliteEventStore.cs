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
    private readonly SqliteConnection _readConnection;
    private readonly SqliteGroupWriter _writer;
    private readonly Lock _readLock = new();

    private SqliteEventStore(SqliteConnection writeConnection, SqliteConnection readConnection)
    {
        _writeConnection = writeConnection;
        _readConnection = readConnection;
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
            write = ConnectAsItIs(path);
            long version = Scalar(write, "PRAGMA user_version");
            if (version == 0)
            {
                if (Scalar(write, "SELECT count(*) FROM sqlite_master") > 0) throw new StoreException($"{path}: not a store of Movc; choose another --data directory");
                using SqliteTransaction transaction = write.BeginTransaction();
                Execute(write, SqliteSchema.Create);
                Execute(write, $"PRAGMA user_version = {SqliteSchema.Version}");
                transaction.Commit();
            }
            else if (version != SqliteSchema.Version)
            {
                throw new StoreException($"{path}: schema {version}, this program knows {SqliteSchema.Version}; use the program that wrote it, or --fresh");
            }
            Tune(write);
            return new SqliteEventStore(write, Connect(path));
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
        lock (_readLock)
        {
            var sources = new List<SourceState>();
            using (SqliteCommand command = Command("SELECT source, uri, window, reached_ms, next_sequence FROM sources WHERE shard = $shard ORDER BY source", ("$shard", shard)))
            using (SqliteDataReader reader = command.ExecuteReader())
            {
                while (reader.Read())
                    sources.Add(new SourceState(reader.GetInt32(0), reader.GetString(1), (byte[])reader[2], reader.GetInt64(3), reader.GetInt64(4)));
            }
            return new ShardHead(shard, head.Epoch, head.Sequence, head.Events, head.Setpoints, sources);
        }
    }

    public ValueTask ReadJournalAsync(int shard, JournalRange range, IJournalVisitor visitor, CancellationToken cancellationToken)
    {
        // A connection of its own: sixteen shards fold side by side.
        using SqliteConnection connection = Connect(_readConnection.DataSource);
        SqliteJournalReader.Read(connection, shard, range, visitor, cancellationToken);
        return ValueTask.CompletedTask;
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

    public ValueTask<StoredSnapshot?> ReadSnapshotAsync(int shard, long atMost, CancellationToken cancellationToken)
    {
        const long Mask = (1L << SqliteSchema.SequenceBits) - 1;
        lock (_readLock)
        {
            using SqliteCommand command = Command(
                "SELECT id, format, state FROM snapshots WHERE id >= $first AND id <= $last ORDER BY id DESC LIMIT 1",
                ("$first", SqliteSchema.Key(shard, 0)), ("$last", SqliteSchema.Key(shard, Math.Min(atMost, Mask))));
            using SqliteDataReader reader = command.ExecuteReader();
            return ValueTask.FromResult(reader.Read() ? new StoredSnapshot(shard, reader.GetInt64(0) & Mask, reader.GetInt32(1), (byte[])reader[2]) : null);
        }
    }

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

    public bool HasEventId(int shard, int source, string id)
    {
        lock (_readLock)
        {
            using SqliteCommand command = Command(
                "SELECT EXISTS (SELECT 1 FROM event_ids WHERE shard = $shard AND source = $source AND id = $id)",
                ("$shard", shard), ("$source", source), ("$id", id));
            return (long)command.ExecuteScalar()! != 0;
        }
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadVehicleAsync(int shard, long newestSequence, int limit, CancellationToken cancellationToken)
    {
        lock (_readLock)
        {
            using SqliteCommand command = Command(
                """
                WITH RECURSIVE history AS (
                    SELECT * FROM events WHERE id = $newest
                    UNION ALL
                    SELECT e.* FROM history h JOIN events e ON e.id = $first + h.previous WHERE h.previous > 0
                    LIMIT $limit)
                SELECT h.id, h.vehicle, h.version, h.type, h.quality, h.occurred_ms, h.recorded_ms, h.source, h.source_sequence, h.previous, h.payload, s.uri
                FROM history h JOIN sources s ON s.shard = $shard AND s.source = h.source ORDER BY h.version DESC
                """,
                ("$shard", shard), ("$newest", SqliteSchema.Key(shard, newestSequence)), ("$first", SqliteSchema.Key(shard, 0)), ("$limit", limit));
            using SqliteDataReader reader = command.ExecuteReader();
            var events = new List<StoredEvent>();
            while (reader.Read())
            {
                var row = new EventRow(
                    reader.GetInt64(0) & ((1L << SqliteSchema.SequenceBits) - 1), (int)(reader.GetInt64(1) & uint.MaxValue), reader.GetInt32(2), (VehicleEventType)reader.GetByte(3),
                    (Quality)reader.GetByte(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetInt32(7), reader.GetInt64(8), reader.GetInt64(9));
                events.Add(new StoredEvent(row, reader.GetString(11), (byte[])reader[10]));
            }
            return ValueTask.FromResult<IReadOnlyList<StoredEvent>>(events);
        }
    }

    public ValueTask<IReadOnlyList<StoredDeadLetter>> ReadDeadLettersAsync(string? reason, int limit, CancellationToken cancellationToken)
    {
        lock (_readLock)
        {
            using SqliteCommand command = Command(
                """
                SELECT id, recorded_ms, reason, detail, source, reference, vehicle, payload FROM dead_letters
                WHERE $reason IS NULL OR reason = $reason ORDER BY id DESC LIMIT $limit
                """,
                ("$reason", (object?)reason ?? DBNull.Value), ("$limit", limit));
            using SqliteDataReader reader = command.ExecuteReader();
            var letters = new List<StoredDeadLetter>();
            while (reader.Read())
            {
                letters.Add(new StoredDeadLetter(
                    reader.GetInt64(0),
                    new DeadLetter(
                        reader.GetInt64(1), DeadLetterReasonNames.Parse(reader.GetString(2)), reader.GetString(3), reader.GetString(4), reader.GetString(5),
                        reader.IsDBNull(6) ? null : reader.GetString(6), (byte[])reader[7]),
                    reader.GetString(2)));
            }
            return ValueTask.FromResult<IReadOnlyList<StoredDeadLetter>>(letters);
        }
    }

    public ValueTask<IReadOnlyDictionary<string, long>> CountDeadLettersAsync(CancellationToken cancellationToken)
    {
        lock (_readLock)
        {
            using SqliteCommand command = Command("SELECT reason, count(*) FROM dead_letters GROUP BY reason ORDER BY reason");
            using SqliteDataReader reader = command.ExecuteReader();
            var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
            while (reader.Read()) counts.Add(reader.GetString(0), reader.GetInt64(1));
            return ValueTask.FromResult<IReadOnlyDictionary<string, long>>(counts);
        }
    }

    public ValueTask<long> CountEventsAsync(CancellationToken cancellationToken)
    {
        lock (_readLock) return ValueTask.FromResult(Scalar(_readConnection, "SELECT count(*) FROM events"));
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        lock (_readLock) _readConnection.Dispose();
        _writeConnection.Dispose();
    }

    private static SqliteConnection Connect(string path)
    {
        SqliteConnection connection = ConnectAsItIs(path);
        Tune(connection);
        return connection;
    }

    // Write-ahead logging is marked in the file itself: not before it is known to be ours.
    private static SqliteConnection ConnectAsItIs(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }

    private static void Tune(SqliteConnection connection) =>
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 30000; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16384;");

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        SqliteCommand command = _readConnection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
