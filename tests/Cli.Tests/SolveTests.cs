using System.Globalization;
using System.Text.Json;

namespace Movc.Cli.Tests;

/// <summary><c>movc solve</c>, <c>audit</c> and <c>bench</c> as a user calls them.</summary>
public class SolveTests
{
    [Theory]
    [InlineData("mixed")]
    [InlineData("commuters")]
    [InlineData("quick")]
    [InlineData("clustered")]
    [InlineData("hostile")]
    public async Task Every_profile_is_solved_and_passes_the_audit(string profile)
    {
        using var folder = new TemporaryFolder();
        CommandLine.Said said = await CommandLine.RunAsync("solve", "--synthetic", "--vehicles", "300", "--slots", "150", "--profile", profile, "--out", folder["r"]);
        said.Code.ShouldBe(ExitCode.Done, said.Error);
        said.Out.ShouldStartWith("solved: 300 vehicles, 150 slots");
        (await Audit(folder["r"])).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("8")]
    public async Task The_same_seed_gives_the_same_bytes_on_any_number_of_threads(string threads)
    {
        using var folder = new TemporaryFolder();
        string[] common = ["solve", "--synthetic", "--vehicles", "4500", "--slots", "144", "--seed", "3"];
        (await CommandLine.RunAsync([.. common, "--out", folder["a"], "--threads", "3"])).Code.ShouldBe(ExitCode.Done);
        (await CommandLine.RunAsync([.. common, "--out", folder["b"], "--threads", threads])).Code.ShouldBe(ExitCode.Done);
        foreach (string file in (string[])["schedule.csv", "prices.csv", "load.csv"])
            File.ReadAllBytes(Path.Combine(folder["b"], file)).ShouldBe(File.ReadAllBytes(Path.Combine(folder["a"], file)), file);
        WithoutMeasures(folder["b"]).ShouldBe(WithoutMeasures(folder["a"]));
    }

    [Fact]
    public async Task An_implicit_plan_and_its_dense_export_are_the_same_plan()
    {
        using var folder = new TemporaryFolder();
        string[] common = ["solve", "--synthetic", "--vehicles", "12000", "--slots", "72"];
        (await CommandLine.RunAsync([.. common, "--out", folder["implicit"]])).Code.ShouldBe(ExitCode.Done);
        (await CommandLine.RunAsync([.. common, "--out", folder["dense"], "--dense"])).Code.ShouldBe(ExitCode.Done);
        File.Exists(Path.Combine(folder["implicit"], "rounds.bin")).ShouldBeTrue();
        File.Exists(Path.Combine(folder["implicit"], "schedule.csv")).ShouldBeFalse();
        File.Exists(Path.Combine(folder["dense"], "schedule.csv")).ShouldBeTrue();
        (await Audit(folder["implicit"], "--full")).ShouldBeEmpty();
        (await Audit(folder["dense"], "--full")).ShouldBeEmpty();
        File.ReadAllText(Path.Combine(folder["dense"], "load.csv")).ShouldBe(File.ReadAllText(Path.Combine(folder["implicit"], "load.csv")));
    }

    [Theory]
    [InlineData("peak", "0.1", "peak", 0.1)]
    [InlineData("peak", null, "peak", 0.05)]
    [InlineData("plain", null, "plain", 0)]
    [InlineData(null, null, "flattest", 0)]
    public async Task Each_objective_has_a_certificate_that_the_audit_confirms(string? kind, string? weight, string name, double peakWeight)
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["solve", "--synthetic", "--vehicles", "120", "--slots", "144", "--out", folder["r"], "--write-instance", folder["i"]];
        if (kind is not null) arguments = [.. arguments, "--objective", kind];
        if (weight is not null) arguments = [.. arguments, "--peak-weight", weight];
        (await CommandLine.RunAsync(arguments)).Code.ShouldBe(ExitCode.Done);
        JsonElement document = Document(folder["r"]);
        document.GetProperty("objectiveKind").GetString().ShouldBe(name);
        document.GetProperty("peakWeight").GetDouble().ShouldBe(peakWeight);
        (await Audit(folder["r"])).ShouldBeEmpty();
        File.ReadAllText(Path.Combine(folder["i"], "settings.json")).Contains("peakWeight", StringComparison.Ordinal).ShouldBe(peakWeight > 0);
    }

    [Fact]
    public async Task A_folder_is_solved_for_another_objective_than_its_own_and_audited_for_that()
    {
        using var folder = new TemporaryFolder();
        await CommandLine.RunAsync("solve", "--synthetic", "--vehicles", "60", "--slots", "144", "--json", "--write-instance", folder["i"], "--objective", "peak");
        (await CommandLine.RunAsync("solve", "--instance", folder["i"], "--out", folder["own"])).Code.ShouldBe(ExitCode.Done);
        (await CommandLine.RunAsync("solve", "--instance", folder["i"], "--out", folder["other"], "--objective", "flattest")).Code.ShouldBe(ExitCode.Done);
        Document(folder["own"]).GetProperty("peakWeight").GetDouble().ShouldBe(.05);
        Document(folder["other"]).GetProperty("peakWeight").GetDouble().ShouldBe(0);
        (await Audit(folder["own"])).ShouldBeEmpty();
        (await Audit(folder["other"])).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a power of 1 W more", "ChargeOverLimit")]
    [InlineData("a sign turned", "")]
    [InlineData("a vehicle left out", "")]
    [InlineData("a price that leaves its day at .001", "PriceDayUnbalanced")]
    [InlineData("a bound of more", "BoundNotProved")]
    [InlineData("an objective of less", "ObjectiveDiffers")]
    [InlineData("prices of another instance", "")]
    public async Task Faults_planted_in_the_files_are_found(string fault, string kind)
    {
        using var folder = new TemporaryFolder();
        string result = folder["r"];
        await CommandLine.RunAsync("solve", "--synthetic", "--vehicles", "80", "--slots", "144", "--out", result);
        (await Audit(result)).ShouldBeEmpty();
        string schedule = Path.Combine(result, "schedule.csv"), prices = Path.Combine(result, "prices.csv"), document = Path.Combine(result, "result.json");
        switch (fault)
        {
            case "a power of 1 W more":
                Edit(schedule, lines => Replace(lines, l => l.EndsWith(",7", StringComparison.Ordinal), l => l[..^1] + "7.001"));
                break;
            case "a sign turned":
                Edit(schedule, lines => Replace(lines, l => l.EndsWith(",7", StringComparison.Ordinal), l => l[..^1] + "-7"));
                break;
            case "a vehicle left out":
                Edit(schedule, lines => [.. lines.Where(l => !l.StartsWith("5,", StringComparison.Ordinal))]);
                break;
            case "a price that leaves its day at .001":
                Edit(prices, lines => Replace(lines, l => l.StartsWith("100,", StringComparison.Ordinal), l =>
                    "100," + (double.Parse(l[4..], CultureInfo.InvariantCulture) - .001).ToString("R", CultureInfo.InvariantCulture)));
                break;
            case "prices of another instance":
                await CommandLine.RunAsync("solve", "--synthetic", "--vehicles", "80", "--slots", "144", "--profile", "hostile", "--out", folder["other"]);
                File.Copy(Path.Combine(folder["other"], "prices.csv"), prices, overwrite: true);
                break;
            default:
                string property = fault.Contains("bound", StringComparison.Ordinal) ? "bound" : "objective";
                double value = Document(result).GetProperty(property).GetDouble();
                string text = value.ToString("R", CultureInfo.InvariantCulture), wrong = (value * (property is "bound" ? 1 + 1e-5 : 1 - 1e-5)).ToString("R", CultureInfo.InvariantCulture);
                File.WriteAllText(document, File.ReadAllText(document).Replace($"\"{property}\": {text}", $"\"{property}\": {wrong}", StringComparison.Ordinal));
                break;
        }
        string[] found = await Audit(result);
        found.ShouldNotBeEmpty();
        if (kind.Length > 0) found.Contains(kind, StringComparer.Ordinal).ShouldBeTrue(string.Join(", ", found));
    }

    [Theory]
    [InlineData("--objective flat", "give one of flattest, plain, peak")]
    [InlineData("--objective peak --peak-weight 1", "give a number over 0 and under 1")]
    [InlineData("--peak-weight 0.1", "goes with --objective peak")]
    [InlineData("--profile rush", "known are mixed, commuters, quick, clustered, hostile")]
    [InlineData("--slots 0", "give 1 to 32000")]
    [InlineData("--vehicles -1", "0 or more")]
    [InlineData("--instance x", "exclude one another")]
    public async Task Wrong_arguments_are_named_with_the_remedy(string arguments, string remedy)
    {
        string[] given = arguments.Contains("--slots", StringComparison.Ordinal) ? ["solve", "--synthetic", "--vehicles", "5"]
            : arguments.Contains("--vehicles", StringComparison.Ordinal) ? ["solve", "--synthetic", "--slots", "144"]
            : ["solve", "--synthetic", "--vehicles", "5", "--slots", "144"];
        CommandLine.Said said = await CommandLine.RunAsync([.. given, "--json", .. arguments.Split(' ')]);
        said.Complaint(lines: 2).ShouldContain(remedy);
    }

    [Fact]
    public async Task What_stands_in_the_way_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["mine"]);
        File.WriteAllText(Path.Combine(folder["mine"], "thesis.txt"), "years");
        CommandLine.Said said = await CommandLine.RunAsync("solve", "--synthetic", "--vehicles", "5", "--slots", "10", "--out", folder["mine"]);
        said.Complaint().ShouldContain("holds something else");
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([folder["mine"]]);
        File.ReadAllText(Path.Combine(folder["mine"], "thesis.txt")).ShouldBe("years");
    }

    [Fact]
    public async Task A_quick_bench_has_every_figure_and_judges_only_the_audit()
    {
        CommandLine.Said said = await CommandLine.RunAsync("bench", "solver", "--quick", "--json");
        said.Code.ShouldBe(ExitCode.Done, said.Error);
        using JsonDocument report = JsonDocument.Parse(said.Out);
        string[] names = [.. report.RootElement.GetProperty("figures").EnumerateArray().Select(f => f.GetProperty("name").GetString()!)];
        foreach (string part in (string[])["first solve", "cold", "warm", "certified gap", "peak memory", "kernel", "allocated", "findings of the audit"])
            names.ShouldContain(n => n.Contains(part, StringComparison.Ordinal), part);
        report.RootElement.GetProperty("figures").EnumerateArray().Count(f => f.GetProperty("target").GetString()!.Length > 0).ShouldBe(1);
    }

    [Fact]
    public async Task A_quick_bench_of_the_people_judges_only_that_nothing_is_allocated()
    {
        CommandLine.Said said = await CommandLine.RunAsync("bench", "people", "--quick", "--json");
        said.Code.ShouldBe(ExitCode.Done, said.Error);
        using JsonDocument report = JsonDocument.Parse(said.Out);
        JsonElement[] figures = [.. report.RootElement.GetProperty("figures").EnumerateArray()];
        foreach (string part in (string[])["8 weeks", "one thread", "allocated", "peak memory"])
            figures.ShouldContain(f => f.GetProperty("name").GetString()!.Contains(part, StringComparison.Ordinal), part);
        figures.Where(f => f.GetProperty("target").GetString()!.Length > 0).ShouldHaveSingleItem().GetProperty("median").GetDouble().ShouldBe(0);
        figures.Last().GetProperty("median").GetDouble().ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData("--runs 0", "--runs")]
    [InlineData("--out /nowhere/at/all.json", "there is no folder")]
    public async Task A_bench_refuses_what_it_cannot_do(string arguments, string remedy) =>
        (await CommandLine.RunAsync(["bench", "solver", .. arguments.Split(' ')])).Complaint(lines: 2).ShouldContain(remedy);

    private static async Task<string[]> Audit(string result, params string[] more)
    {
        CommandLine.Said said = await CommandLine.RunAsync(["audit", result, "--json", .. more]);
        using JsonDocument audit = JsonDocument.Parse(said.Out);
        string[] kinds = [.. audit.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("kind").GetString()!)];
        said.Code.ShouldBe(kinds.Length == 0 ? ExitCode.Done : ExitCode.Failed);
        return kinds;
    }

    private static JsonElement Document(string result)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(result, "result.json")));
        return document.RootElement.Clone();
    }

    private static string WithoutMeasures(string result) =>
        string.Join('\n', File.ReadAllLines(Path.Combine(result, "result.json")).Where(l => !l.Contains("\"seconds\"", StringComparison.Ordinal) && !l.Contains("\"peakRssMb\"", StringComparison.Ordinal)));

    private static void Edit(string file, Func<string[], string[]> change)
    {
        string[] before = File.ReadAllLines(file), after = change(before);
        after.ShouldNotBe(before);
        File.WriteAllLines(file, after);
    }

    private static string[] Replace(string[] lines, Func<string, bool> which, Func<string, string> by)
    {
        int at = Array.FindIndex(lines, l => which(l));
        at.ShouldBeGreaterThan(0);
        string[] changed = [.. lines];
        changed[at] = by(changed[at]);
        return changed;
    }
}
