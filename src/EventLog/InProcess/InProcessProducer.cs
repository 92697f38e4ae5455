using Movc.EventLog.Records;

namespace Movc.EventLog.InProcess;

internal sealed class InProcessProducer(Func<int, InProcessPartition> partitions) : ILogProducer
{
    private readonly SortedDictionary<int, InProcessPartition> _used = [];

    public ValueTask SendAsync(int partition, RecordBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0) return ValueTask.CompletedTask;
        if (!_used.TryGetValue(partition, out InProcessPartition? target))
        {
            target = partitions(partition);
            _used.Add(partition, target);
        }
        return target.SendAsync(batch, cancellationToken);
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        foreach (InProcessPartition partition in _used.Values)
            await partition.WhenAcknowledged(partition.NextOffset).WaitAsync(cancellationToken);
    }
}
