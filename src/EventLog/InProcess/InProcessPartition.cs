using Movc.EventLog.Records;

namespace Movc.EventLog.InProcess;

/// <summary>One partition of one topic: its next offset, and a bounded queue for each group that reads it.</summary>
internal sealed class InProcessPartition
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _order = new(1, 1);
    private readonly List<(long Offset, TaskCompletionSource Done)> _waiters = [];
    private volatile InProcessConsumer[] _groups = [];
    private long _nextOffset;
    private bool _completed;
    private bool _hadReader;

    public long NextOffset => Volatile.Read(ref _nextOffset);

    public InProcessConsumer Open(string group, long fromOffset, int capacityBatches)
    {
        lock (_lock)
        {
            if (_groups.Any(g => string.Equals(g.Group, group, StringComparison.Ordinal)))
                throw new InvalidOperationException($"group {group} reads this partition already");
            // A fresh log takes its offsets up where the reader's store stands, so that offsets never run backward over restarts.
            if (_nextOffset < fromOffset) _nextOffset = fromOffset;
            var consumer = new InProcessConsumer(this, group, fromOffset, capacityBatches);
            if (_completed) consumer.Complete();
            _groups = [.. _groups, consumer];
            _hadReader = true;
            return consumer;
        }
    }

    public async ValueTask SendAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        // One sender at a time: offsets are given in the order in which batches enter every queue.
        await _order.WaitAsync(cancellationToken);
        try
        {
            InProcessConsumer[] groups = _groups;
            if (groups.Length == 0 && _hadReader) throw new LogClosedException("the reader of this partition has stopped");
            // Only this sender fills the queues, so room that was there stays: every group gets the batch or, when the wait is given up, none.
            foreach (InProcessConsumer group in groups) await group.WaitForRoomAsync(cancellationToken);
            var consumed = new ConsumedBatch(_nextOffset, batch);
            bool taken = groups.Length == 0;
            foreach (InProcessConsumer group in groups) taken |= group.TryEnqueue(consumed);
            // Whoever asked to end must see that, not its consequence.
            if (!taken) cancellationToken.ThrowIfCancellationRequested();
            if (!taken) throw new LogClosedException("the reader of this partition has stopped, or the log has ended");
            Volatile.Write(ref _nextOffset, consumed.NextOffset);
        }
        finally
        {
            _order.Release();
        }
    }

    public Task WhenAcknowledged(long offset)
    {
        lock (_lock)
        {
            if (_hadReader && _groups.Length == 0)
                return Task.FromException(new LogClosedException("the reader of this partition stopped before the records were durable"));
            if (Acknowledged() >= offset) return Task.CompletedTask;
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((offset, done));
            return done.Task;
        }
    }

    public void OnAcknowledged()
    {
        lock (_lock)
        {
            long acknowledged = Acknowledged();
            for (int i = _waiters.Count - 1; i >= 0; i--)
            {
                if (_waiters[i].Offset > acknowledged) continue;
                _waiters[i].Done.TrySetResult();
                _waiters.RemoveAt(i);
            }
        }
    }

    public void Close(InProcessConsumer consumer)
    {
        lock (_lock)
        {
            _groups = [.. _groups.Where(g => g != consumer)];
            if (_groups.Length == 0)
            {
                foreach ((_, TaskCompletionSource done) in _waiters)
                    done.TrySetException(new LogClosedException("the reader of this partition stopped before the records were durable"));
                _waiters.Clear();
                return;
            }
        }
        OnAcknowledged();
    }

    public void Complete()
    {
        lock (_lock)
        {
            _completed = true;
            foreach (InProcessConsumer group in _groups) group.Complete();
        }
    }

    private long Acknowledged() => _groups.Length == 0 ? long.MaxValue : _groups.Min(g => g.Acknowledged);
}
