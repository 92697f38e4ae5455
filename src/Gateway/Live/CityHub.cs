using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Movc.Gateway.Live;

/// <summary>Server to client only: <c>cityFrame</c> with one city frame, at once on connecting and then whenever the picture changed.</summary>
internal sealed partial class CityHub(FrameFanOut fanOut, IHubContext<CityHub> context, TimeProvider time, ILogger<CityHub> log) : Hub
{
    public const string Path = "/hubs/city";
    public const string FrameMethod = "cityFrame";

    public override Task OnConnectedAsync()
    {
        ISingleClientProxy page = context.Clients.Client(Context.ConnectionId);
        _ = PumpAsync(page, Context);
        return Task.CompletedTask;
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
