using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Movc.TestKit;

/// <summary>A WebSocket as the duplex pipe that the SignalR client wants.</summary>
internal sealed class WebSocketConnection : ConnectionContext, IDuplexPipe
{
    private readonly ClientWebSocket _socket;
    private readonly CancellationTokenSource _closed = new();
    private readonly Pipe _incoming = new();
    private readonly Pipe _outgoing = new();
    private readonly Task _pumps;

    public WebSocketConnection(ClientWebSocket socket)
    {
        _socket = socket;
        Transport = this;
        _pumps = Task.WhenAll(ReceiveAsync(), SendAsync());
    }

    public PipeReader Input => _incoming.Reader;

    public PipeWriter Output => _outgoing.Writer;

    public override string ConnectionId { get; set; } = "websocket";

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport { get; set; }

    public override async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _socket.Abort();
        await _pumps;
        _socket.Dispose();
        _closed.Dispose();
    }

    private async Task ReceiveAsync()
    {
        Exception? fault = null;
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult received = await _socket.ReceiveAsync(_incoming.Writer.GetMemory(4096), _closed.Token);
                if (received.MessageType == WebSocketMessageType.Close) break;
                _incoming.Writer.Advance(received.Count);
                if (received.EndOfMessage && (await _incoming.Writer.FlushAsync(_closed.Token)).IsCompleted) break;
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            fault = _closed.IsCancellationRequested ? null : exception;
        }
        await _incoming.Writer.CompleteAsync(fault);
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                ReadResult read = await _outgoing.Reader.ReadAsync(_closed.Token);
                if (!read.Buffer.IsEmpty) await _socket.SendAsync(read.Buffer.ToArray(), WebSocketMessageType.Text, endOfMessage: true, _closed.Token);
                _outgoing.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The receiving half tells the client.
        }
        await _outgoing.Reader.CompleteAsync();
    }
}
