using System.Text;
using Movc.Database;
using Movc.Domain.Events;
using Movc.Domain.Queries;
using Npgsql;

namespace Movc.TwinState.Store.Postgres;

/// <summary>
/// The event store on PostgreSQL: lean tables (docs/operations/postgres.md), what the shards have ready in one transaction with
/// their offsets and dedupe state, each fenced by the shard's writer number and journal sequence.
/// Durable by synchronous_commit; a server with fsync off is refused.
/// </summary>
public sealed class PostgresEventStore : IEventStore
{
    private readonly PostgresDatabase _database;
    private readonly NpgsqlDataSource _source;
    private readonly string _server;
    private readonly PostgresAccess _access;
    private readonly PostgresGroupWriter _writer;
    private readonly PostgresTakeover _takeover;

    /// <param name="database">Opened; disposed with the store.</param>
    public PostgresEventStore(PostgresDatabase database)
    {
        _database = database;
        _source = database.Source;
        _server = database.Server;
        _access = database.Access;
        _writer = new PostgresGroupWriter(database.Access);
        _takeover = new PostgresTakeover(database.Source);
    }

    /// <inheritdoc/>
    public Trouble? Trouble => _access.Trouble;

    /// <summary>Opens a migrated database and the store on it.</summary>
    /// <inheritdoc cref="PostgresDatabase.OpenAsync"/>
    public static async Task<PostgresEventStore> OpenAsync(string connectionString, TimeProvider clock, CancellationToken cancellationToken) =>
        new(await PostgresDatabase.OpenAsync(connectionString, clock, cancellationToken));

    public ValueTask<ShardHead> OpenShardAsync(int shard, CancellationToken cancellationToken) => new(_access.ReachAsync(
        async connection =>
        {
            long epoch, sequence, events, setpoints;
            await using (var take = new NpgsqlCommand(
                """
                INSERT INTO movc.shards VALUES ($1, 1, 0, 0, 0)
                ON CONFLICT (shard) DO UPDATE SET writer_epoch = shards.writer_epoch + 1
                RETURNING writer_epoch, journal_sequence, events_offset, setpoints_offset
                """,
                connection) { Parameters = { new() { Value = shard } } })
            await using (NpgsqlDataReader row = await _takeover.ExecuteAsync(take, cancellationToken))
            {
                await row.ReadAsync(cancellationToken);
                (epoch, sequence, events, setpoints) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
            }
            return new ShardHead(shard, epoch, sequence, events, setpoints, await ReadSourcesAsync(connection, shard, cancellationToken), await ReadWaitingAsync(connection, shard, cancellationToken));
        },
        cancellationToken));

    public async ValueTask ReadJournalAsync(int shard, JournalRange range, IJournalVisitor visitor, CancellationToken cancellationToken)
    {
        try
        {
            await PostgresJournalReader.ReadAsync(_source, shard, range, visitor, cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException)
        {
            // A visitor that has begun cannot begin again.
            throw new StoreException(PostgresErrors.Explain(_server, e), e);
        }
    }

    public ValueTask<IReadOnlyList<ShardPosition>> ReadPositionsAsync(CancellationToken cancellationToken) => new(_access.AskAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand("SELECT shard, writer_epoch, journal_sequence FROM movc.shards ORDER BY shard", connection);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            var positions = new List<ShardPosition>();
            while (await reader.ReadAsync(cancellationToken)) positions.Add(new ShardPosition(reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2)));
            return (IReadOnlyList<ShardPosition>)positions;
        },
        cancellationToken));

    public ValueTask<long> FindAsync(int shard, long atMs, CancellationToken cancellationToken) => new(_access.AskAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand(
                """
                SELECT coalesce((SELECT CASE at_ms WHEN $2 THEN journal_sequence ELSE journal_sequence - 1 END FROM movc.setpoints WHERE shard = $1 AND at_ms >= $2 ORDER BY journal_sequence LIMIT 1),
                                (SELECT journal_sequence FROM movc.shards WHERE shard = $1), 0)
                """,
                connection) { Parameters = { new() { Value = shard }, new() { Value = atMs } } };
            return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        },
        cancellationToken));

    public ValueTask<IReadOnlyList<(long JournalSequence, long AtMs)>> ReadIntervalsAsync(int shard, CancellationToken cancellationToken) => new(_access.AskAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand("SELECT journal_sequence, at_ms FROM movc.setpoints WHERE shard = $1 ORDER BY journal_sequence", connection) { Parameters = { new() { Value = shard } } };
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            var intervals = new List<(long, long)>();
            while (await reader.ReadAsync(cancellationToken)) intervals.Add((reader.GetInt64(0), reader.GetInt64(1)));
            return (IReadOnlyList<(long, long)>)intervals;
        },
        cancellationToken));

    public ValueTask<IReadOnlyList<SourceState>> ReadSourcesAsync(int shard, CancellationToken cancellationToken) =>
        new(_access.AskAsync<IReadOnlyList<SourceState>>(async connection => await ReadSourcesAsync(connection, shard, cancellationToken), cancellationToken));

    public ValueTask<(long FirstMs, long LastMs)?> ReadSpanAsync(int shard, CancellationToken cancellationToken) => new(_access.AskAsync<(long, long)?>(
        async connection =>
        {
            await using var command = new NpgsqlCommand("SELECT min(at_ms), max(at_ms) FROM movc.setpoints WHERE shard = $1", connection) { Parameters = { new() { Value = shard } } };
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return await reader.IsDBNullAsync(0, cancellationToken) ? null : (reader.GetInt64(0), reader.GetInt64(1));
        },
        cancellationToken));

    public Task SaveSnapshotAsync(StoredSnapshot snapshot, long writerEpoch, CancellationToken cancellationToken) => _access.ReachAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand(
                """
                INSERT INTO movc.snapshots SELECT shard, $2, $3, $4 FROM movc.shards WHERE shard = $1 AND writer_epoch = $5
                ON CONFLICT (shard, journal_sequence) DO UPDATE SET format = excluded.format, state = excluded.state
                """,
                connection)
            {
                Parameters = { new() { Value = snapshot.Shard }, new() { Value = snapshot.JournalSequence }, new() { Value = snapshot.Format }, new() { Value = snapshot.State }, new() { Value = writerEpoch } },
            };
            return await command.ExecuteNonQueryAsync(cancellationToken) == 1
                ? true
                : throw new StoreFencedException($"shard {snapshot.Shard} has another writer now (this was writer {writerEpoch}); its snapshot is not kept");
        },
        cancellationToken);

    public ValueTask<StoredSnapshot?> ReadSnapshotAsync(int shard, long atMost, CancellationToken cancellationToken) => new(_access.AskAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand(
                "SELECT journal_sequence, format, state FROM movc.snapshots WHERE shard = $1 AND journal_sequence <= $2 ORDER BY journal_sequence DESC LIMIT 1",
                connection) { Parameters = { new() { Value = shard }, new() { Value = atMost } } };
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) ? new StoredSnapshot(shard, reader.GetInt64(0), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2)) : null;
        },
        cancellationToken));

    public Task AppendAsync(ShardAppend append, CancellationToken cancellationToken) => _writer.AppendAsync(append, cancellationToken);

    public Task PutAsideAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) => _access.ReachAsync(
        async connection =>
        {
            await PostgresAppender.PutAsideAsync(connection, letters, cancellationToken);
            return true;
        },
        cancellationToken);

    public bool HasEventId(int shard, int source, string id)
    {
        try
        {
            using NpgsqlConnection connection = _source.OpenConnection();
            using var command = new NpgsqlCommand("SELECT EXISTS (SELECT 1 FROM movc.event_ids WHERE shard = $1 AND source = $2 AND id = $3)", connection)
            {
                Parameters = { new() { Value = shard }, new() { Value = source }, new() { Value = Encoding.UTF8.GetBytes(id) } },
            };
            return (bool)command.ExecuteScalar()!;
        }
        catch (Exception e) when (e is NpgsqlException)
        {
            throw new StoreException(PostgresErrors.Explain(_server, e), e);
        }
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadVehicleAsync(int shard, long newestSequence, int limit, CancellationToken cancellationToken) => new(_access.AskAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand(
                """
                WITH RECURSIVE history AS (
                    SELECT e.*, 1 AS place FROM movc.events e WHERE e.shard = $1 AND e.journal_sequence = $2
                    UNION ALL
                    SELECT e.*, h.place + 1 FROM history h JOIN movc.events e ON e.shard = $1 AND e.journal_sequence = h.previous_sequence WHERE h.place < $3)
                SELECT h.journal_sequence, h.vehicle, h.version, h.type, h.quality, h.occurred_at, h.recorded_at, h.source, h.source_sequence, h.previous_sequence, h.payload, s.uri
                FROM history h JOIN movc.sources s ON s.shard = $1 AND s.source = h.source ORDER BY h.place
                """,
                connection) { Parameters = { new() { Value = shard }, new() { Value = newestSequence }, new() { Value = limit } } };
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            var events = new List<StoredEvent>();
            while (await reader.ReadAsync(cancellationToken))
            {
                var row = new EventRow(
                    reader.GetInt64(0), reader.GetInt32(1), reader.GetInt32(2), (EventSchema)reader.GetInt16(3), (Quality)reader.GetInt16(4),
                    PostgresJournalReader.Ms(reader.GetDateTime(5)), PostgresJournalReader.Ms(reader.GetDateTime(6)), reader.GetInt32(7), reader.GetInt64(8), reader.GetInt64(9));
                events.Add(new StoredEvent(row, Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(11)), reader.GetFieldValue<byte[]>(10)));
            }
            return (IReadOnlyList<StoredEvent>)events;
        },
        cancellationToken));

    public ValueTask<IReadOnlyList<StoredDeadLetter>> ReadDeadLettersAsync(string? reason, int limit, CancellationToken cancellationToken) => new(_access.AskAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand(
                """
                SELECT id, recorded_ms, reason, detail, source, reference, vehicle, payload FROM movc.dead_letters
                WHERE $1::text IS NULL OR reason = $1 ORDER BY id DESC LIMIT $2
                """,
                connection) { Parameters = { new() { Value = (object?)reason ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text }, new() { Value = limit } } };
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            var letters = new List<StoredDeadLetter>();
            while (await reader.ReadAsync(cancellationToken))
            {
                letters.Add(new StoredDeadLetter(
                    reader.GetInt64(0),
                    new DeadLetter(
                        reader.GetInt64(1), DeadLetterReasonNames.Parse(reader.GetString(2)), reader.GetString(3), reader.GetString(4), reader.GetString(5),
                        await reader.IsDBNullAsync(6, cancellationToken) ? null : reader.GetString(6), reader.GetFieldValue<byte[]>(7)),
                    reader.GetString(2)));
            }
            return (IReadOnlyList<StoredDeadLetter>)letters;
        },
        cancellationToken));

    public ValueTask<IReadOnlyDictionary<string, long>> CountDeadLettersAsync(CancellationToken cancellationToken) => new(_access.AskAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand("SELECT reason, count(*) FROM movc.dead_letters GROUP BY reason", connection);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
            while (await reader.ReadAsync(cancellationToken)) counts.Add(reader.GetString(0), reader.GetInt64(1));
            return (IReadOnlyDictionary<string, long>)counts;
        },
        cancellationToken));

    public ValueTask<long> CountEventsAsync(CancellationToken cancellationToken) => new(_access.AskAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand("SELECT count(*) FROM movc.events", connection);
            return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        },
        cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task<List<SourceState>> ReadSourcesAsync(NpgsqlConnection connection, int shard, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT source, uri, seen, reached_ms, next_sequence FROM movc.sources WHERE shard = $1 ORDER BY source", connection) { Parameters = { new() { Value = shard } } };
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        var sources = new List<SourceState>();
        while (await reader.ReadAsync(cancellationToken))
            sources.Add(new SourceState(reader.GetInt32(0), Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(1)), reader.GetFieldValue<byte[]>(2), reader.GetInt64(3), reader.GetInt64(4)));
        return sources;
    }

    private static async Task<List<WaitingEvent>> ReadWaitingAsync(NpgsqlConnection connection, int shard, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT w.source, s.uri, w.reference, w.vehicle, w.type, w.quality, w.occurred_ms, w.recorded_ms, w.source_sequence, w.payload
            FROM movc.waiting w JOIN movc.sources s USING (shard, source) WHERE w.shard = $1 ORDER BY w.number
            """,
            connection) { Parameters = { new() { Value = shard } } };
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        var waiting = new List<WaitingEvent>();
        while (await reader.ReadAsync(cancellationToken))
        {
            waiting.Add(new WaitingEvent(
                reader.GetInt32(0), Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(1)), Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(2)), reader.GetFieldValue<byte[]>(3),
                (EventSchema)reader.GetInt16(4), (Quality)reader.GetInt16(5), reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8), reader.GetFieldValue<byte[]>(9)));
        }
        return waiting;
    }
}
