using Movc.EventLog.Records;

namespace Movc.EventLog;

/// <summary>Writes record batches to a topic.</summary>
public interface ILogProducer
{
    /// <summary>Hands a batch over to a partition; waits while the partition is full (back-pressure). The batch belongs to the log afterwards.</summary>
    ValueTask SendAsync(int partition, RecordBatch batch, CancellationToken cancellationToken);

    /// <summary>Completes once everything sent so far is durable.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
