using Microsoft.Data.Sqlite;
using Movc.Domain.Events;

namespace Movc.TwinState.Store.Sqlite;

/// <summary>Everything that is read from a store's file, over one connection that callers take turns on; a journal over one of its own.</summary>
internal sealed class SqliteQueries(SqliteConnection connection) : IEventReader
{
    private readonly Lock _lock = new();

    /// <summary>State of a shard's sources, by their number.</summary>
    public List<SourceState> ReadSources(int shard)
    {
        lock (_lock)
        {
            var sources = new List<SourceState>();
            using (SqliteCommand command = Command("SELECT source, uri, window, reached_ms, next_sequence FROM sources WHERE shard = $shard ORDER BY source", ("$shard", shard)))
            using (SqliteDataReader reader = command.ExecuteReader())
            {
                while (reader.Read())
                    sources.Add(new SourceState(reader.GetInt32(0), reader.GetString(1), (byte[])reader[2], reader.GetInt64(3), reader.GetInt64(4)));
            }
            return sources;
        }
    }

    /// <summary>Events of a shard that wait, oldest first. Call under no lock.</summary>
    public List<WaitingEvent> ReadWaiting(int shard)
    {
        var waiting = new List<WaitingEvent>();
        using SqliteCommand command = Command(
            """
            SELECT w.source, s.uri, w.reference, w.vehicle, w.type, w.quality, w.occurred_ms, w.recorded_ms, w.source_sequence, w.payload
            FROM waiting w JOIN sources s USING (shard, source) WHERE w.shard = $shard ORDER BY w.rowid
            """,
            ("$shard", shard));
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            waiting.Add(new WaitingEvent(
                reader.GetInt32(0), reader.GetString(1), reader.GetString(2), (byte[])reader[3], (EventSchema)reader.GetByte(4), (Quality)reader.GetByte(5),
                reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8), (byte[])reader[9]));
        }
        return waiting;
    }

    public ValueTask ReadJournalAsync(int shard, JournalRange range, IJournalVisitor visitor, CancellationToken cancellationToken)
    {
        // A connection of its own: sixteen shards fold side by side.
        using SqliteConnection own = SqliteConnections.Connect(connection.DataSource);
        SqliteJournalReader.Read(own, shard, range, visitor, cancellationToken);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ShardPosition>> ReadPositionsAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            using SqliteCommand command = Command("SELECT shard, writer_epoch, journal_sequence FROM shards ORDER BY shard");
            using SqliteDataReader reader = command.ExecuteReader();
            var positions = new List<ShardPosition>();
            while (reader.Read()) positions.Add(new ShardPosition(reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2)));
            return ValueTask.FromResult<IReadOnlyList<ShardPosition>>(positions);
        }
    }

    public ValueTask<long> FindAsync(int shard, long atMs, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // Intervals come in order, so the first that is later is the last row's place to look for: a shard has a thousand a week.
            using SqliteCommand command = Command(
                """
                SELECT coalesce((SELECT CASE at_ms WHEN $at THEN id ELSE id - 1 END FROM setpoints WHERE id > $first AND id < $next AND at_ms >= $at ORDER BY id LIMIT 1),
                                (SELECT $first + journal_sequence FROM shards WHERE shard = $shard), $first) - $first
                """,
                ("$first", SqliteSchema.Key(shard, 0)), ("$next", SqliteSchema.Key(shard + 1, 0)), ("$at", atMs), ("$shard", shard));
            return ValueTask.FromResult((long)command.ExecuteScalar()!);
        }
    }

    public ValueTask<IReadOnlyList<(long JournalSequence, long AtMs)>> ReadIntervalsAsync(int shard, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            using SqliteCommand command = Command(
                "SELECT id - $first, at_ms FROM setpoints WHERE id > $first AND id < $next ORDER BY id", ("$first", SqliteSchema.Key(shard, 0)), ("$next", SqliteSchema.Key(shard + 1, 0)));
            using SqliteDataReader reader = command.ExecuteReader();
            var intervals = new List<(long, long)>();
            while (reader.Read()) intervals.Add((reader.GetInt64(0), reader.GetInt64(1)));
            return ValueTask.FromResult<IReadOnlyList<(long, long)>>(intervals);
        }
    }

    public ValueTask<IReadOnlyList<SourceState>> ReadSourcesAsync(int shard, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<SourceState>>(ReadSources(shard));

    public ValueTask<(long FirstMs, long LastMs)?> ReadSpanAsync(int shard, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            using SqliteCommand command = Command(
                "SELECT min(at_ms), max(at_ms) FROM setpoints WHERE id > $first AND id < $next", ("$first", SqliteSchema.Key(shard, 0)), ("$next", SqliteSchema.Key(shard + 1, 0)));
            using SqliteDataReader reader = command.ExecuteReader();
            reader.Read();
            return ValueTask.FromResult<(long, long)?>(reader.IsDBNull(0) ? null : (reader.GetInt64(0), reader.GetInt64(1)));
        }
    }

    public ValueTask<StoredSnapshot?> ReadSnapshotAsync(int shard, long atMost, CancellationToken cancellationToken)
    {
        const long Mask = (1L << SqliteSchema.SequenceBits) - 1;
        lock (_lock)
        {
            using SqliteCommand command = Command(
                "SELECT id, format, state FROM snapshots WHERE id >= $first AND id <= $last ORDER BY id DESC LIMIT 1",
                ("$first", SqliteSchema.Key(shard, 0)), ("$last", SqliteSchema.Key(shard, Math.Min(atMost, Mask))));
            using SqliteDataReader reader = command.ExecuteReader();
            return ValueTask.FromResult(reader.Read() ? new StoredSnapshot(shard, reader.GetInt64(0) & Mask, reader.GetInt32(1), (byte[])reader[2]) : null);
        }
    }

    public bool HasEventId(int shard, int source, string id)
    {
        lock (_lock)
        {
            using SqliteCommand command = Command(
                "SELECT EXISTS (SELECT 1 FROM event_ids WHERE shard = $shard AND source = $source AND id = $id)",
                ("$shard", shard), ("$source", source), ("$id", id));
            return (long)command.ExecuteScalar()! != 0;
        }
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadVehicleAsync(int shard, long newestSequence, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
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
                    reader.GetInt64(0) & ((1L << SqliteSchema.SequenceBits) - 1), (int)(reader.GetInt64(1) & uint.MaxValue), reader.GetInt32(2), (EventSchema)reader.GetByte(3),
                    (Quality)reader.GetByte(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetInt32(7), reader.GetInt64(8), reader.GetInt64(9));
                events.Add(new StoredEvent(row, reader.GetString(11), (byte[])reader[10]));
            }
            return ValueTask.FromResult<IReadOnlyList<StoredEvent>>(events);
        }
    }

    public ValueTask<IReadOnlyList<StoredDeadLetter>> ReadDeadLettersAsync(string? reason, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
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
        lock (_lock)
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
        lock (_lock) return ValueTask.FromResult(SqliteConnections.Scalar(connection, "SELECT count(*) FROM events"));
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock) connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
