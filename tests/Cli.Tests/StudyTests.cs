using System.Text.Json;

namespace Movc.Cli.Tests;

/// <summary><c>movc study</c>, <c>estimate</c> and <c>tracks</c> as a user calls them.</summary>
public class StudyTests
{
    [Theory]
    [InlineData("--preset", "paper-fig1", "paper-fig4 or")]
    [InlineData("--season", "monsoon", "spring, summer, fall, winter")]
    [InlineData("--season", "summer,1", "\"1\"")]
    [InlineData("--strategy", "none", "willing, vws, vwc, smart")]
    [InlineData("--gamma", "0.5,-1", "\"-1\"")]
    [InlineData("--gamma", "0.5,,1", "\"\"")]
    [InlineData("--satisfaction", "1.1", "numbers from 0 to 1")]
    [InlineData("--case", "lazy", "unconcerned")]
    [InlineData("--qc", "2", "numbers from 0 to 1")]
    [InlineData("--fleet", "0", "whole numbers from 1")]
    [InlineData("--lambda", "0.1", "0.105")]
    [InlineData("--sample", "0", "over 0")]
    [InlineData("--days", "43", "1 to 42")]
    [InlineData("--batches", "0", "3000 in the paper")]
    [InlineData("--fixed-share", null, "--batches")]
    [InlineData("--city", "atlantis", "known cities")]
    public async Task A_wrong_argument_of_a_study_is_refused_in_words_and_nothing_is_written(string option, string? value, string wanted)
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["study", option, .. value is null ? Array.Empty<string>() : [value], "--out", folder["s"], "--no-cache"];
        (await CommandLine.RunAsync(arguments)).Complaint(2).ShouldContain(wanted);
        Directory.Exists(folder["s"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("estimate --out x", "--sessions FILE")]
    [InlineData("estimate none.csv --out x", "none.csv")]
    [InlineData("estimate none.csv --out x --columns pilot=a", "user, time, lat, lon, end, duration")]
    [InlineData("estimate none.csv --out x --name My_City", "small letters")]
    [InlineData("estimate none.csv --out x --sessions-at work", "--sessions")]
    [InlineData("estimate --sessions none.csv --out x", "no such file")]
    [InlineData("estimate none.csv --out x --max-gap 0", "minutes over 0")]
    [InlineData("tracks --out x --users 0", "1 to 1000000")]
    [InlineData("tracks --out x --missing-fixes 1", "under 1")]
    public async Task A_wrong_argument_of_an_estimation_is_refused_in_words_and_nothing_is_written(string line, string wanted)
    {
        using var folder = new TemporaryFolder();
        (await CommandLine.RunAsync(line.Replace("--out x", $"--out {folder["x"]}", StringComparison.Ordinal).Split(' '))).Complaint(2).ShouldContain(wanted);
        Directory.Exists(folder["x"]).ShouldBeFalse();
    }

    [Fact]
    public async Task The_list_names_every_preset_with_its_points()
    {
        CommandLine.Said said = await CommandLine.RunAsync("study", "--list");
        said.Code.ShouldBe(ExitCode.Done);
        said.Out.Split('\n').Count(l => l.StartsWith("paper-fig", StringComparison.Ordinal)).ShouldBe(6);
        said.Out.ShouldContain("paper-fig6    16 points");
    }

    [Fact]
    public async Task A_preset_takes_other_values_and_json_is_what_the_folder_holds()
    {
        using var folder = new TemporaryFolder();
        CommandLine.Said said = await CommandLine.RunAsync("study", "--preset", "paper-fig6", "--season", "winter", "--gamma", "1,2", "--sample", "0.0005", "--days", "1", "--out", folder["s"], "--cache", folder["c"], "--json");
        said.Code.ShouldBe(ExitCode.Done, said.Error);
        JsonElement json = JsonDocument.Parse(said.Out).RootElement;
        json.GetProperty("study").GetString().ShouldBe("paper-fig6");
        json.GetProperty("points").EnumerateArray().Select(p => p.GetProperty("point").GetProperty("gamma").GetDouble()).ShouldBe([1, 2]);
        said.Out.ShouldBe(File.ReadAllText(Path.Combine(folder["s"], "results.json")));
        // Once more over an earlier study: replaced, from what was kept, the same.
        CommandLine.Said again = await CommandLine.RunAsync("study", "--preset", "paper-fig6", "--season", "winter", "--gamma", "1,2", "--sample", "0.0005", "--days", "1", "--out", folder["s"], "--cache", folder["c"], "--json");
        again.Out.ShouldBe(said.Out);
        File.ReadAllText(Path.Combine(folder["s"], "times.json")).ShouldContain("\"kept\"");
        // A folder of something else is left alone.
        Directory.CreateDirectory(folder["other"]);
        File.WriteAllText(Path.Combine(folder["other"], "mine.txt"), "mine");
        (await CommandLine.RunAsync("study", "--sample", "0.0005", "--days", "1", "--out", folder["other"], "--no-cache")).Complaint().ShouldContain("something else");
        File.Exists(Path.Combine(folder["other"], "mine.txt")).ShouldBeTrue();
    }

    [Fact]
    public async Task Tracks_are_estimated_into_a_city_that_a_study_takes()
    {
        using var folder = new TemporaryFolder();
        (await CommandLine.RunAsync("tracks", "--users", "30", "--weeks", "3", "--out", folder["t"])).Code.ShouldBe(ExitCode.Done);
        CommandLine.Said said = await CommandLine.RunAsync("estimate", Path.Combine(folder["t"], "points.csv"), "--out", folder["e"], "--name", "mine", "--fleet", "5000");
        said.Code.ShouldBe(ExitCode.Done, said.Error);
        said.Out.ShouldContain("n_w");
        (await CommandLine.RunAsync("city", "check", Path.Combine(folder["e"], "mine.json"))).Code.ShouldBe(ExitCode.Done);
        CommandLine.Said study = await CommandLine.RunAsync("study", "--city", Path.Combine(folder["e"], "mine.json"), "--sample", "0.05", "--days", "1", "--out", folder["s"], "--no-cache", "--json");
        study.Code.ShouldBe(ExitCode.Done, study.Error);
        JsonDocument.Parse(study.Out).RootElement.GetProperty("points")[0].GetProperty("point").GetProperty("fleet").GetInt32().ShouldBe(5000);
    }
}
