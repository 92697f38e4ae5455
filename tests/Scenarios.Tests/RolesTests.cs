using Movc.TestKit;

namespace Movc.Scenarios.Tests;

/// <summary>The roles on librdkafka's mock cluster.</summary>
public sealed class RolesTests(PostgresTests.Server server) : RolesScenarios(server)
{
    protected override IKafkaCluster CreateCluster() => new MockKafka();
}
