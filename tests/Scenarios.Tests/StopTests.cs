using System.Text.Json;

namespace Movc.Scenarios.Tests;

public class StopTests
{
    [Theory]
    [InlineData(MovcProcess.Terminate, 2)]
    [InlineData(MovcProcess.Interrupt, 4)]
    public async Task A_signal_ends_a_run_well_and_the_next_goes_on_from_there(int signal, int plans)
    {
        using var workspace = new Workspace();
        await using (MovcProcess movc = MovcProcess.Start(City.Arguments(workspace, City.Intervals, "1200")))
        {
            await workspace.Stored.PlansAsync(movc, plans);
            // Into the middle of an interval, which lasts half a second.
            await Task.Delay(250, TestContext.Current.CancellationToken);
            movc.Signal(signal);
            JsonElement summary = (await movc.EndAsync()).Summary();
            summary.GetProperty("ended").GetString().ShouldBe("stopped");
            summary.GetProperty("stored").GetInt64().ShouldBe(workspace.Stored.EventCount);
            summary.GetProperty("intervals").GetArrayLength().ShouldBe(workspace.Stored.Plans.Count);
        }
        int left = workspace.LeftOf(City.Intervals);
        left.ShouldBeInRange(1, City.Intervals - plans + 1);
        Outcome.Of(workspace, await MovcProcess.RunAsync(City.Arguments(workspace, left))).ShouldEqual(await City.UndisturbedAsync());
    }

    [Fact]
    public async Task A_signal_while_the_city_is_being_set_up_is_no_failure()
    {
        using var workspace = new Workspace();
        string[] arguments = ["run", "--vehicles", "100000", "--no-page", "--intervals", "1", "--data", workspace.Data];
        await using MovcProcess movc = MovcProcess.Start(arguments);
        await workspace.Stored.FileAsync(movc, "movc.lock");
        movc.Signal(MovcProcess.Interrupt);
        Ended ended = await movc.EndAsync();
        ended.Code.ShouldBe(0, ended.Error);
        (ended.Out + ended.Error).ShouldContain("stopped");
        ended.Error.ShouldNotContain("fault");
        ended.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_solve_that_is_interrupted_ends_with_1_and_leaves_nothing_half_written()
    {
        using var workspace = new Workspace();
        string result = Path.Combine(workspace.Data, "result"), instance = Path.Combine(workspace.Data, "instance");
        Directory.CreateDirectory(workspace.Data);
        await using MovcProcess movc = MovcProcess.Start(
            "solve", "--synthetic", "--vehicles", "200000", "--slots", "432", "--out", result, "--write-instance", instance);
        // Into the writing of the instance: its folder stands beside its name until it is whole.
        while (!movc.HasExited && Directory.GetDirectories(workspace.Data).Length == 0) await Task.Delay(20, TestContext.Current.CancellationToken);
        movc.Signal(MovcProcess.Interrupt);
        Ended ended = await movc.EndAsync();
        ended.Code.ShouldBe(1, ended.Error);
        ended.Error.ShouldNotContain("   at ");
        Directory.Exists(result).ShouldBeFalse();
        Directory.GetFileSystemEntries(workspace.Data).Where(e => !string.Equals(e, instance, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact(Timeout = 90_000)]
    public async Task A_run_held_at_its_end_keeps_the_page_until_it_is_told_to_end()
    {
        using var workspace = new Workspace();
        await using MovcProcess movc = MovcProcess.Start(
            "run", "--vehicles", "50", "--intervals", "1", "--speed", "max", "--data", workspace.Data, "--hold", "--listen", "127.0.0.1:0", "--json");
        Uri page = await movc.PageAsync();
        using var http = new HttpClient { BaseAddress = page };
        string state;
        do
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            using JsonDocument health = JsonDocument.Parse(await http.GetStringAsync(new Uri("/api/v1/health", UriKind.Relative), TestContext.Current.CancellationToken));
            state = health.RootElement.GetProperty("sourceState").GetString()!;
        }
        while (state is "running");
        state.ShouldBe("finished");
        movc.Signal(MovcProcess.Terminate);
        (await movc.EndAsync()).Summary().GetProperty("ended").GetString().ShouldBe("finished");
    }
}
