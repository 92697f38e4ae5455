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

    /// <summary>Waits until there is room for one batch more; also comes back when the reader has left.</summary>
    public async ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => await _queue.Writer.WaitToWriteAsync(cancellationToken);

    /// <summary>Takes a batch for which there is room; false when the reader has left or the log has ended.</summary>
    public bool TryEnqueue(ConsumedBatch batch) => _queue.Writer.TryWrite(batch);

    public ValueTask<ConsumedBatch?> ReadAsync(CancellationToken cancellationToken) => _queue.Reader.NextOrNullAsync(cancellationToken);

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
