using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Movc.Domain;
using Movc.Domain.Aggregators;
using Movc.Domain.Queries;

namespace Movc.Gateway.Live;

/// <summary>
/// To the client <c>cityFrame</c> with one city frame, at once on connecting and then whenever the picture changed; from it
/// <c>replay</c>, which tells a replay what to do, and <c>followSetpoints</c>, after which <c>setpoints</c> come once an interval.
/// </summary>
internal sealed partial class CityHub(FrameFanOut fanOut, SetpointFeed setpoints, GatewayPorts ports, IHubContext<CityHub> context, TimeProvider time, ILogger<CityHub> log) : Hub
{
    public const string Path = "/hubs/city";
    public const string FrameMethod = "cityFrame";

    public override Task OnConnectedAsync()
    {
        ISingleClientProxy page = context.Clients.Client(Context.ConnectionId);
        _ = PumpAsync(page, Context);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        setpoints.Leave(Context.ConnectionId);
        return Task.CompletedTask;
    }

    /// <summary>Has this connection follow an aggregator's setpoints, in place of those that it followed before; answers with the newest.</summary>
    /// <exception cref="HubException">There is no such aggregator.</exception>
    [HubMethodName("followSetpoints")]
    public Task<SetpointSheet?> FollowSetpointsAsync(string aggregator) => setpoints.FollowAsync(Context.ConnectionId, aggregator, Context.ConnectionAborted);

    /// <summary>Controls the replay, as POST replay does.</summary>
    /// <exception cref="HubException">This is no replay, or the command makes no sense.</exception>
    [HubMethodName("replay")]
    public ReplayView Replay(ReplayCommand command)
    {
        if (ports.Replay is not { } replay) throw new HubException("this city is no replay");
        try
        {
            ReplayView view = replay.Do(command);
            ports.Signal.Notify();
            return view;
        }
        catch (InputException wrong)
        {
            throw new HubException(wrong.Message, wrong);
        }
    }

    private async Task PumpAsync(ISingleClientProxy page, HubCallerContext connection)
    {
        await Task.Yield();
        try
        {
            await fanOut.RunAsync((frame, token) => page.SendAsync(FrameMethod, frame, token), time, connection.ConnectionAborted);
        }
#pragma warning disable CA1031 // Nobody awaits this task: a fault must be told, not lost.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogPumpFailed(exception);
            // Better no connection than a silent one: pages connect again by themselves.
            connection.Abort();
        }
    }

    [LoggerMessage(EventId = 5010, Level = LogLevel.Warning, Message = "A page's frame pump failed; its connection is closed")]
    private partial void LogPumpFailed(Exception exception);
}
