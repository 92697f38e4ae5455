using System.Net.Sockets;
using Movc.Database;
using Npgsql;

namespace Movc.TwinState.Store.Postgres;

/// <summary>
/// Takes what a process holds that stands still. A process that is frozen in the middle of its transaction keeps the shard's row
/// locked, and its machine goes on answering for it: nobody could take the shard over until it wakes. Its session is ended instead;
/// what it had not committed is rolled back, and comes again from the log, because offsets stand in the same transaction.
/// </summary>
internal sealed class PostgresTakeover(NpgsqlDataSource source)
{
    /// <summary>A transaction of a process that lives is over long before; one cut off by mistake is tried again by its writer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Of our own sessions alone, and only those whose server side waits for its client.</summary>
    private const string EndSql = $"""
        SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a
        WHERE a.pid = ANY (pg_blocking_pids($1)) AND a.application_name = '{PostgresDatabase.ApplicationName}' AND a.wait_event_type = 'Client'
        """;

    /// <summary>Runs a command that waits for a row, and ends whoever holds it and stands still.</summary>
    public async Task<NpgsqlDataReader> ExecuteAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        int session = command.Connection!.ProcessID;
        Task<NpgsqlDataReader> taking = command.ExecuteReaderAsync(cancellationToken);
        while (await Task.WhenAny(taking, Task.Delay(Patience, CancellationToken.None)) != taking)
        {
            if (!cancellationToken.IsCancellationRequested) await EndHoldersAsync(session);
        }
        return await taking;
    }

    private async Task EndHoldersAsync(int waiting)
    {
        try
        {
            await using NpgsqlConnection connection = await source.OpenConnectionAsync(CancellationToken.None);
            await using var end = new NpgsqlCommand(EndSql, connection) { Parameters = { new() { Value = waiting } } };
            await end.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException)
        {
            // The command that waits will tell what is wrong; whether it may be tried again is not for here.
        }
    }
}
