using Movc.Conformance;
using Movc.EventLog.Kafka;

namespace Movc.EventLog.Tests.Kafka;

/// <summary>The same suite, unchanged, on the cluster that MOVC_KAFKA names: topics of its own, made by Kafka's admin protocol.</summary>
public sealed class NamedKafkaLogTests : DurableLogConformance
{
    private readonly string _prefix = $"movc-test-{Guid.CreateVersion7():N}-";

    protected override async ValueTask<IEventLog> CreateLogAsync(int partitions, int capacityBatches = 64)
    {
        string? servers = Environment.GetEnvironmentVariable("MOVC_KAFKA");
        if (string.IsNullOrEmpty(servers)) Assert.Skip("needs MOVC_KAFKA, the address of a Kafka cluster");
        return await KafkaEventLog.OpenAsync(new KafkaOptions { Servers = servers, Partitions = partitions, CapacityBatches = capacityBatches, TopicPrefix = _prefix }, null, Token);
    }

    protected override ValueTask<IEventLog> ReopenAsync(int partitions, int capacityBatches = 64) => CreateLogAsync(partitions, capacityBatches);
}
