using Confluent.Kafka;

namespace Movc.TestKit;

/// <summary>The cluster that MOVC_KAFKA names. Topics are the program's to make, under a prefix of this test, and are deleted after it.</summary>
public sealed class NamedKafka : IKafkaCluster
{
    private NamedKafka(string servers) => Servers = servers;

    /// <inheritdoc/>
    public string Servers { get; }

    /// <inheritdoc/>
    public string TopicPrefix { get; } = $"movc-test-{Guid.CreateVersion7():N}-";

    /// <summary>The cluster, or null where none is named.</summary>
    public static NamedKafka? FromEnvironment() =>
        Environment.GetEnvironmentVariable("MOVC_KAFKA") is { Length: > 0 } servers ? new NamedKafka(servers) : null;

    /// <summary>A broker's group.min.session.timeout.ms as it comes.</summary>
    public TimeSpan ShortestSession => TimeSpan.FromSeconds(6);

    /// <inheritdoc/>
    public void Prepare(string topic, int partitions)
    {
    }

    public void Dispose()
    {
        using IAdminClient admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Servers }).SetLogHandler((_, _) => { }).Build();
        string[] topics = [.. admin.GetMetadata(TimeSpan.FromSeconds(10)).Topics.Select(t => t.Topic).Where(t => t.StartsWith(TopicPrefix, StringComparison.Ordinal))];
        if (topics.Length > 0) admin.DeleteTopicsAsync(topics).GetAwaiter().GetResult();
    }
}
