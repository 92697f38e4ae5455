using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Confluent.Kafka;
using Movc.EventLog.Records;

namespace Movc.EventLog.Kafka;

/// <summary>
/// Reads a topic for a group: one client and one polling thread that deals records out to the partitions' queues. A partition whose
/// queue is full is paused, and resumed when its reader has made room; the others go on.
/// </summary>
internal sealed class KafkaReader : IAsyncDisposable
{
    private static readonly TimeSpan PollFor = TimeSpan.FromMilliseconds(20);
    private readonly KafkaOptions _options;
    private readonly string _topic;
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly KafkaTrouble _trouble = new();
    private readonly ConcurrentDictionary<int, KafkaPartition> _partitions = new();
    private readonly ConcurrentQueue<Action> _asked = new();
    private readonly HashSet<KafkaPartition> _paused = [];
    private readonly HashSet<KafkaPartition> _touched = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _polling;
    private readonly IDisposable _lag;
    private Exception? _failure;
    private bool _ended;

    public KafkaReader(KafkaOptions options, string topic, string group)
    {
        _options = options;
        _topic = topic;
        _consumer = KafkaSettings.Build(options, () => new ConsumerBuilder<byte[], byte[]>(KafkaSettings.Consumer(options, group)).SetErrorHandler((_, e) => _trouble.Note(e)).SetLogHandler((_, _) => { }).Build());
        _lag = LogMetrics.WatchLag(Lag);
        _polling = Task.Factory.StartNew(Poll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public KafkaPartition Open(int partition, long fromOffset)
    {
        var opened = new KafkaPartition(this, partition, _options.CapacityBatches);
        if (!_partitions.TryAdd(partition, opened)) throw new InvalidOperationException($"partition {partition} of {_topic} is read already");
        // Ended by a failure: whoever comes now must not wait for ever.
        if (Volatile.Read(ref _ended)) opened.Complete(_failure);
        // The polling thread alone touches the client.
        _asked.Enqueue(() => _consumer.IncrementalAssign([new TopicPartitionOffset(_topic, partition, fromOffset)]));
        return opened;
    }

    public void Close(KafkaPartition partition)
    {
        if (!_partitions.TryRemove(partition.Partition, out _)) return;
        _asked.Enqueue(() =>
        {
            _paused.Remove(partition);
            _touched.Remove(partition);
            _consumer.IncrementalUnassign([new TopicPartition(_topic, partition.Partition)]);
        });
    }

    public async ValueTask DisposeAsync()
    {
        _lag.Dispose();
        await _stop.CancelAsync();
        await _polling;
        _consumer.Dispose();
        _stop.Dispose();
    }

    private void Poll()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                while (_asked.TryDequeue(out Action? action)) action();
                Unblock();
                // What is there is taken in one go, then handed over: a lone record waits no longer than it must.
                ConsumeResult<byte[], byte[]>? record = _consumer.Consume(_touched.Count > 0 ? TimeSpan.Zero : PollFor);
                if (record is null) HandOver();
                else Take(record);
            }
        }
        catch (ConsumeException e)
        {
            _failure = new LogException(Explain(e), e);
        }
        catch (KafkaException e)
        {
            _failure = new LogException($"topic {_topic}: {e.Error.Reason.ReplaceLineEndings(" ")}", e);
        }
#pragma warning disable CA1031 // Whatever ends this thread must reach the readers, who would wait for ever.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failure = e;
        }
        Volatile.Write(ref _ended, true);
        foreach (KafkaPartition partition in _partitions.Values) partition.Complete(_failure);
    }

    private void Take(ConsumeResult<byte[], byte[]> record)
    {
        if (!_partitions.TryGetValue(record.Partition.Value, out KafkaPartition? partition)) return;
        RecordBatch batch = partition.Batch(record.Offset.Value);
        batch.Begin(record.Message.Key ?? []);
        foreach (IHeader header in record.Message.Headers ?? [])
        {
            // Longer than the record's format takes: poison, which must reach the reader as something that it puts aside.
            ReadOnlySpan<byte> name = KafkaNames.Of(header.Key), value = header.GetValueBytes();
            if (name.Length <= byte.MaxValue && value.Length <= ushort.MaxValue) batch.AddHeader(name, value);
        }
        batch.End(record.Message.Value ?? []);
        partition.NextOffset = record.Offset.Value + 1;
        _touched.Add(partition);
        if (batch.IsFull) HandOver();
    }

    private void HandOver()
    {
        foreach (KafkaPartition partition in _touched)
        {
            LogMetrics.Received.Add(partition.HandOver());
            if (!partition.IsBlocked || !_paused.Add(partition)) continue;
            _consumer.Pause([new TopicPartition(_topic, partition.Partition)]);
            LogMetrics.Pauses.Add(1);
        }
        _touched.Clear();
    }

    /// <summary>By what the cluster told with the last fetch: no question of its own.</summary>
    private IEnumerable<Measurement<long>> Lag()
    {
        foreach (KafkaPartition partition in _partitions.Values)
        {
            long high = _consumer.GetWatermarkOffsets(new TopicPartition(_topic, partition.Partition)).High.Value;
            if (high < 0 || partition.NextOffset < 0) continue;
            yield return new Measurement<long>(Math.Max(0, high - partition.NextOffset), new("topic", _topic), new("partition", partition.Partition));
        }
    }

    private void Unblock()
    {
        if (_paused.Count == 0) return;
        foreach (KafkaPartition partition in _paused.Where(p => p.TryUnblock()).ToArray())
        {
            _paused.Remove(partition);
            _consumer.Resume([new TopicPartition(_topic, partition.Partition)]);
        }
    }

    private string Explain(ConsumeException e) => e.Error.Code switch
    {
        ErrorCode.OffsetOutOfRange or ErrorCode.Local_AutoOffsetReset =>
            $"Kafka {_options.Servers}: topic {_topic} does not hold the offset at which the store stands ({e.Error.Reason.ReplaceLineEndings(" ")}); events were deleted before they were read, or it is another cluster's store",
        _ => $"Kafka {_options.Servers}: topic {_topic} cannot be read ({_trouble.Last ?? e.Error.Reason.ReplaceLineEndings(" ")})",
    };
}
