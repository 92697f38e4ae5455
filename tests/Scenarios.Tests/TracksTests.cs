using System.Text.Json;

namespace Movc.Scenarios.Tests;

/// <summary>Recorded trajectories replayed.</summary>
public class TracksTests
{
    [Fact]
    public async Task Trajectories_become_a_city_that_drives_plugs_in_and_is_dispatched_the_same_at_any_speed()
    {
        using var workspace = new Workspace();
        string tracks = workspace.Data + "-tracks";
        (await MovcProcess.RunAsync("tracks", "--users", "30", "--weeks", "3", "--out", tracks)).Code.ShouldBe(0);
        string points = Path.Combine(tracks, "points.csv");
        JsonElement? first = null;
        foreach (string speed in new[] { "max", "36000" })
        {
            JsonElement run = (await MovcProcess.RunAsync("replay", "--tracks", points, "--speed", speed, "--intervals", "200", "--no-page", "--json")).Summary();
            run.GetProperty("mode").GetString().ShouldBe("replay");
            run.GetProperty("deadLettered").GetInt32().ShouldBe(0, run.GetProperty("deadLettersByReason").GetRawText());
            run.GetProperty("departures").GetInt32().ShouldBeGreaterThan(10);
            run.GetProperty("vehicles").GetInt32().ShouldBeInRange(25, 30);
            run.GetProperty("assumptions").EnumerateArray().Select(a => a.GetString()!).ShouldContain(a => a.StartsWith("[G] recorded drivers", StringComparison.Ordinal));
            run.GetProperty("intervals").EnumerateArray().ShouldAllBe(i => i.GetProperty("auditFindings").GetInt32() == 0);
            run.GetProperty("stateHash").GetString().ShouldBe((first ?? run).GetProperty("stateHash").GetString());
            first ??= run;
        }
        // From a later day: who was seen before stands where it was.
        JsonElement later = (await MovcProcess.RunAsync("replay", "--tracks", points, "--from", Day(first!.Value), "--speed", "max", "--intervals", "30", "--no-page", "--json", "--data", workspace.Data)).Summary();
        later.GetProperty("deadLettered").GetInt32().ShouldBe(0, later.GetProperty("deadLettersByReason").GetRawText());
        JsonElement state = (await MovcProcess.RunAsync("state", "--data", workspace.Data, "--json")).Summary();
        state.GetProperty("city").GetProperty("plugged").GetInt32().ShouldBeGreaterThan(5);
        state.GetProperty("city").GetProperty("vehicleQuality").GetProperty("measured").GetDouble().ShouldBeGreaterThan(0);

        foreach ((string[] wrong, string words) in new (string[], string)[]
        {
            (["replay", "--tracks", points + "-no"], "points.csv-no"),
            (["replay", "--tracks", points, "--from", "2099-01-01"], "give a day not after it"),
            (["replay", "--tracks", points, "--to", "2022-07-20"], "give --intervals"),
            (["replay", "--tracks", points, "--city", "atlantis"], "atlantis"),
        })
        {
            Ended refused = await MovcProcess.RunAsync(wrong);
            refused.Code.ShouldBe(2, refused.Error);
            refused.Error.ShouldContain(words);
        }
    }

    /// <summary>The local day on which a run ended.</summary>
    private static string Day(JsonElement run) => run.GetProperty("at").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
