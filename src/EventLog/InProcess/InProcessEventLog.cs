using System.Collections.Concurrent;

namespace Movc.EventLog.InProcess;

/// <summary>
/// The log inside one process: a bounded queue a group and partition, acknowledged once its readers made the records durable.
/// It keeps nothing on disk: after a crash the sources send again from what the twin's store holds, and offsets go on from there.
/// A record is kept only for groups that are open when it is sent.
/// </summary>
public sealed class InProcessEventLog : IEventLog
{
    private readonly ConcurrentDictionary<(string Topic, int Partition), InProcessPartition> _partitions = new();
    private readonly int _capacityBatches;
    private volatile bool _completed;

    /// <param name="partitionCount">Partitions of every topic, 1 to 1,024.</param>
    /// <param name="capacityBatches">Batches that may wait in one partition for one group.</param>
    public InProcessEventLog(int partitionCount, int capacityBatches = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(partitionCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(partitionCount, 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityBatches, 1);
        PartitionCount = partitionCount;
        _capacityBatches = capacityBatches;
    }

    public int PartitionCount { get; }

    /// <inheritdoc/>
    public bool OutlivesReaders => false;

    public ILogProducer OpenProducer(string topic) => new InProcessProducer(partition => Partition(topic, partition));

    public ILogConsumer OpenConsumer(string topic, string group, int partition, long fromOffset) =>
        Partition(topic, partition).Open(group, Math.Max(0, fromOffset), _capacityBatches);

    /// <summary>There is no other process: every partition is this one's.</summary>
    /// <inheritdoc/>
    public async Task ShareAsync(string topic, string group, Func<int, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        async Task RunAsync(int partition)
        {
            try
            {
                await work(partition, end.Token);
            }
            catch
            {
                await end.CancelAsync();
                throw;
            }
        }
        await Task.WhenAll(Enumerable.Range(0, PartitionCount).Select(p => Task.Run(() => RunAsync(p), CancellationToken.None)));
    }

    /// <summary>No more records: readers see the end after what is left.</summary>
    public void Complete()
    {
        _completed = true;
        foreach (InProcessPartition partition in _partitions.Values) partition.Complete();
    }

    public ValueTask DisposeAsync()
    {
        Complete();
        return ValueTask.CompletedTask;
    }

    private InProcessPartition Partition(string topic, int partition)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(partition, PartitionCount);
        InProcessPartition found = _partitions.GetOrAdd((topic, partition), static _ => new InProcessPartition());
        // One that is first asked for after the end has ended too; asked again after adding it, so that none slips between.
        if (_completed) found.Complete();
        return found;
    }
}
