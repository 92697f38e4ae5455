using System.Text.Json;
using Movc.Database;
using Movc.Domain.Operators;
using Npgsql;

namespace Movc.RollingOptimizer.Operators;

/// <summary>The operators' log beside the plans in PostgreSQL.</summary>
/// <param name="database">Migrated.</param>
/// <param name="stop">Ends a wait for a server that is away.</param>
public sealed class PostgresOperatorLog(PostgresDatabase database, CancellationToken stop) : IOperatorLog
{
    public void Append(OperatorEntry entry) => database.Access.ReachAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand("INSERT INTO movc.operator_log (document) VALUES ($1)", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = OperatorLines.Write(entry) });
            await command.ExecuteNonQueryAsync(stop);
            return true;
        },
        stop).GetAwaiter().GetResult();

    public IReadOnlyList<OperatorEntry> Read() => database.Access.AskAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand("SELECT line, document FROM movc.operator_log ORDER BY line", connection);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(stop);
            var entries = new List<OperatorEntry>();
            while (await reader.ReadAsync(stop))
            {
                try
                {
                    entries.Add(OperatorLines.Read(reader.GetString(1)));
                }
                catch (JsonException e)
                {
                    throw new StoreException($"{database.Server}: line {reader.GetInt64(0)} of movc.operator_log is none ({e.Message}); it was damaged outside this program", e);
                }
            }
            return entries;
        },
        stop).GetAwaiter().GetResult();
}
