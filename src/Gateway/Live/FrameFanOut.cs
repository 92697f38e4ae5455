using System.Threading.Channels;
using Movc.Gateway.Frames;
using Movc.Gateway.Json;

namespace Movc.Gateway.Live;

/// <summary>
/// Brings each new frame to every page. Every connection has one slot in which the newest frame wins and a pump of its own that
/// empties it, so a slow or frozen page costs one frame of memory and never delays another. Thread-safe.
/// </summary>
internal sealed class FrameFanOut
{
    private readonly Lock _gate = new();
    private readonly HashSet<Channel<EncodedFrame>> _slots = [];
    private CityPicture? _latest;
    private long _sent;
    private long _superseded;

    public CityPicture? Latest => Volatile.Read(ref _latest);

    /// <summary>Frames handed to connections so far, summed over connections.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Frames that a newer one replaced before their connection could take them.</summary>
    public long Superseded => Interlocked.Read(ref _superseded);

    public int Connections
    {
        get
        {
            lock (_gate) return _slots.Count;
        }
    }

    /// <summary>Puts the frame into every slot; returns at once.</summary>
    public void Publish(CityPicture picture, DateTimeOffset now)
    {
        EncodedFrame frame = picture.Encode(now);
        lock (_gate)
        {
            Volatile.Write(ref _latest, picture);
            foreach (Channel<EncodedFrame> slot in _slots) slot.Writer.TryWrite(frame);
        }
    }

    /// <summary>Pumps frames to one connection, the latest at once, until it goes away.</summary>
    /// <param name="send">Completes when the transport took the frame; may take for ever.</param>
    /// <param name="time">For the age of the first frame's plan.</param>
    /// <param name="gone">Cancelled when the connection ends.</param>
    public async Task RunAsync(Func<EncodedFrame, CancellationToken, Task> send, TimeProvider time, CancellationToken gone)
    {
        Channel<EncodedFrame> slot = Channel.CreateBounded<EncodedFrame>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ =>
            {
                Interlocked.Increment(ref _superseded);
                PageMetrics.Superseded.Add(1);
            });
        // Under the same lock as Publish: else an old first frame could overwrite a newer one.
        lock (_gate)
        {
            if (_latest is not null) slot.Writer.TryWrite(_latest.Encode(time.GetUtcNow()));
            _slots.Add(slot);
        }
        PageMetrics.Connections.Add(1);
        try
        {
            while (true)
            {
                EncodedFrame frame = await slot.Reader.ReadAsync(gone);
                await send(frame, gone);
                Interlocked.Increment(ref _sent);
                PageMetrics.Sent.Add(1);
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The page went away: nothing to tell.
        }
        finally
        {
            lock (_gate) _slots.Remove(slot);
            PageMetrics.Connections.Add(-1);
        }
    }
}
