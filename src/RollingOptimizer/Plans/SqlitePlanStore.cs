using Microsoft.Data.Sqlite;
using Movc.Domain.Queries;

namespace Movc.RollingOptimizer.Plans;

/// <summary>Plans in a SQLite file of their own: a summary that any tool can read, the rest as compressed JSON.</summary>
public sealed class SqlitePlanStore : IPlanStore
{
    private const int Version = 3;

    /// <summary>Knew of a realized interval only the first columns.</summary>
    private const int FirstVersion = 1;
    private readonly SqliteConnection _connection;
    private readonly Lock _lock = new();

    private readonly bool _hasParts;
    private readonly bool _hasBundles;

    /// <param name="connection">Open.</param>
    /// <param name="hasParts">Whether a realized interval has all its columns; false in a file of the first version that is only read.</param>
    /// <param name="hasBundles">Whether it keeps bundles; false in an older file that is only read.</param>
    private SqlitePlanStore(SqliteConnection connection, bool hasParts, bool hasBundles) => (_connection, _hasParts, _hasBundles) = (connection, hasParts, hasBundles);

    /// <summary>Opens the file, creating it when it is not there.</summary>
    /// <exception cref="IOException">Not a plan store, or a newer one.</exception>
    public static SqlitePlanStore Open(string path) => Open(path, toWrite: true);

    /// <summary>Opens a file that is there to read; nothing in it is changed, and a city may be writing to it.</summary>
    /// <exception cref="IOException">Not a plan store, or one that this program does not read.</exception>
    public static SqlitePlanStore OpenForReading(string path) => Open(path, toWrite: false);

    private static SqlitePlanStore Open(string path, bool toWrite)
    {
        SqliteOpenMode mode = toWrite ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite;
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = mode }.ToString());
        try
        {
            connection.Open();
            long version = (long)Scalar(connection, "PRAGMA user_version")!;
            if (version is < 0 or > Version) throw new IOException($"{path}: schema {version}, this program knows {Version}; use the program that wrote it, or --fresh");
            bool isEmpty = (long)Scalar(connection, "SELECT count(*) FROM sqlite_master")! == 0;
            bool isOurs = (long)Scalar(connection, "SELECT count(*) FROM sqlite_master WHERE name IN ('plans', 'realized') AND type = 'table'")! == 2;
            if (version == 0 ? !(isEmpty && toWrite) : !isOurs) throw new IOException($"{path}: not a plan store of Movc; choose another --data directory");
            if (!toWrite) return new SqlitePlanStore(connection, version > FirstVersion, version == Version);
            // Write-ahead logging is marked in the file itself: not before it is known to be ours.
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            Execute(connection, $"""
                BEGIN;
                CREATE TABLE IF NOT EXISTS plans (
                    at_ms        INTEGER PRIMARY KEY,
                    id           TEXT NOT NULL,
                    status       TEXT NOT NULL,
                    objective_kw REAL NOT NULL,
                    bound_kw     REAL NOT NULL,
                    hash         TEXT NOT NULL,
                    document     BLOB NOT NULL    -- StoredPlan, JSON, Brotli
                ) STRICT;
                CREATE TABLE IF NOT EXISTS realized (
                    at_ms          INTEGER PRIMARY KEY,
                    original_kw    REAL NOT NULL,
                    charge_only_kw REAL NOT NULL,
                    after_kw       REAL NOT NULL
                ) STRICT;
                CREATE TABLE IF NOT EXISTS foreseen (
                    at_ms      INTEGER PRIMARY KEY,
                    hour_kw    REAL,
                    day_kw     REAL,
                    planned_kw REAL
                ) STRICT;
                CREATE TABLE IF NOT EXISTS bundles (
                    at_ms INTEGER PRIMARY KEY,
                    id    TEXT NOT NULL UNIQUE,
                    hash  TEXT NOT NULL,
                    bytes BLOB NOT NULL           -- docs/protocol/plan-bundle.md
                ) STRICT;
                {(version > FirstVersion ? string.Empty : string.Concat(RealizedColumns.Parts.Select(name => $"ALTER TABLE realized ADD COLUMN {name} REAL;\n")))}
                PRAGMA user_version = {Version};
                COMMIT;
                """);
            return new SqlitePlanStore(connection, hasParts: true, hasBundles: true);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new IOException($"{path}: cannot be opened as a plan store ({e.Message}); choose another --data directory or --fresh", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public StoredPlan? Latest()
    {
        lock (_lock)
        {
            return Scalar(_connection, "SELECT document FROM plans ORDER BY at_ms DESC LIMIT 1") is byte[] document ? PlanDocument.Unpack(document) : null;
        }
    }

    public IReadOnlyList<PlanBrief> Recent(int count)
    {
        lock (_lock)
        {
            using SqliteCommand command = Command("SELECT at_ms, id, status, objective_kw, bound_kw FROM plans ORDER BY at_ms DESC LIMIT $count", ("$count", count));
            using SqliteDataReader reader = command.ExecuteReader();
            var plans = new List<PlanBrief>();
            while (reader.Read())
            {
                plans.Add(PlanDocument.Brief(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetDouble(3), reader.GetDouble(4)));
            }
            plans.Reverse();
            return plans;
        }
    }

    public IReadOnlyList<(long AtMs, ForeseenSlot Slot)> Foreseen(long fromMs)
    {
        lock (_lock)
        {
            if (!_hasParts) return [];
            using SqliteCommand command = Command($"SELECT at_ms, {string.Join(", ", RealizedColumns.Foreseen)} FROM foreseen WHERE at_ms >= $from ORDER BY at_ms", ("$from", fromMs));
            using SqliteDataReader reader = command.ExecuteReader();
            var slots = new List<(long AtMs, ForeseenSlot Slot)>();
            while (reader.Read()) slots.Add((reader.GetInt64(0), RealizedColumns.ReadForeseen(c => Number(reader, c + 1))));
            return slots;
        }
    }

    public IReadOnlyList<RealizedSlot> Realized(long fromMs)
    {
        lock (_lock)
        {
            string columns = _hasParts ? RealizedColumns.List : string.Join(", ", [.. RealizedColumns.First, .. Enumerable.Repeat("NULL", RealizedColumns.Parts.Count + RealizedColumns.Foreseen.Count)]);
            using SqliteCommand command = Command($"SELECT r.at_ms, {columns} FROM realized r {(_hasParts ? "LEFT JOIN foreseen f USING (at_ms)" : string.Empty)} WHERE r.at_ms >= $from ORDER BY r.at_ms", ("$from", fromMs));
            using SqliteDataReader reader = command.ExecuteReader();
            var slots = new List<RealizedSlot>();
            while (reader.Read()) slots.Add(RealizedColumns.Read(reader.GetInt64(0), c => Number(reader, c + 1)));
            return slots;
        }
    }

    public void Add(RealizedSlot slot) => Write(() =>
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        Insert(slot);
        transaction.Commit();
    });

    public void Add(StoredPlan plan, RealizedSlot? realized)
    {
        Write(() =>
        {
            using SqliteTransaction transaction = _connection.BeginTransaction();
            if (realized is { } slot) Insert(slot);
            Insert(plan);
            foreach ((long slotMs, ForeseenSlot expected) in ForeseenSlot.Of(plan.View.Horizon)) Insert(slotMs, expected);
            transaction.Commit();
        });
    }

    public void Add(BundleView bundle) => Write(() =>
    {
        using SqliteCommand command = Command(
            "INSERT OR REPLACE INTO bundles VALUES ($at, $id, $hash, $bytes)", ("$at", bundle.At.ToUnixTimeMilliseconds()), ("$id", bundle.Id), ("$hash", bundle.Hash), ("$bytes", bundle.Bytes));
        command.ExecuteNonQuery();
    });

    public BundleView? Bundle(string? id)
    {
        lock (_lock)
        {
            if (!_hasBundles) return null;
            using SqliteCommand command = Command($"SELECT id, at_ms, hash, bytes FROM bundles {(id is null ? string.Empty : "WHERE id = $id")} ORDER BY at_ms DESC LIMIT 1", ("$id", id ?? string.Empty));
            using SqliteDataReader reader = command.ExecuteReader();
            return reader.Read() ? new BundleView(reader.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)), reader.GetString(2), (byte[])reader.GetValue(3)) : null;
        }
    }

    public IReadOnlyList<BundleBrief> Bundles(int count)
    {
        lock (_lock)
        {
            if (!_hasBundles) return [];
            using SqliteCommand command = Command("SELECT id, at_ms, hash, length(bytes) FROM bundles ORDER BY at_ms DESC LIMIT $count", ("$count", count));
            using SqliteDataReader reader = command.ExecuteReader();
            var bundles = new List<BundleBrief>();
            while (reader.Read()) bundles.Add(new BundleBrief(reader.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)), reader.GetString(2), reader.GetInt64(3)));
            bundles.Reverse();
            return bundles;
        }
    }

    public IReadOnlyList<PlanHead> Heads(long fromMs, long toMs)
    {
        lock (_lock)
        {
            using SqliteCommand command = Command("SELECT document FROM plans WHERE at_ms >= $from AND at_ms < $to ORDER BY at_ms", ("$from", fromMs), ("$to", toMs));
            using SqliteDataReader reader = command.ExecuteReader();
            var heads = new List<PlanHead>();
            while (reader.Read()) heads.Add(PlanDocument.UnpackHead((byte[])reader.GetValue(0)));
            return heads;
        }
    }

    public IReadOnlyList<(long AtMs, string Hash)> Hashes()
    {
        lock (_lock)
        {
            using SqliteCommand command = Command("SELECT at_ms, hash FROM plans ORDER BY at_ms");
            using SqliteDataReader reader = command.ExecuteReader();
            var hashes = new List<(long AtMs, string Hash)>();
            while (reader.Read()) hashes.Add((reader.GetInt64(0), reader.GetString(1)));
            return hashes;
        }
    }

    public void Dispose()
    {
        lock (_lock) _connection.Dispose();
    }

    private void Write(Action write)
    {
        try
        {
            lock (_lock) write();
        }
        catch (SqliteException e)
        {
            throw new IOException(
                e.SqliteErrorCode switch
                {
                    13 => $"{_connection.DataSource}: the disk is full; make room and start again, nothing was half-written",
                    10 => $"{_connection.DataSource}: the disk refused to read or write (SQLite error 10/{e.SqliteExtendedErrorCode}); look for a limit on file sizes, a quota or a failing disk, then start again, nothing was half-written",
                    _ => $"{_connection.DataSource}: {e.Message}",
                },
                e);
        }
    }

    private void Insert(RealizedSlot slot)
    {
        Upsert("realized", RealizedColumns.Realized, column => $"excluded.{column}", slot.AtMs, RealizedColumns.Values(in slot));
        if (slot.Foreseen is { } foreseen) Insert(slot.AtMs, foreseen);
    }

    // What another plan expected beside stays.
    private void Insert(long atMs, ForeseenSlot slot) => Upsert("foreseen", RealizedColumns.Foreseen, column => $"coalesce(excluded.{column}, foreseen.{column})", atMs, RealizedColumns.Values(in slot));

    private void Upsert(string table, IReadOnlyList<string> columns, Func<string, string> update, long atMs, double?[] values)
    {
        using SqliteCommand command = Command(
            $"""
            INSERT INTO {table} (at_ms, {string.Join(", ", columns)}) VALUES ($at, {string.Join(", ", columns.Select(column => $"${column}"))})
            ON CONFLICT (at_ms) DO UPDATE SET {string.Join(", ", columns.Select(column => $"{column} = {update(column)}"))}
            """,
            [("$at", atMs), .. columns.Zip(values, (name, kw) => ($"${name}", kw is { } value ? value : (object)DBNull.Value))]);
        command.ExecuteNonQuery();
    }

    private static double? Number(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

    private void Insert(StoredPlan plan)
    {
        using SqliteCommand command = Command(
            "INSERT OR REPLACE INTO plans VALUES ($at, $id, $status, $objective, $bound, $hash, $document)",
            ("$at", plan.View.At.ToUnixTimeMilliseconds()), ("$id", plan.View.Id), ("$status", plan.View.Status),
            ("$objective", plan.View.ObjectiveKw), ("$bound", plan.View.BoundKw), ("$hash", plan.View.Hash), ("$document", PlanDocument.Pack(plan)));
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
