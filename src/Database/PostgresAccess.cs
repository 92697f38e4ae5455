using Movc.Domain.Queries;
using Npgsql;

namespace Movc.Database;

/// <summary>How work reaches the server: what must be done is tried until it is, what is only asked fails.</summary>
public sealed class PostgresAccess(NpgsqlDataSource source, string server, TimeProvider clock)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private readonly StoreTroubles _troubles = new(clock);

    /// <summary>Since when the server does not take what must be done; null = it does.</summary>
    public Trouble? Trouble => _troubles.Now;

    /// <summary>Runs a question on a connection; once more where a connection of the pool turns out to be cut.</summary>
    public async Task<T> AskAsync<T>(Func<NpgsqlConnection, Task<T>> question, CancellationToken cancellationToken)
    {
        for (bool again = true; ; again = false)
        {
            try
            {
                await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
                return await question(connection);
            }
            catch (Exception e) when (again && PostgresErrors.CanHeal(e))
            {
                // The next connection is a new one.
            }
            catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException)
            {
                throw new StoreException(PostgresErrors.Explain(server, e), e);
            }
        }
    }

    /// <summary>Runs a piece of work on a connection; while the server is away, again and again with growing waits.</summary>
    public async Task<T> ReachAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        for (TimeSpan wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
                T result = await work(connection);
                _troubles.Clear();
                return result;
            }
            catch (Exception e) when (PostgresErrors.CanHeal(e))
            {
                _troubles.Note(PostgresErrors.Explain(server, e));
                await Task.Delay(wait, clock, cancellationToken);
            }
            catch (Exception e) when (e is NpgsqlException)
            {
                throw new StoreException(PostgresErrors.Explain(server, e), e);
            }
        }
    }
}
