using Movc.EventLog;
using Movc.TestKit;

namespace Movc.Scenarios.Tests;

/// <summary>The scenarios on librdkafka's mock cluster, and what only a cluster of the test's own can be made to be.</summary>
public sealed class KafkaTests : KafkaScenarios
{
    [Fact]
    public async Task Another_citys_topics_and_a_cluster_that_is_away_end_it_in_a_line()
    {
        using var workspace = new Workspace();
        using var other = new MockKafka();
        other.CreateTopic(Topics.VehicleEvents, 3);
        foreach (string topic in Topics.All.Skip(1)) other.CreateTopic(topic, Partitions);
        await using MovcProcess wrong = MovcProcess.Start([.. City.Arguments(workspace, 1), "--log", "kafka", "--kafka", other.Servers]);
        (await wrong.EndAsync()).Complaint(1).ShouldContain("has 3 partitions, this run needs 16");
        await using MovcProcess away = MovcProcess.Start([.. City.Arguments(workspace, 1), "--log", "kafka", "--kafka", "127.0.0.1:1"]);
        (await away.EndAsync()).Complaint(1).ShouldContain("Kafka 127.0.0.1:1: cannot be reached within 10 s");
    }

    protected override IKafkaCluster CreateCluster() => new MockKafka();
}
