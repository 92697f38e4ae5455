using System.Text.Json;
using Movc.EventLog;
using Movc.TestKit;

namespace Movc.Scenarios.Tests;

/// <summary>The same city over Kafka's protocol, the program as a child.</summary>
public abstract class KafkaScenarios : IAsyncLifetime
{
    protected const int Partitions = 16;
    private IKafkaCluster? _cluster;
    private Dictionary<string, string?> _environment = [];

    public ValueTask InitializeAsync()
    {
        _cluster = CreateCluster();
        foreach (string topic in Topics.All) _cluster.Prepare(topic, Partitions);
        _environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["MOVC_KAFKA"] = _cluster.Servers };
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _cluster?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>The cluster of one test; skips it where there is none.</summary>
    protected abstract IKafkaCluster CreateCluster();

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
        (await changed.EndAsync()).Complaint(2).ShouldContain($"log on Kafka \"{_cluster!.TopicPrefix}\": give --fresh");
        using var first = new Workspace();
        await using MovcProcess used = MovcProcess.Start(_environment, Arguments(first, 1));
        (await used.EndAsync()).Code.ShouldBe(0);
        // The same source, the same sequence numbers: its events would pass for this run's.
        using var second = new Workspace();
        await using MovcProcess anew = MovcProcess.Start(_environment, [.. Arguments(second, 1), "--fresh"]);
        (await anew.EndAsync()).Complaint(2).ShouldContain("holds another run's events and this run begins anew; give another --topic-prefix");
    }

    private string[] Arguments(Workspace workspace, int intervals) => [.. City.Arguments(workspace, intervals), "--log", "kafka", "--topic-prefix", _cluster!.TopicPrefix];
}
