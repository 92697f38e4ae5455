using Confluent.Kafka;

namespace Movc.EventLog.Kafka;

/// <summary>Settings of the clients, beside what the user gave.</summary>
internal static class KafkaSettings
{
    /// <summary>Longest record that a topic of ours takes.</summary>
    public const int MaxRecordBytes = 16 * 1024 * 1024;

    /// <summary>Makes a client.</summary>
    /// <exception cref="LogException">It refuses its settings, which may be the user's.</exception>
    public static T Build<T>(KafkaOptions options, Func<T> build)
    {
        try
        {
            return build();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or KafkaException)
        {
            throw new LogException($"Kafka {options.Servers}: the client refuses its settings ({e.Message.ReplaceLineEndings(" ")}); correct the settings file", e);
        }
    }

    public static ClientConfig Client(KafkaOptions options)
    {
        var config = new ClientConfig(new Dictionary<string, string>(options.Settings, StringComparer.Ordinal)) { BootstrapServers = options.Servers };
        config.ClientId ??= "movc";
        return config;
    }

    public static ProducerConfig Producer(KafkaOptions options) => new(Client(options))
    {
        // A retry inside the client must not store a record twice, nor two records in the wrong order.
        EnableIdempotence = true,
        Acks = Acks.All,
        LingerMs = 5,
        BatchNumMessages = 20_000,
        QueueBufferingMaxMessages = 200_000,
        QueueBufferingMaxKbytes = 256 * 1024,
        // Partitions are named by the caller, by murmur2 of the vehicle; this is for whoever copies the settings.
        Partitioner = Partitioner.Murmur2,
        // Where delivery cannot be confirmed the sender learns of it, instead of waiting for ever.
        MessageTimeoutMs = 120_000,
        // A shard's part of the fleet, or its setpoints of one interval, is one record.
        MessageMaxBytes = MaxRecordBytes,
        EnableDeliveryReports = true,
        DeliveryReportFields = "status",
    };

    /// <summary>A client that belongs to a group and reads nothing.</summary>
    public static ConsumerConfig Member(KafkaOptions options, string group)
    {
        var config = new ConsumerConfig(Client(options))
        {
            GroupId = group,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Latest,
            AllowAutoCreateTopics = false,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
            QueuedMaxMessagesKbytes = 1024,
            ConsumeResultFields = "none",
        };
        config.SessionTimeoutMs ??= (int)options.SessionTimeout.TotalMilliseconds;
        // Members learn of a rebalance by the answer to a heartbeat, and a hand-over takes two.
        config.HeartbeatIntervalMs ??= Math.Min(1000, config.SessionTimeoutMs.Value / 4);
        return config;
    }

    public static ConsumerConfig Consumer(KafkaOptions options, string group) => new(Client(options))
    {
        GroupId = group,
        // Offsets live in the reader's store, in one transaction with what was read.
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        // What is no longer there, or not yet, is an error: events must not be passed over in silence.
        AutoOffsetReset = AutoOffsetReset.Error,
        EnablePartitionEof = false,
        AllowAutoCreateTopics = false,
        IsolationLevel = IsolationLevel.ReadCommitted,
        FetchWaitMaxMs = 20,
        QueuedMaxMessagesKbytes = 16 * 1024,
        CheckCrcs = true,
        // Topic and timestamp of every record are known or not asked for.
        ConsumeResultFields = "headers",
    };
}
