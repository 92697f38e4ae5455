using System.Net.Sockets;
using System.Net.WebSockets;

namespace Movc.TestKit;

/// <summary>A page that shakes hands with the hub and then never reads again: its socket fills up.</summary>
public sealed class FrozenHubClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly HttpMessageInvoker _http;

    private FrozenHubClient()
    {
        // A small window, so that megabytes in the kernel's buffers do not hide the freeze.
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096, NoDelay = true };
                try
                {
                    await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        });
    }

    public static async Task<FrozenHubClient> ConnectAsync(Uri gateway, CancellationToken cancellationToken)
    {
        var client = new FrozenHubClient();
        try
        {
            await client._socket.ConnectAsync(HubClient.HubUri(gateway), client._http, cancellationToken);
            await client._socket.SendAsync(
                "{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        catch
        {
            client.Dispose();
            throw;
        }
        return client;
    }

    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
        _http.Dispose();
    }
}
