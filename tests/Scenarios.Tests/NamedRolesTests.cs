using Movc.TestKit;

namespace Movc.Scenarios.Tests;

/// <summary>The roles, unchanged, on the cluster that MOVC_KAFKA names.</summary>
public sealed class NamedRolesTests(PostgresTests.Server server) : RolesScenarios(server)
{
    protected override IKafkaCluster CreateCluster() => NamedKafka.FromEnvironment() ?? throw NamedKafkaTests.Absent();
}
