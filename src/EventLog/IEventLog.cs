namespace Movc.EventLog;

/// <summary>
/// The port to the log that carries events, setpoints and plans between the parts: topics cut into partitions, ordered
/// within a partition, read by named groups from an offset. One partition = one shard = one writer.
/// </summary>
public interface IEventLog : IAsyncDisposable
{
    /// <summary>Partitions of every topic; never changes for the life of the data.</summary>
    int PartitionCount { get; }

    /// <summary>A writer to the topic; use from one thread at a time.</summary>
    ILogProducer OpenProducer(string topic);

    /// <summary>A reader of one partition for a group, from an offset on.</summary>
    /// <param name="topic">One of <see cref="Topics"/>.</param>
    /// <param name="group">Readers of one group share the work; every group sees every record.</param>
    /// <param name="partition">0 to <see cref="PartitionCount"/> − 1.</param>
    /// <param name="fromOffset">The next offset to read, as the reader's own store has it, or <see cref="ILogConsumer.Earliest"/>.</param>
    ILogConsumer OpenConsumer(string topic, string group, int partition, long fromOffset);
}
