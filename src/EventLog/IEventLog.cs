namespace Movc.EventLog;

/// <summary>
/// The port to the log that carries events, setpoints and plans between the parts: topics cut into partitions, ordered
/// within a partition, read by named groups from an offset. One partition = one shard = one writer.
/// </summary>
public interface IEventLog : IAsyncDisposable
{
    /// <summary>Partitions of every topic; never changes for the life of the data.</summary>
    int PartitionCount { get; }

    /// <summary>Whether records that were read stay there for the next reader; a log in memory ends with its process.</summary>
    bool OutlivesReaders { get; }

    /// <summary>A writer to the topic; use from one thread at a time.</summary>
    ILogProducer OpenProducer(string topic);

    /// <summary>A reader of one partition for a group, from an offset on.</summary>
    /// <param name="topic">One of <see cref="Topics"/>.</param>
    /// <param name="group">Readers of one group share the work; every group sees every record.</param>
    /// <param name="partition">0 to <see cref="PartitionCount"/> − 1.</param>
    /// <param name="fromOffset">The next offset to read, as the reader's own store has it, or <see cref="ILogConsumer.Earliest"/>.</param>
    ILogConsumer OpenConsumer(string topic, string group, int partition, long fromOffset);

    /// <summary>
    /// Runs a piece of work for every partition that falls to this process, for as long as it does: the members of a group share a
    /// topic's partitions, and a member that comes or goes moves some of them.
    /// </summary>
    /// <param name="topic">One of <see cref="Topics"/>.</param>
    /// <param name="group">Whose members share.</param>
    /// <param name="work">Given the partition and a token that fires when it must be given up; the partition goes to another member once the work has ended. It swallows its own cancellation.</param>
    /// <param name="cancellationToken">Leaves the group, after all work has ended.</param>
    /// <exception cref="LogException">The cluster refuses this member.</exception>
    /// <remarks>Throws what the first failing work threw, after the others were given up. A member that was cut off from the cluster may work on for a moment beside the partition's next owner: what it writes must be fenced.</remarks>
    Task ShareAsync(string topic, string group, Func<int, CancellationToken, Task> work, CancellationToken cancellationToken);
}
