using System.Globalization;
using System.Text;
using Movc.Domain.Events;
using Movc.Domain.Queries;
using Npgsql;

namespace Movc.TwinState.Store.Postgres;

/// <summary>
/// The event store on PostgreSQL: lean tables (docs/operations/postgres.md), one transaction a shard and batch with its offsets and
/// dedupe state, fenced by the shard's writer number and journal sequence. Shards write side by side on connections of their own.
/// Durable by synchronous_commit; a server with fsync off is refused.
/// </summary>
public sealed class PostgresEventStore : IEventStore
{
    private readonly NpgsqlDataSource _source;
    private readonly string _server;
    private readonly PostgresAccess _access;

    private PostgresEventStore(NpgsqlDataSource source, string server, TimeProvider clock)
    {
        _source = source;
        _server = server;
        _access = new PostgresAccess(source, server, clock);
    }

    /// <inheritdoc/>
    public Trouble? Trouble => _access.Trouble;

    /// <summary>Opens a migrated database.</summary>
    /// <param name="connectionString">Npgsql's form, as <c>Host=localhost;Database=movc;Username=movc;Password=…</c>.</param>
    /// <param name="clock">Waits between two tries.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">Cannot be reached, wrong credentials, not migrated or newer, or fsync is off.</exception>
    public static async Task<PostgresEventStore> OpenAsync(string connectionString, TimeProvider clock, CancellationToken cancellationToken)
    {
        string server = ServerOf(connectionString);
        NpgsqlDataSource source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "movc",
            // Whatever the role's defaults: what was acknowledged must survive the server's crash.
            Options = "-c synchronous_commit=on",
            // Sixteen shards write, fold and are asked at the same time.
            MaxPoolSize = 64,
            // A dozen statements, again and again: the server parses and plans each once a connection.
            MaxAutoPrepare = 40,
            AutoPrepareMinUsages = 2,
            WriteBufferSize = 64 * 1024,
        });
        try
        {
            await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
            await PostgresMigrations.CheckAsync(connection, server, cancellationToken);
            await using var fsync = new NpgsqlCommand("SHOW fsync", connection);
            if ((string)(await fsync.ExecuteScalarAsync(cancellationToken))! is not "on")
                throw new StoreException($"{server}: fsync is off, so what the store acknowledges could be lost; switch it on");
            return new PostgresEventStore(source, server, clock);
        }
        catch (Exception e)
        {
            await source.DisposeAsync();
            if (e is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException) throw new StoreException(PostgresErrors.Explain(server, e), e);
            throw;
        }
    }

    /// <summary>Host, port and database of a connection string, for messages.</summary>
    /// <exception cref="StoreException">It is no connection string.</exception>
    public static string ServerOf(string connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            return string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {builder.Host}:{builder.Port}/{builder.Database ?? builder.Username}");
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new StoreException($"--postgres: not a connection string ({e.Message.ReplaceLineEndings(" ")}); give Host=…;Database=…;Username=…;Password=…", e);
        }
    }

    /// <summary>Whether the database is of what is to run: takes the name if it has none.</summary>
    /// <param name="identity">What stored data are of; must agree word for word.</param>
    /// <param name="fresh">Deletes what is there first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the database is of.</returns>
    public Task<string> AgreeAsync(string identity, bool fresh, CancellationToken cancellationToken) => _access.AskAsync(
        async connection =>
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (fresh)
            {
                await using var clear = new NpgsqlCommand("TRUNCATE movc.city, movc.shards, movc.vehicles, movc.sources, movc.events, movc.event_ids, movc.setpoints, movc.dead_letters RESTART IDENTITY", connection);
                await clear.ExecuteNonQueryAsync(cancellationToken);
            }
            await using (var take = new NpgsqlCommand("INSERT INTO movc.city (identity) VALUES ($1) ON CONFLICT DO NOTHING", connection) { Parameters = { new() { Value = identity } } })
                await take.ExecuteNonQueryAsync(cancellationToken);
            await using var read = new NpgsqlCommand("SELECT identity FROM movc.city", connection);
            string stored = (string)(await read.ExecuteScalarAsync(cancellationToken))!;
            await transaction.CommitAsync(cancellationToken);
            return stored;
        },
        cancellationToken);

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
            await using (NpgsqlDataReader row = await take.ExecuteReaderAsync(cancellationToken))
            {
                await row.ReadAsync(cancellationToken);
                (epoch, sequence, events, setpoints) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
            }
            await using var command = new NpgsqlCommand("SELECT source, uri, seen, reached_ms, next_sequence FROM movc.sources WHERE shard = $1 ORDER BY source", connection) { Parameters = { new() { Value = shard } } };
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            var sources = new List<SourceState>();
            while (await reader.ReadAsync(cancellationToken))
                sources.Add(new SourceState(reader.GetInt32(0), Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(1)), reader.GetFieldValue<byte[]>(2), reader.GetInt64(3), reader.GetInt64(4)));
            return new ShardHead(shard, epoch, sequence, events, setpoints, sources);
        },
        cancellationToken));

    public async ValueTask ReadJournalAsync(int shard, IJournalVisitor visitor, CancellationToken cancellationToken)
    {
        try
        {
            await PostgresJournalReader.ReadAsync(_source, shard, visitor, cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException)
        {
            // A visitor that has begun cannot begin again.
            throw new StoreException(PostgresErrors.Explain(_server, e), e);
        }
    }

    public async Task AppendAsync(ShardAppend append, CancellationToken cancellationToken)
    {
        bool mayBeWritten = false;
        await _access.ReachAsync<bool>(
            async connection =>
            {
                // A connection that broke during a commit leaves open whether it took place; the shard's head tells.
                if (mayBeWritten && await IsWrittenAsync(connection, append, cancellationToken)) return true;
                mayBeWritten = true;
                await PostgresAppender.AppendAsync(connection, append, cancellationToken);
                return true;
            },
            cancellationToken);
    }

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
                    reader.GetInt64(0), reader.GetInt32(1), reader.GetInt32(2), (VehicleEventType)reader.GetInt16(3), (Quality)reader.GetInt16(4),
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

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static async Task<bool> IsWrittenAsync(NpgsqlConnection connection, ShardAppend append, CancellationToken cancellationToken)
    {
        await using var head = new NpgsqlCommand("SELECT writer_epoch = $2 AND journal_sequence = $3 AND events_offset = $4 AND setpoints_offset = $5 FROM movc.shards WHERE shard = $1", connection)
        {
            Parameters = { new() { Value = append.Shard }, new() { Value = append.WriterEpoch }, new() { Value = append.JournalSequence }, new() { Value = append.EventsOffset }, new() { Value = append.SetpointsOffset } },
        };
        return append.JournalSequence > append.ExpectedSequence && await head.ExecuteScalarAsync(cancellationToken) is true;
    }
}
