using Confluent.Kafka;
using Movc.EventLog.Records;

namespace Movc.EventLog.Kafka;

/// <summary>Writes batches to one topic; counts what the cluster has not confirmed yet.</summary>
internal sealed class KafkaProducer : ILogProducer, IDisposable
{
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly string _topic;
    private readonly int _partitions;
    private readonly KafkaTrouble _trouble = new();
    private readonly Action<DeliveryReport<byte[], byte[]>> _delivered;
    private readonly Lock _lock = new();
    private long _sent;
    private long _confirmed;
    private Exception? _failure;
    private TaskCompletionSource? _flushed;
    private long _flushAt;

    public KafkaProducer(KafkaOptions options, string topic)
    {
        _topic = topic;
        _partitions = options.Partitions;
        _delivered = Delivered;
        _producer = KafkaSettings.Build(options, () => new ProducerBuilder<byte[], byte[]>(KafkaSettings.Producer(options)).SetErrorHandler((_, e) => Failed(e)).SetLogHandler((_, _) => { }).Build());
    }

    public async ValueTask SendAsync(int partition, RecordBatch batch, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(partition, _partitions);
        ThrowIfFailed();
        var target = new TopicPartition(_topic, partition);
        Message<byte[], byte[]>[] messages = Messages(batch);
        LogMetrics.Sent.Add(messages.Length, new KeyValuePair<string, object?>("topic", _topic));
        foreach (Message<byte[], byte[]> message in messages)
        {
            while (true)
            {
                Interlocked.Increment(ref _sent);
                try
                {
                    _producer.Produce(target, message, _delivered);
                    break;
                }
                catch (ProduceException<byte[], byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
                {
                    // Back-pressure: the cluster takes less than we send.
                    Interlocked.Decrement(ref _sent);
                    await Task.Delay(5, cancellationToken);
                    ThrowIfFailed();
                }
                catch (KafkaException e)
                {
                    Interlocked.Decrement(ref _sent);
                    throw new LogException($"topic {_topic}: a record was refused ({e.Error.Reason.ReplaceLineEndings(" ")})", e);
                }
                catch (ObjectDisposedException)
                {
                    throw new LogClosedException("the log has ended");
                }
            }
        }
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Task flushed;
        lock (_lock)
        {
            ThrowIfFailed();
            _flushAt = Interlocked.Read(ref _sent);
            if (_confirmed >= _flushAt) return;
            _flushed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            flushed = _flushed.Task;
        }
        await flushed.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _failure ??= new LogClosedException("the log has ended");
            _flushed?.TrySetException(_failure);
        }
        try
        {
            _producer.Flush(TimeSpan.FromSeconds(5));
        }
        catch (KafkaException)
        {
            // What was not confirmed was not confirmed; whoever waited for it was told.
        }
        _producer.Dispose();
    }

    private static Message<byte[], byte[]>[] Messages(RecordBatch batch)
    {
        var messages = new Message<byte[], byte[]>[batch.Count];
        int n = 0;
        foreach (LogRecord record in batch)
        {
            var headers = new Headers();
            for (HeaderEnumerator header = record.Headers; header.MoveNext();) headers.Add(KafkaNames.Of(header.Name), header.Value.ToArray());
            messages[n++] = new Message<byte[], byte[]> { Key = record.Key.ToArray(), Value = record.Value.ToArray(), Headers = headers };
        }
        return messages;
    }

    private void Delivered(DeliveryReport<byte[], byte[]> report)
    {
        if (report.Error.IsError)
        {
            Fail(new LogException($"topic {_topic}: a record was not taken ({_trouble.Last ?? report.Error.Reason}); what was sent since may be missing"));
            return;
        }
        lock (_lock)
        {
            if (++_confirmed < _flushAt || _flushed is null) return;
            _flushed.TrySetResult();
            _flushed = null;
        }
    }

    private void Failed(Error error)
    {
        _trouble.Note(error);
        if (error.IsFatal) Fail(new LogException($"topic {_topic}: {error.Reason.ReplaceLineEndings(" ")}"));
    }

    private void Fail(Exception failure)
    {
        lock (_lock)
        {
            _failure ??= failure;
            _flushed?.TrySetException(_failure);
        }
    }

    private void ThrowIfFailed()
    {
        if (Volatile.Read(ref _failure) is { } failure) throw failure;
    }
}
