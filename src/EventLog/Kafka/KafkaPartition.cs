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
    private ConsumedBatch? _waiting;

    public KafkaPartition(KafkaReader owner, int partition, int capacityBatches)
    {
        _owner = owner;
        Partition = partition;
        _queue = Channel.CreateBounded<ConsumedBatch>(new BoundedChannelOptions(capacityBatches) { SingleReader = true, SingleWriter = true });
    }

    public int Partition { get; }

    /// <summary>A whole batch waits for room: the partition must be paused. Polling thread alone.</summary>
    public bool IsBlocked => _waiting is not null;

    /// <summary>Whether records were taken that are not handed over yet. Polling thread alone.</summary>
    public bool HasOpen => _open is not null;

    /// <summary>The batch that the next record belongs to; a gap in the offsets begins a new one. Polling thread alone.</summary>
    public RecordBatch Batch(long offset)
    {
        if (_open is not null && (_open.IsFull || offset != _openFrom + _open.Count)) HandOver();
        if (_open is null) (_open, _openFrom) = (new RecordBatch(), offset);
        return _open;
    }

    /// <summary>Gives the open batch to the reader, or keeps it until there is room. Polling thread alone.</summary>
    public void HandOver()
    {
        if (_open is null) return;
        var batch = new ConsumedBatch(_openFrom, _open);
        _open = null;
        if (_waiting is not null || !_queue.Writer.TryWrite(batch)) _waiting = _waiting is { } first ? Join(first, batch) : batch;
    }

    /// <summary>Tries again with a batch that waits; true when none waits any more. Polling thread alone.</summary>
    public bool TryUnblock()
    {
        if (_waiting is { } batch && _queue.Writer.TryWrite(batch)) _waiting = null;
        return _waiting is null;
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

    /// <summary>A paused partition may still hand over what its client had fetched before: a second batch at most now and then.</summary>
    private static ConsumedBatch Join(ConsumedBatch first, ConsumedBatch second)
    {
        if (second.FirstOffset != first.NextOffset) throw new LogException("offsets of a paused partition have a gap; read it again from the store's offset");
        foreach (LogRecord record in second.Records)
        {
            first.Records.Begin(record.Key);
            for (HeaderEnumerator header = record.Headers; header.MoveNext();) first.Records.AddHeader(header.Name, header.Value);
            first.Records.End(record.Value);
        }
        return first;
    }
}
