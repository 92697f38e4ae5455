using System.Globalization;
using System.Reflection;
using Npgsql;

namespace Movc.Database;

/// <summary>The numbered scripts of the schema <c>movc</c>, and which of them a database has.</summary>
public static class PostgresMigrations
{
    private const string Folder = "Movc.Database.Scripts.";

    // Any number that nobody else locks on: "movc" in ASCII.
    private const long LockKey = 0x6d6f7663;

    /// <summary>Scripts in their order; the name of the n-th begins with n.</summary>
    public static IReadOnlyList<(int Version, string Name)> Scripts { get; } =
    [
        .. typeof(PostgresMigrations).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
            .Select(n => n[Folder.Length..^".sql".Length])
            .Order(StringComparer.Ordinal)
            .Select(n => (int.Parse(n.AsSpan(0, 4), CultureInfo.InvariantCulture), n)),
    ];

    /// <summary>Version that this program knows.</summary>
    public static int Known => Scripts[^1].Version;

    /// <summary>Applies what is missing, each script in a transaction of its own; two that migrate at once wait for each other.</summary>
    /// <param name="connectionString">Npgsql's form.</param>
    /// <param name="cancellationToken">Gives up; a script under way is rolled back.</param>
    /// <param name="onApply">Told each script's name before it is applied: one may take minutes.</param>
    /// <returns>Names of the scripts applied now.</returns>
    /// <exception cref="StoreException">The database has a newer schema, cannot be reached, or refuses a script.</exception>
    public static async Task<IReadOnlyList<string>> MigrateAsync(string connectionString, CancellationToken cancellationToken, Action<string>? onApply = null)
    {
        string server = PostgresDatabase.ServerOf(connectionString);
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellationToken);
            await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})", cancellationToken);
            await ExecuteAsync(
                connection,
                "CREATE SCHEMA IF NOT EXISTS movc; CREATE TABLE IF NOT EXISTS movc.schema_versions (version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())",
                cancellationToken);
            int has = await VersionAsync(connection, server, cancellationToken);
            var applied = new List<string>();
            foreach ((int version, string name) in Scripts.Where(s => s.Version > has))
            {
                onApply?.Invoke(name);
                await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
                await ExecuteAsync(connection, TextOf(name), cancellationToken);
                await using (var note = new NpgsqlCommand("INSERT INTO movc.schema_versions (version, name) VALUES ($1, $2)", connection) { Parameters = { new() { Value = version }, new() { Value = name } } })
                    await note.ExecuteNonQueryAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                applied.Add(name);
            }
            // The lock goes with the connection, which may return to a pool.
            await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({LockKey})", cancellationToken);
            return applied;
        }
        catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException)
        {
            throw new StoreException(PostgresErrors.Explain(server, e), e);
        }
    }

    /// <summary>Refuses a database whose schema is not the one that this program knows.</summary>
    /// <exception cref="StoreException">Not migrated, older, or newer.</exception>
    internal static async Task CheckAsync(NpgsqlConnection connection, string server, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("SELECT to_regclass('movc.schema_versions') IS NOT NULL", connection);
        bool isThere = (bool)(await exists.ExecuteScalarAsync(cancellationToken))!;
        int has = isThere ? await VersionAsync(connection, server, cancellationToken) : 0;
        if (has < Known) throw new StoreException(string.Create(CultureInfo.InvariantCulture, $"{server}: schema {has}, this program needs {Known}; run movc migrate --postgres … first"));
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, string server, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM movc.schema_versions", connection);
        int version = (int)(await command.ExecuteScalarAsync(cancellationToken))!;
        if (version > Known)
            throw new StoreException(string.Create(CultureInfo.InvariantCulture, $"{server}: schema {version} is newer than this program, which knows {Known}; use the program that made it"));
        return version;
    }

    /// <summary>A script's SQL.</summary>
    internal static string TextOf(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + name + ".sql")!);
        return reader.ReadToEnd();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        // A script may rewrite every event, or wait for another that does.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
