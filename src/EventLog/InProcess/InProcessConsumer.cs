using System.Threading.Channels;

namespace Movc.EventLog.InProcess;

internal sealed class InProcessConsumer : ILogConsumer
{
    private readonly InProcessPartition _partition;
    private readonly Channel<ConsumedBatch> _queue;
    private long _acknowledged;

    public InProcessConsumer(InProcessPartition partition, string group, long fromOffset, int capacityBatches)
    {
        _partition = partition;
        Group = group;
        _acknowledged = fromOffset;
        _queue = Channel.CreateBounded<ConsumedBatch>(new BoundedChannelOptions(capacityBatches)
        {
            SingleReader = true,
            FullMode = BoundedChannelFullMode.Wait,
        });
    }

    public string Group { get; }

    public long Acknowledged => Volatile.Read(ref _acknowledged);

    public async ValueTask EnqueueAsync(ConsumedBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(batch, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            // The reader left: nobody waits for this record any more.
        }
    }

    public async ValueTask<ConsumedBatch?> ReadAsync(CancellationToken cancellationToken)
    {
        while (await _queue.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_queue.Reader.TryRead(out ConsumedBatch batch)) return batch;
        }
        return null;
    }

    public bool TryRead(out ConsumedBatch batch) => _queue.Reader.TryRead(out batch);

    public void Acknowledge(long nextOffset)
    {
        if (nextOffset <= Acknowledged) return;
        Volatile.Write(ref _acknowledged, nextOffset);
        _partition.OnAcknowledged();
    }

    public void Complete() => _queue.Writer.TryComplete();

    public ValueTask DisposeAsync()
    {
        Complete();
        _partition.Close(this);
        return ValueTask.CompletedTask;
    }
}
