using System.Threading.Channels;
using Movc.EventLog.Records;

namespace Movc.EventLog.Kafka;

/// <summary>One partition's bounded queue between the polling thread and its reader.</summary>
internal sealed class KafkaPartition : ILogConsumer
{
    private readonly KafkaReader _owner;
    private readonly Channel<ConsumedBatch> _queue;
    private RecordBatch? _open;
    private long _openFrom;

    // Mostly one at most: a paused partition may still hand over what its client had fetched before.
    private readonly Queue<ConsumedBatch> _waiting = new();

    public KafkaPartition(KafkaReader owner, int partition, int capacityBatches)
    {
        _owner = owner;
        Partition = partition;
        _queue = Channel.CreateBounded<ConsumedBatch>(new BoundedChannelOptions(capacityBatches) { SingleReader = true, SingleWriter = true });
    }

    public int Partition { get; }

    /// <summary>Offset after the last record that came; −1 before the first.</summary>
    public long NextOffset { get; set; } = -1;

    /// <summary>Batches wait for room: the partition must be paused. Polling thread alone.</summary>
    public bool IsBlocked => _waiting.Count > 0;

    /// <summary>The batch that the next record belongs to; a gap in the offsets begins a new one. Polling thread alone.</summary>
    public RecordBatch Batch(long offset)
    {
        if (_open is not null && (_open.IsFull || offset != _openFrom + _open.Count)) HandOver();
        if (_open is null) (_open, _openFrom) = (new RecordBatch(), offset);
        return _open;
    }

    /// <summary>Gives the open batch to the reader, or keeps it until there is room. Polling thread alone.</summary>
    /// <returns>Records of it.</returns>
    public int HandOver()
    {
        if (_open is null) return 0;
        var batch = new ConsumedBatch(_openFrom, _open);
        _open = null;
        if (IsBlocked || !_queue.Writer.TryWrite(batch)) _waiting.Enqueue(batch);
        return batch.Records.Count;
    }

    /// <summary>Tries again with what waits; true when nothing waits any more. Polling thread alone.</summary>
    public bool TryUnblock()
    {
        while (_waiting.TryPeek(out ConsumedBatch batch) && _queue.Writer.TryWrite(batch)) _waiting.Dequeue();
        return !IsBlocked;
    }

    public ValueTask<ConsumedBatch?> ReadAsync(CancellationToken cancellationToken) => _queue.Reader.NextOrNullAsync(cancellationToken);

    public bool TryRead(out ConsumedBatch batch) => _queue.Reader.TryRead(out batch);

    /// <summary>Nothing to tell Kafka: offsets stand in the reader's store.</summary>
    public void Acknowledge(long nextOffset)
    {
    }

    public void Complete(Exception? failure) => _queue.Writer.TryComplete(failure);

    public ValueTask DisposeAsync()
    {
        Complete(null);
        _owner.Close(this);
        return ValueTask.CompletedTask;
    }
}
