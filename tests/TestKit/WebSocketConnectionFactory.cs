using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace Movc.TestKit;

/// <summary>Connects a SignalR client straight over a WebSocket, without negotiation.</summary>
internal sealed class WebSocketConnectionFactory(string? origin) : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        try
        {
            if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
            await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
            return new WebSocketConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
