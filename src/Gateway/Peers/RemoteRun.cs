using Movc.Domain.Queries;
using Movc.Domain.Sources;

namespace Movc.Gateway.Peers;

/// <summary>What the source in another process tells of itself, looked at once a second; the rest as it was set up here.</summary>
public sealed class RemoteRun : IRunInfo, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly PeerClient _client;
    private readonly Troubles _amiss;
    private readonly TimeProvider _clock;
    private RunView _now;

    /// <param name="addresses">Where the source is.</param>
    /// <param name="token">Between the roles; null = none.</param>
    /// <param name="clock">Tells since when it does not answer.</param>
    public RemoteRun(PeerAddresses addresses, string? token, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _client = new PeerClient(addresses, token);
        _clock = clock;
        _amiss = new Troubles(clock);
        _now = new RunView(CityMode.Simulated, null, RunState.Running, clock.GetUtcNow(), string.Empty);
    }

    public required string City { get; init; }

    public required string TimeZone { get; init; }

    public required string LoadSource { get; init; }

    public required IReadOnlyList<string> Assumptions { get; init; }

    /// <summary>Rung when the source's state changed.</summary>
    public Action? OnChange { get; init; }

    public CityMode Mode => Now.Mode;

    public double? Speed => Now.Speed;

    public RunState State => Now.State;

    public DateTimeOffset StateSince => Now.StateSince;

    public string Failure => Now.Failure;

    /// <summary>Since when it does not answer; null = it does, or it had ended before.</summary>
    public Trouble? Trouble => State == RunState.Running ? _amiss.Now : null;

    private RunView Now => Volatile.Read(ref _now);

    /// <summary>Looks until the token fires.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                RunView? view = await _client.AskAnyAsync<RunView>("source of events", "/internal/v1/run", cancellationToken);
                _amiss.Note(null);
                if (view is not null && view != Now)
                {
                    Volatile.Write(ref _now, view);
                    OnChange?.Invoke();
                }
            }
            catch (HttpRequestException e)
            {
                _amiss.Note($"{e.Message}; no new events come from it");
            }
            await Task.Delay(Period, _clock, cancellationToken);
        }
    }

    public void Dispose() => _client.Dispose();
}
