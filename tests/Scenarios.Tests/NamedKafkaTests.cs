using Movc.TestKit;

namespace Movc.Scenarios.Tests;

/// <summary>The same scenarios, unchanged, on the cluster that MOVC_KAFKA names.</summary>
public sealed class NamedKafkaTests : KafkaScenarios
{
    protected override IKafkaCluster CreateCluster() => NamedKafka.FromEnvironment() ?? throw Absent();

    internal static Exception Absent()
    {
        Assert.Skip("needs MOVC_KAFKA, the address of a Kafka cluster");
        return new InvalidOperationException("skipped");
    }
}
