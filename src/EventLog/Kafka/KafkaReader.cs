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
    private const int PollForMs = 20;
    private readonly KafkaOptions _options;
    private readonly string _topic;
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly DirectPoll _direct;
    private readonly Action<DirectPoll.DirectRecord> _take;
    private readonly KafkaTrouble _trouble = new();
    private readonly ConcurrentDictionary<int, KafkaPartition> _partitions = new();
    private readonly ConcurrentQueue<Action> _asked = new();
    private readonly Lock _order = new();

    // Of those, the ones that the client fetches. Polling thread alone.
    private readonly Dictionary<int, KafkaPartition> _assigned = [];
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
        _direct = new DirectPoll(_consumer);
        _take = Take;
        _lag = LogMetrics.WatchLag(Lag);
        _polling = Task.Factory.StartNew(Poll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public KafkaPartition Open(int partition, long fromOffset)
    {
        var opened = new KafkaPartition(this, partition, _options.CapacityBatches);
        // What is asked of the client comes in the order in which it came to stand here.
        lock (_order)
        {
            if (!_partitions.TryAdd(partition, opened)) throw new InvalidOperationException($"partition {partition} of {_topic} is read already");
            // The polling thread alone touches the client.
            _asked.Enqueue(() =>
            {
                _consumer.IncrementalAssign([new TopicPartitionOffset(_topic, partition, fromOffset)]);
                _assigned.Add(partition, opened);
            });
        }
        // Ended by a failure: whoever comes now must not wait for ever.
        if (Volatile.Read(ref _ended)) opened.Complete(_failure);
        return opened;
    }

    public void Close(KafkaPartition partition)
    {
        lock (_order)
        {
            // Closed twice, it must not close its successor.
            if (!_partitions.TryRemove(new(partition.Partition, partition))) return;
            _asked.Enqueue(() =>
            {
                var of = new TopicPartition(_topic, partition.Partition);
                _touched.Remove(partition);
                _assigned.Remove(partition.Partition);
                // The client would remember the pause, and hold back whoever opens the partition next.
                if (_paused.Remove(partition)) _consumer.Resume([of]);
                _consumer.IncrementalUnassign([of]);
            });
        }
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
                if (!_direct.Take(_touched.Count > 0 ? 0 : PollForMs, _take)) HandOver();
            }
        }
        catch (KafkaException e)
        {
            _failure = new LogException(Explain(e), e);
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

    private void Take(DirectPoll.DirectRecord record)
    {
        // What the reader before had fetched is none of the next one's: it may stand elsewhere.
        if (!_assigned.TryGetValue(record.Partition, out KafkaPartition? partition)) return;
        RecordBatch batch = partition.Batch(record.Offset);
        batch.Begin(record.Key);
        for (int n = 0; record.TryHeader(n, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value); n++)
        {
            // Longer than the record's format takes: poison, which must reach the reader as something that it puts aside.
            if (name.Length <= byte.MaxValue && value.Length <= ushort.MaxValue) batch.AddHeader(name, value);
        }
        batch.End(record.Value);
        partition.NextOffset = record.Offset + 1;
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

    private string Explain(KafkaException e) => e.Error.Code switch
    {
        ErrorCode.OffsetOutOfRange or ErrorCode.Local_AutoOffsetReset =>
            $"Kafka {_options.Servers}: topic {_topic} does not hold the offset at which the store stands ({e.Error.Reason.ReplaceLineEndings(" ")}); events were deleted before they were read, or it is another cluster's store",
        _ => $"Kafka {_options.Servers}: topic {_topic} cannot be read ({_trouble.Last ?? e.Error.Reason.ReplaceLineEndings(" ")})",
    };
}
