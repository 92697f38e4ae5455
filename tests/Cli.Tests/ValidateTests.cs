using System.Text.Json;

namespace Movc.Cli.Tests;

/// <summary><c>movc validate</c> as a user calls it.</summary>
public class ValidateTests
{
    private static readonly string Shenzhen = Path.Combine(AppContext.BaseDirectory, "shenzhen.json");

    [Fact]
    public async Task Shenzhen_meets_its_published_figures()
    {
        CommandLine.Said said = await CommandLine.RunAsync("validate", "--vehicles", "20000", "--seed", "11", "--json");
        JsonElement report = JsonDocument.Parse(said.Out).RootElement;
        foreach (JsonElement result in report.GetProperty("results").EnumerateArray()) result.GetProperty("passes").GetBoolean().ShouldBeTrue(result.ToString());
        said.Code.ShouldBe(ExitCode.Done, said.Error);
        report.GetProperty("results").GetArrayLength().ShouldBeGreaterThan(10);
        report.GetProperty("assumptions").EnumerateArray().ShouldAllBe(a => a.GetString()!.StartsWith("[G] "));
    }

    [Theory]
    [InlineData("beijing")]
    [InlineData("shanghai")]
    [InlineData("guangzhou")]
    public async Task The_other_cities_meet_theirs(string city)
    {
        CommandLine.Said said = await CommandLine.RunAsync("validate", "--city", city, "--vehicles", "8000", "--seed", "11", "--json");
        JsonElement report = JsonDocument.Parse(said.Out).RootElement;
        foreach (JsonElement result in report.GetProperty("results").EnumerateArray()) result.GetProperty("passes").GetBoolean().ShouldBeTrue(result.ToString());
        said.Code.ShouldBe(ExitCode.Done, said.Error);
        report.GetProperty("results").EnumerateArray().Count(r => r.GetProperty("quantity").GetString()!.StartsWith("kmPerDay", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task The_report_is_the_same_for_any_number_of_threads()
    {
        string one = (await CommandLine.RunAsync("validate", "--vehicles", "9000", "--threads", "1", "--json")).Out;
        (await CommandLine.RunAsync("validate", "--vehicles", "9000", "--threads", "3", "--json")).Out.ShouldBe(one);
    }

    [Fact]
    public async Task A_missed_target_is_named_and_ends_with_exit_code_1()
    {
        using var folder = new TemporaryFolder();
        string file = folder["faster.json"];
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(Shenzhen, TestContext.Current.CancellationToken)).Replace("\"otherDistance\": { \"value\": 5.5", "\"otherDistance\": { \"value\": 9.5", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        CommandLine.Said said = await CommandLine.RunAsync("validate", "--city", file, "--vehicles", "2000");
        said.Code.ShouldBe(ExitCode.Failed);
        said.Out.Split('\n').ShouldContain(line => line.Contains("kmPerDayMedian") && line.Contains("MISSED"));
    }

    [Theory]
    [InlineData("\"unit\": \"1/week\"", "\"unit\": \"1/day\"", "mobility.toursPerWeek: unit is")]
    [InlineData("[\"base\", 1,", "[\"basis\", 1,", "charging.cases.rows[0].case: 'basis' is none of")]
    [InlineData("[\"kmPerDayMedian\",", "[\"kmPerDayMiddle\",", "validation.targets names 'kmPerDayMiddle'")]
    [InlineData("\"count\": { \"value\": 3080", "\"count\": { \"value\": 1", "regions.count")]
    public async Task A_wrong_city_file_ends_with_the_place_in_it(string was, string becomes, string says)
    {
        using var folder = new TemporaryFolder();
        string file = folder["mine.json"], text = await File.ReadAllTextAsync(Shenzhen, TestContext.Current.CancellationToken);
        text.ShouldContain(was);
        await File.WriteAllTextAsync(file, text.Replace(was, becomes, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        CommandLine.Said said = await CommandLine.RunAsync("validate", "--city", file, "--vehicles", "1000");
        said.Code.ShouldBe(ExitCode.WrongInput);
        said.Error.ShouldContain(says);
    }

    [Fact]
    public async Task A_city_without_targets_cannot_be_held_against_any()
    {
        using var folder = new TemporaryFolder();
        string text = await File.ReadAllTextAsync(Shenzhen, TestContext.Current.CancellationToken);
        int from = text.LastIndexOf(',', text.IndexOf("\"validation\"", StringComparison.Ordinal));
        await File.WriteAllTextAsync(folder["mine.json"], text[..from] + "\n}\n", TestContext.Current.CancellationToken);
        CommandLine.Said said = await CommandLine.RunAsync("validate", "--city", folder["mine.json"], "--vehicles", "1000");
        said.Complaint().ShouldContain("its file has no section validation");
    }

    [Theory]
    [InlineData("atlantis", "'atlantis' is not known; known cities: ")]
    [InlineData("absent.json", "--city absent.json: ")]
    public async Task An_unknown_city_is_refused(string city, string says)
    {
        CommandLine.Said said = await CommandLine.RunAsync("validate", "--city", city);
        said.Code.ShouldBe(ExitCode.WrongInput);
        said.Error.ShouldContain(says);
    }
}
