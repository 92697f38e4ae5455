namespace Movc.EventLog.Kafka;

/// <summary>How a Kafka cluster is reached and used.</summary>
public sealed record KafkaOptions
{
    /// <summary>host:port, several parted by commas.</summary>
    public required string Servers { get; init; }

    /// <summary>Partitions of every topic; never changed for the life of the data.</summary>
    public required int Partitions { get; init; }

    /// <summary>Put before every topic's name, so that several cities share a cluster.</summary>
    public string TopicPrefix { get; init; } = string.Empty;

    /// <summary>Further settings in librdkafka's names, as security.protocol or sasl.username.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Batches that may wait in one partition for its reader; then the partition is paused.</summary>
    public int CapacityBatches { get; init; } = 64;

    /// <summary>How long a member of a group may be silent before its partitions go to others.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a member may take to finish with a partition that it must give up; afterwards the next owner begins, and the store's fence decides.</summary>
    public TimeSpan HandOverTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the cluster may take to answer when it is opened.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}
