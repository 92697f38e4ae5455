using System.Globalization;
using Movc.Database;
using Movc.Domain.Queries;
using Npgsql;
using NpgsqlTypes;

namespace Movc.RollingOptimizer.Plans;

/// <summary>
/// Plans beside the events in PostgreSQL. A plan is never replaced by another: two optimizers that plan the same interval from the
/// same fleet store the same plan, and one that comes to another is stopped.
/// </summary>
public sealed class PostgresPlanStore : IPlanStore
{
    private readonly PostgresDatabase _database;
    private readonly CancellationToken _stop;

    /// <param name="database">Migrated; stays open until the caller closes it.</param>
    /// <param name="stop">Ends a wait for a server that is away.</param>
    public PostgresPlanStore(PostgresDatabase database, CancellationToken stop)
    {
        _database = database;
        _stop = stop;
    }

    public StoredPlan? Latest() => Ask(async connection =>
    {
        await using NpgsqlCommand command = Command(connection, "SELECT document FROM movc.plans ORDER BY at_ms DESC LIMIT 1");
        return await command.ExecuteScalarAsync(_stop) is byte[] document ? PlanDocument.Unpack(document) : null;
    });

    public IReadOnlyList<PlanBrief> Recent(int count) => Ask(async connection =>
    {
        await using NpgsqlCommand command = Command(connection, "SELECT at_ms, id, status, objective_kw, bound_kw FROM movc.plans ORDER BY at_ms DESC LIMIT $1", count);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(_stop);
        var plans = new List<PlanBrief>();
        while (await reader.ReadAsync(_stop)) plans.Add(PlanDocument.Brief(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetDouble(3), reader.GetDouble(4)));
        plans.Reverse();
        return plans;
    });

    public IReadOnlyList<(long AtMs, ForeseenSlot Slot)> Foreseen(long fromMs) => Ask(async connection =>
    {
        await using NpgsqlCommand command = Command(connection, $"SELECT at_ms, {string.Join(", ", RealizedColumns.Foreseen)} FROM movc.foreseen WHERE at_ms >= $1 ORDER BY at_ms", fromMs);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(_stop);
        var slots = new List<(long AtMs, ForeseenSlot Slot)>();
        while (await reader.ReadAsync(_stop)) slots.Add((reader.GetInt64(0), RealizedColumns.ReadForeseen(c => Number(reader, c + 1))));
        return slots;
    });

    public IReadOnlyList<RealizedSlot> Realized(long fromMs) => Ask(async connection =>
    {
        await using NpgsqlCommand command = Command(connection, $"SELECT r.at_ms, {RealizedColumns.List} FROM movc.realized r LEFT JOIN movc.foreseen f USING (at_ms) WHERE r.at_ms >= $1 ORDER BY r.at_ms", fromMs);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(_stop);
        var slots = new List<RealizedSlot>();
        while (await reader.ReadAsync(_stop)) slots.Add(RealizedColumns.Read(reader.GetInt64(0), c => Number(reader, c + 1)));
        return slots;
    });

    public void Add(RealizedSlot slot) => Write(async connection =>
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(_stop);
        await InsertAsync(connection, slot);
        await transaction.CommitAsync(_stop);
        return true;
    });

    /// <exception cref="StoreFencedException">Another optimizer stored another plan for the interval.</exception>
    public void Add(StoredPlan plan, RealizedSlot? realized)
    {
        byte[] document = PlanDocument.Pack(plan);
        Write(async connection =>
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(_stop);
            if (realized is { } slot) await InsertAsync(connection, slot);
            long atMs = plan.View.At.ToUnixTimeMilliseconds();
            await using NpgsqlCommand insert = Command(
                connection, "INSERT INTO movc.plans VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (at_ms) DO NOTHING",
                atMs, plan.View.Id, plan.View.Status, plan.View.ObjectiveKw, plan.View.BoundKw, plan.View.Hash, document);
            if (await insert.ExecuteNonQueryAsync(_stop) == 0)
            {
                await using NpgsqlCommand read = Command(connection, "SELECT hash FROM movc.plans WHERE at_ms = $1", atMs);
                // The same plan: a commit whose answer was lost, or an optimizer beside this one.
                if (!plan.View.Hash.Equals(await read.ExecuteScalarAsync(_stop) as string, StringComparison.Ordinal))
                    throw new StoreFencedException($"{_database.Server}: another optimizer stored another plan for {plan.View.At:yyyy-MM-dd HH:mm}Z; stop one of them");
            }
            foreach ((long slotMs, ForeseenSlot expected) in ForeseenSlot.Of(plan.View.Horizon)) await InsertAsync(connection, slotMs, expected);
            await transaction.CommitAsync(_stop);
            return true;
        });
    }

    public void Add(BundleView bundle) => Write(async connection =>
    {
        await using NpgsqlCommand command = Command(
            connection, "INSERT INTO movc.bundles VALUES ($1, $2, $3, $4) ON CONFLICT (at_ms) DO UPDATE SET id = excluded.id, hash = excluded.hash, bytes = excluded.bytes",
            bundle.At.ToUnixTimeMilliseconds(), bundle.Id, bundle.Hash, bundle.Bytes);
        await command.ExecuteNonQueryAsync(_stop);
        return true;
    });

    public BundleView? Bundle(string? id) => Ask(async connection =>
    {
        await using NpgsqlCommand command = Command(connection, $"SELECT id, at_ms, hash, bytes FROM movc.bundles {(id is null ? string.Empty : "WHERE id = $1")} ORDER BY at_ms DESC LIMIT 1", id is null ? [] : [id]);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(_stop);
        return await reader.ReadAsync(_stop)
            ? new BundleView(reader.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)), reader.GetString(2), (byte[])reader.GetValue(3))
            : null;
    });

    public IReadOnlyList<BundleBrief> Bundles(int count) => Ask(async connection =>
    {
        await using NpgsqlCommand command = Command(connection, "SELECT id, at_ms, hash, octet_length(bytes) FROM movc.bundles ORDER BY at_ms DESC LIMIT $1", count);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(_stop);
        var bundles = new List<BundleBrief>();
        while (await reader.ReadAsync(_stop)) bundles.Add(new BundleBrief(reader.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)), reader.GetString(2), reader.GetInt32(3)));
        bundles.Reverse();
        return bundles;
    });

    public IReadOnlyList<PlanHead> Heads(long fromMs, long toMs) => Ask(async connection =>
    {
        await using NpgsqlCommand command = Command(connection, "SELECT document FROM movc.plans WHERE at_ms >= $1 AND at_ms < $2 ORDER BY at_ms", fromMs, toMs);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(_stop);
        var heads = new List<PlanHead>();
        while (await reader.ReadAsync(_stop)) heads.Add(PlanDocument.UnpackHead((byte[])reader.GetValue(0)));
        return heads;
    });

    public IReadOnlyList<(long AtMs, string Hash)> Hashes() => Ask(async connection =>
    {
        await using NpgsqlCommand command = Command(connection, "SELECT at_ms, hash FROM movc.plans ORDER BY at_ms");
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(_stop);
        var hashes = new List<(long AtMs, string Hash)>();
        while (await reader.ReadAsync(_stop)) hashes.Add((reader.GetInt64(0), reader.GetString(1)));
        return hashes;
    });

    public void Dispose()
    {
        // The database is the caller's.
    }

    private async Task InsertAsync(NpgsqlConnection connection, RealizedSlot slot)
    {
        await using NpgsqlCommand command = Upsert(connection, "movc.realized", RealizedColumns.Realized, column => $"excluded.{column}", slot.AtMs, RealizedColumns.Values(in slot));
        await command.ExecuteNonQueryAsync(_stop);
        if (slot.Foreseen is { } foreseen) await InsertAsync(connection, slot.AtMs, foreseen);
    }

    // What another plan expected beside stays.
    private async Task InsertAsync(NpgsqlConnection connection, long atMs, ForeseenSlot slot)
    {
        await using NpgsqlCommand command = Upsert(
            connection, "movc.foreseen", RealizedColumns.Foreseen, column => $"coalesce(excluded.{column}, movc.foreseen.{column})", atMs, RealizedColumns.Values(in slot));
        await command.ExecuteNonQueryAsync(_stop);
    }

    private static NpgsqlCommand Upsert(NpgsqlConnection connection, string table, IReadOnlyList<string> columns, Func<string, string> update, long atMs, double?[] values) => Command(
        connection,
        $"""
        INSERT INTO {table} (at_ms, {string.Join(", ", columns)}) VALUES ($1, {string.Join(", ", columns.Select((_, c) => string.Create(CultureInfo.InvariantCulture, $"${c + 2}")))})
        ON CONFLICT (at_ms) DO UPDATE SET {string.Join(", ", columns.Select(column => $"{column} = {update(column)}"))}
        """,
        [atMs, .. values.Select(v => v is { } kw ? kw : (object)DBNull.Value)]);

    private static double? Number(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        // Of an absent value the type must be told: only numbers may be absent.
        foreach (object value in values) command.Parameters.Add(value is DBNull ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Double } : new NpgsqlParameter { Value = value });
        return command;
    }

    // The optimizer's thread is its own and waits for the store in any case.
    private T Ask<T>(Func<NpgsqlConnection, Task<T>> question) => _database.Access.AskAsync(question, _stop).GetAwaiter().GetResult();

    private void Write(Func<NpgsqlConnection, Task<bool>> work) => _database.Access.ReachAsync(work, _stop).GetAwaiter().GetResult();
}
