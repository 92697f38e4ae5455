using Movc.Database;
using Movc.Domain.Queries;
using Movc.EventLog.Kafka;
using Movc.Gateway.Peers;

namespace Movc.Roles;

/// <summary>Whether a role can work: looks at what it stands on, then asks the role itself.</summary>
/// <param name="log">The cluster.</param>
/// <param name="database">Null where the role uses none.</param>
/// <param name="itself">The role's own word, where all that it stands on answers.</param>
/// <param name="clock">Tells since when.</param>
internal sealed class RoleReadiness(KafkaEventLog log, PostgresDatabase? database, Func<Readiness> itself, TimeProvider clock)
{
    /// <summary>Whoever asks needs no token, so asking more often must not cost the servers more.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(500);

    private readonly Troubles _log = new(clock);
    private readonly SemaphoreSlim _one = new(1, 1);
    private (long At, Readiness Said)? _last;

    public async Task<Readiness> NowAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_last is not { } last || clock.GetElapsedTime(last.At) > Fresh)
            {
                Readiness said = await LookAsync(cancellationToken);
                _last = last = (clock.GetTimestamp(), said);
            }
            return last.Said;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<Readiness> LookAsync(CancellationToken cancellationToken)
    {
        Task<string?> logProbe = log.ProbeAsync();
        if (database is not null) await database.Access.ProbeAsync(cancellationToken);
        Trouble? trouble = _log.Note(await logProbe);
        trouble = database?.Access.Trouble ?? trouble;
        return trouble is null ? itself() : new Readiness(false, trouble.Message, trouble.Since);
    }
}
