using System.Globalization;

namespace Movc.Scenarios.Tests;

public class KillTests
{
    /// <summary>Longest wait between the moment that is waited for and the kill, ms: about two intervals of the small city.</summary>
    private const int LatestMs = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_city_killed_three_times_comes_to_the_same_as_one_left_alone(int seed)
    {
        var random = new Random(seed);
        using var workspace = new Workspace();
        foreach (int plans in (int[])[1 + random.Next(2), 4 + random.Next(2), 7 + random.Next(2)])
        {
            await using MovcProcess movc = MovcProcess.Start(City.Arguments(workspace, workspace.LeftOf(City.Intervals)));
            await workspace.Stored.PlansAsync(movc, plans);
            await Task.Delay(random.Next(LatestMs), TestContext.Current.CancellationToken);
            await movc.KillAsync();
        }
        Ended ended = await MovcProcess.RunAsync(City.Arguments(workspace, workspace.LeftOf(City.Intervals)));
        ended.Summary().GetProperty("resumed").GetBoolean().ShouldBeTrue();
        Outcome.Of(workspace, ended).ShouldEqual(await City.UndisturbedAsync());
    }

    /// <summary>Anywhere from the first instruction on: MOVC_KILLS says how often, a few times by default. After every fifth a refold proves what is there.</summary>
    [Fact]
    public async Task Killed_at_random_instants_again_and_again_nothing_is_lost_or_doubled()
    {
        const int Intervals = 60;
        int kills = int.Parse(Environment.GetEnvironmentVariable("MOVC_KILLS") ?? "6", CultureInfo.InvariantCulture);
        using var alone = new Workspace();
        Outcome undisturbed = Outcome.Of(alone, await MovcProcess.RunAsync(City.Arguments(alone, Intervals)));
        var random = new Random(17);
        for (int done = 0; done < kills;)
        {
            using var workspace = new Workspace();
            for (int left = Intervals; left > 0 && done < kills; done++)
            {
                await using MovcProcess movc = MovcProcess.Start(City.Arguments(workspace, left));
                await Task.Delay(random.Next(1800), TestContext.Current.CancellationToken);
                await movc.KillAsync();
                left = File.Exists(Path.Combine(workspace.Data, "city.json")) ? workspace.LeftOf(Intervals) : Intervals;
                if (done % 5 == 4 && workspace.Stored.EventCount > 0) (await MovcProcess.RunAsync("rebuild", "--data", workspace.Data)).Code.ShouldBe(0);
            }
            int rest = workspace.LeftOf(Intervals);
            Ended ended = await MovcProcess.RunAsync(City.Arguments(workspace, Math.Max(1, rest)));
            if (rest > 0) Outcome.Of(workspace, ended).ShouldEqual(undisturbed);
            // All of it was done already: the run went on an interval beyond, up to which nothing may be otherwise.
            else workspace.Stored.Plans.Take(Intervals).ShouldBe(undisturbed.Plans);
        }
    }

    [Fact]
    public async Task Between_a_plan_and_its_setpoints_nothing_is_lost()
    {
        using var workspace = new Workspace();
        foreach (int plans in (int[])[1, 3, 6])
        {
            await using MovcProcess movc = MovcProcess.Start(City.Arguments(workspace, workspace.LeftOf(City.Intervals)));
            await workspace.Stored.PlansAsync(movc, plans);
            await movc.KillAsync();
        }
        Ended ended = await MovcProcess.RunAsync(City.Arguments(workspace, workspace.LeftOf(City.Intervals)));
        Outcome.Of(workspace, ended).ShouldEqual(await City.UndisturbedAsync());
    }

    [Fact]
    public async Task Killed_while_the_first_facts_are_taken_in_a_city_starts_as_if_nothing_had_been()
    {
        const int Vehicles = 20_000, Intervals = 2;
        using var alone = new Workspace();
        Outcome undisturbed = Outcome.Of(alone, await MovcProcess.RunAsync(City.Arguments(alone, Vehicles, Intervals, "max")));
        using var workspace = new Workspace();
        var random = new Random(3);
        var moments = new Func<MovcProcess, Task>[]
        {
            movc => workspace.Stored.FileAsync(movc, "movc.lock"),
            movc => workspace.Stored.FileAsync(movc, "twin.db"),
            workspace.Stored.EventsAsync,
            async movc =>
            {
                await workspace.Stored.EventsAsync(movc);
                await Task.Delay(random.Next(LatestMs), TestContext.Current.CancellationToken);
            },
        };
        foreach (Func<MovcProcess, Task> momentAsync in moments)
        {
            await using MovcProcess movc = MovcProcess.Start(City.Arguments(workspace, Vehicles, Intervals, "max"));
            await momentAsync(movc);
            await movc.KillAsync();
        }
        Ended ended = await MovcProcess.RunAsync(City.Arguments(workspace, Vehicles, workspace.LeftOf(Intervals), "max"));
        Outcome.Of(workspace, ended).ShouldEqual(undisturbed);
    }

    [Fact]
    public async Task A_killed_replay_started_again_with_the_same_arguments_ends_as_if_left_alone()
    {
        static string[] Arguments(Workspace workspace) =>
        [
            "replay", "--sessions", Workspace.Repository("examples", "sessions-small.csv"), "--load", Workspace.Repository("examples", "load-small.csv"),
            "--from", "2024-03-25", "--clone", "3", "--seed", "5", "--speed", "max", "--data", workspace.Data, "--no-page", "--json",
        ];
        using var alone = new Workspace();
        Outcome undisturbed = Outcome.Of(alone, await MovcProcess.RunAsync(Arguments(alone)));
        undisturbed.Plans.Count.ShouldBeGreaterThan(30);
        undisturbed.DeadLetters.ShouldNotBeEmpty();
        using var workspace = new Workspace();
        var random = new Random(4);
        foreach (int plans in (int[])[1, 8 + random.Next(4), 20 + random.Next(8)])
        {
            await using MovcProcess movc = MovcProcess.Start(Arguments(workspace));
            await workspace.Stored.PlansAsync(movc, plans);
            await Task.Delay(random.Next(LatestMs), TestContext.Current.CancellationToken);
            await movc.KillAsync();
        }
        Outcome.Of(workspace, await MovcProcess.RunAsync(Arguments(workspace))).ShouldEqual(undisturbed);
    }
}
