using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Movc.TestKit;

/// <summary>A real SignalR client of the city hub that keeps every frame it gets, oldest first.</summary>
public sealed class HubClient : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly Channel<JsonElement> _frames = Channel.CreateUnbounded<JsonElement>();

    private HubClient(HubConnection connection)
    {
        _connection = connection;
        _connection.On<JsonElement>("cityFrame", frame => _frames.Writer.TryWrite(frame.Clone()));
    }

    /// <summary>Connects and shakes hands.</summary>
    /// <param name="gateway">Address of the gateway, http.</param>
    /// <param name="token">Bearer token, sent as a query parameter as browsers do; null = none.</param>
    /// <param name="origin">Origin header; null = none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<HubClient> ConnectAsync(Uri gateway, string? token = null, string? origin = null, CancellationToken cancellationToken = default)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(HubUri(gateway, token)));
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnectionFactory(origin));
        builder.AddJsonProtocol();
        var client = new HubClient(builder.Build());
        try
        {
            await client._connection.StartAsync(cancellationToken);
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
        return client;
    }

    /// <summary>Address of the hub's WebSocket.</summary>
    public static Uri HubUri(Uri gateway, string? token = null) => new UriBuilder(gateway)
    {
        Scheme = "ws",
        Path = "/hubs/city",
        Query = token is null ? string.Empty : "access_token=" + Uri.EscapeDataString(token),
    }.Uri;

    /// <summary>Is told of another message than frames.</summary>
    public void On(string method, Action<JsonElement> take) => _connection.On<JsonElement>(method, message => take(message.Clone()));

    /// <summary>The next frame, waiting for it at most <paramref name="longest"/> (default 10 s).</summary>
    public async Task<JsonElement> NextAsync(CancellationToken cancellationToken, TimeSpan? longest = null)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(longest ?? TimeSpan.FromSeconds(10));
        try
        {
            return await _frames.Reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("no frame came in time", exception);
        }
    }

    /// <summary>Reads frames until one fits.</summary>
    public async Task<JsonElement> UntilAsync(Func<JsonElement, bool> fits, CancellationToken cancellationToken, TimeSpan? longest = null)
    {
        JsonElement frame;
        do frame = await NextAsync(cancellationToken, longest);
        while (!fits(frame));
        return frame;
    }

    /// <summary>Calls a method of the hub.</summary>
    public Task<T> InvokeAsync<T>(string method, object argument, CancellationToken cancellationToken) => _connection.InvokeAsync<T>(method, argument, cancellationToken);

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
