using Movc.Domain.Queries;
using Npgsql;

namespace Movc.Database;

/// <summary>How work reaches the server: what must be done is tried until it is, what is only asked fails.</summary>
public sealed class PostgresAccess(NpgsqlDataSource source, string server, TimeProvider clock)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private readonly Troubles _doing = new(clock);
    private readonly Troubles _asking = new(clock);

    /// <summary>Since when the server does not take what must be done, or does not answer; null = it does both.</summary>
    public Trouble? Trouble => _doing.Now ?? _asking.Now;

    /// <summary>Runs a question on a connection; once more where a connection of the pool turns out to be cut.</summary>
    public async Task<T> AskAsync<T>(Func<NpgsqlConnection, Task<T>> question, CancellationToken cancellationToken)
    {
        for (bool again = true; ; again = false)
        {
            try
            {
                await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
                T answer = await question(connection);
                _asking.Clear();
                return answer;
            }
            catch (Exception e) when (again && PostgresErrors.CanHeal(e))
            {
                // The next connection is a new one.
            }
            catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException)
            {
                string why = PostgresErrors.Explain(server, e);
                if (PostgresErrors.CanHeal(e)) _asking.Note(why);
                throw new StoreException(why, e);
            }
        }
    }

    /// <summary>Looks whether the server answers, which <see cref="Trouble"/> tells afterwards.</summary>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(
                async connection =>
                {
                    await using var command = new NpgsqlCommand("SELECT 1", connection);
                    return await command.ExecuteScalarAsync(cancellationToken);
                },
                cancellationToken);
        }
        catch (StoreException) when (Trouble is not null)
        {
            // That was the question.
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
                _doing.Clear();
                return result;
            }
            catch (Exception e) when (PostgresErrors.CanHeal(e))
            {
                _doing.Note(PostgresErrors.Explain(server, e));
                await Task.Delay(wait, clock, cancellationToken);
            }
            catch (Exception e) when (e is NpgsqlException)
            {
                throw new StoreException(PostgresErrors.Explain(server, e), e);
            }
        }
    }
}
