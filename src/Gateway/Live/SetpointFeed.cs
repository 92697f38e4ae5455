using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Movc.Domain.Aggregators;

namespace Movc.Gateway.Live;

/// <summary>Sends aggregators' new setpoints to the connections that follow them, once an interval; looks only while somebody follows.</summary>
internal sealed partial class SetpointFeed(GatewayPorts ports, IHubContext<CityHub> hub, TimeProvider time, ILogger<SetpointFeed> log) : BackgroundService
{
    /// <summary>Name of the message with one <see cref="SetpointSheet"/>.</summary>
    public const string Method = "setpoints";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<string, string> _following = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _sent = new(StringComparer.Ordinal);
    private bool _failing;

    /// <summary>Group of the connections that follow an aggregator.</summary>
    public static string GroupOf(string aggregator) => "setpoints/" + aggregator;

    /// <summary>Has a connection follow an aggregator, in place of the one that it followed before.</summary>
    /// <returns>Its newest setpoints; null before the first.</returns>
    /// <exception cref="HubException">There is no such aggregator.</exception>
    public async Task<SetpointSheet?> FollowAsync(string connection, string aggregator, CancellationToken cancellationToken)
    {
        if (ports.Setpoints is not { } setpoints) throw new HubException("this city sends no setpoints");
        string[] names = [.. (await setpoints.ViewAsync(cancellationToken)).Aggregators.Select(a => a.Name)];
        if (!names.Contains(aggregator, StringComparer.Ordinal)) throw new HubException($"no such aggregator; give one of {string.Join(", ", names)}");
        if (_following.TryGetValue(connection, out string? before)) await hub.Groups.RemoveFromGroupAsync(connection, GroupOf(before), cancellationToken);
        await hub.Groups.AddToGroupAsync(connection, GroupOf(aggregator), cancellationToken);
        _following[connection] = aggregator;
        return await setpoints.SheetAsync(aggregator, null, cancellationToken);
    }

    /// <summary>A connection is gone.</summary>
    public void Leave(string connection) => _following.TryRemove(connection, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (ports.Setpoints is { } setpoints && !_following.IsEmpty) await SendAsync(setpoints, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    private async Task SendAsync(ISetpointQueries setpoints, CancellationToken cancellationToken)
    {
        try
        {
            HashSet<string> followed = [.. _following.Values];
            foreach (AggregatorView aggregator in (await setpoints.ViewAsync(cancellationToken)).Aggregators)
            {
                if (aggregator.SentAt is not { } sentAt || !followed.Contains(aggregator.Name) || (_sent.TryGetValue(aggregator.Name, out DateTimeOffset last) && last == sentAt)) continue;
                if (await setpoints.SheetAsync(aggregator.Name, sentAt, cancellationToken) is not { } sheet) continue;
                _sent[aggregator.Name] = sentAt;
                await hub.Clients.Group(GroupOf(aggregator.Name)).SendAsync(Method, sheet, cancellationToken);
            }
            _failing = false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The optimizer may be away for a while; who follows is told once it is back.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!_failing) LogFailed(exception);
            _failing = true;
        }
    }

    [LoggerMessage(EventId = 5020, Level = LogLevel.Warning, Message = "Setpoints cannot be read; who follows them gets them when they can be again")]
    private partial void LogFailed(Exception exception);
}
