using System.Text.Json;
using Movc.EventLog;
using Movc.TestKit;

namespace Movc.Scenarios.Tests;

/// <summary>The same city over Kafka's protocol: librdkafka's mock cluster here, the program as a child.</summary>
public sealed class KafkaTests : IDisposable
{
    private const int Partitions = 16;
    private readonly MockKafka _cluster = new();
    private readonly Dictionary<string, string?> _environment;

    public KafkaTests()
    {
        // The mock knows no admin protocol, so the program must find its topics.
        foreach (string topic in Topics.All) _cluster.CreateTopic(topic, Partitions);
        _environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["MOVC_KAFKA"] = _cluster.Servers };
    }

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task A_city_over_Kafka_comes_to_the_same_as_one_in_memory()
    {
        using var workspace = new Workspace();
        await using MovcProcess movc = MovcProcess.Start(_environment, Arguments(workspace, City.Intervals));
        Outcome.Of(workspace, await movc.EndAsync()).ShouldEqual(await City.UndisturbedAsync());
    }

    [Fact]
    public async Task Killed_three_times_it_reads_on_where_its_store_stands()
    {
        using var workspace = new Workspace();
        foreach (int plans in (int[])[1, 4, 7])
        {
            await using MovcProcess movc = MovcProcess.Start(_environment, Arguments(workspace, workspace.LeftOf(City.Intervals)));
            await workspace.Stored.PlansAsync(movc, plans);
            await movc.KillAsync();
        }
        await using MovcProcess last = MovcProcess.Start(_environment, Arguments(workspace, workspace.LeftOf(City.Intervals)));
        Ended ended = await last.EndAsync();
        JsonElement summary = ended.Summary();
        summary.GetProperty("resumed").GetBoolean().ShouldBeTrue();
        Outcome.Of(workspace, ended).ShouldEqual(await City.UndisturbedAsync());
    }

    [Fact]
    public async Task Another_runs_log_is_never_taken_for_this_ones()
    {
        using var inMemory = new Workspace();
        (await MovcProcess.RunAsync(City.Arguments(inMemory, 1))).Code.ShouldBe(0);
        // Offsets of the log in memory mean nothing on Kafka.
        await using MovcProcess changed = MovcProcess.Start(_environment, Arguments(inMemory, 1));
        (await changed.EndAsync()).Complaint(2).ShouldContain("log on Kafka \"\": give --fresh");
        using var first = new Workspace();
        await using MovcProcess used = MovcProcess.Start(_environment, Arguments(first, 1));
        (await used.EndAsync()).Code.ShouldBe(0);
        // The same source, the same sequence numbers: its events would pass for this run's.
        using var second = new Workspace();
        await using MovcProcess anew = MovcProcess.Start(_environment, [.. Arguments(second, 1), "--fresh"]);
        (await anew.EndAsync()).Complaint(2).ShouldContain("holds another run's events and this run begins anew; give another --topic-prefix");
    }

    [Fact]
    public async Task Another_citys_topics_and_a_cluster_that_is_away_end_it_in_a_line()
    {
        using var workspace = new Workspace();
        using var other = new MockKafka();
        other.CreateTopic(Topics.VehicleEvents, 3);
        foreach (string topic in Topics.All.Skip(1)) other.CreateTopic(topic, Partitions);
        await using MovcProcess wrong = MovcProcess.Start([.. Arguments(workspace, 1), "--kafka", other.Servers]);
        (await wrong.EndAsync()).Complaint(1).ShouldContain("has 3 partitions, this run needs 16");
        await using MovcProcess away = MovcProcess.Start([.. Arguments(workspace, 1), "--kafka", "127.0.0.1:1"]);
        (await away.EndAsync()).Complaint(1).ShouldContain("Kafka 127.0.0.1:1: cannot be reached within 10 s");
    }

    private static string[] Arguments(Workspace workspace, int intervals) => [.. City.Arguments(workspace, intervals), "--log", "kafka"];
}
