using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Movc.Database;

/// <summary>A migrated PostgreSQL database with its pool of connections: what the stores of events and plans stand on.</summary>
[DebuggerDisplay("{Server}")]
public sealed class PostgresDatabase : IAsyncDisposable
{
    /// <summary>Name of every session of this program.</summary>
    public const string ApplicationName = "movc";

    private PostgresDatabase(NpgsqlDataSource source, string server, TimeProvider clock)
    {
        Source = source;
        Server = server;
        Access = new PostgresAccess(source, server, clock);
    }

    public NpgsqlDataSource Source { get; }

    /// <summary>Host, port and database, for messages.</summary>
    public string Server { get; }

    public PostgresAccess Access { get; }

    /// <summary>Opens a migrated database.</summary>
    /// <param name="connectionString">Npgsql's form, as <c>Host=localhost;Database=movc;Username=movc;Password=…</c>.</param>
    /// <param name="clock">Waits between two tries.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">Cannot be reached, wrong credentials, not migrated or newer, or fsync is off.</exception>
    public static async Task<PostgresDatabase> OpenAsync(string connectionString, TimeProvider clock, CancellationToken cancellationToken)
    {
        string server = ServerOf(connectionString);
        NpgsqlDataSource source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = ApplicationName,
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
            return new PostgresDatabase(source, server, clock);
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
    /// <param name="ground">What the city's journal stands on; replaces what is there.</param>
    /// <param name="fresh">Deletes what is there first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the database is of.</returns>
    public Task<string> AgreeAsync(string identity, string ground, bool fresh, CancellationToken cancellationToken) => Access.AskAsync(
        async connection =>
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (fresh)
            {
                await using var clear = new NpgsqlCommand("TRUNCATE movc.city, movc.shards, movc.vehicles, movc.sources, movc.events, movc.event_ids, movc.setpoints, movc.dead_letters, movc.plans, movc.realized, movc.foreseen, movc.snapshots, movc.waiting RESTART IDENTITY", connection);
                await clear.ExecuteNonQueryAsync(cancellationToken);
            }
            await using (var take = new NpgsqlCommand("INSERT INTO movc.city (identity) VALUES ($1) ON CONFLICT DO NOTHING", connection) { Parameters = { new() { Value = identity } } })
                await take.ExecuteNonQueryAsync(cancellationToken);
            await using var read = new NpgsqlCommand("SELECT identity FROM movc.city", connection);
            string stored = (string)(await read.ExecuteScalarAsync(cancellationToken))!;
            await using (var keep = new NpgsqlCommand("UPDATE movc.city SET ground = $1 WHERE identity = $2", connection) { Parameters = { new() { Value = ground }, new() { Value = identity } } })
                await keep.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return stored;
        },
        cancellationToken);

    /// <summary>What the database is of and what its journal stands on; null before a city ran on it.</summary>
    public Task<(string Identity, string? Ground)?> CityAsync(CancellationToken cancellationToken) => Access.AskAsync<(string, string?)?>(
        async connection =>
        {
            await using var command = new NpgsqlCommand("SELECT identity, ground FROM movc.city", connection);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken)) return null;
            return (reader.GetString(0), await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetString(1));
        },
        cancellationToken);

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
