using System.Threading.Channels;

namespace Movc.Gateway.Frames;

/// <summary>A bell: whoever changed what the pages show rings it; many rings before the next look count as one. Thread-safe, never blocks.</summary>
public sealed class FrameSignal
{
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>A plan was published or the status changed.</summary>
    public void Notify() => _bell.Writer.TryWrite(true);

    /// <summary>Waits for a ring, at most <paramref name="longest"/>.</summary>
    internal async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _bell.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody rang: time for a look all the same.
        }
    }
}
