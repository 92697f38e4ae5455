using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Movc.Cli.Tests;

/// <summary><c>movc bench forecast</c> as a user calls it.</summary>
public class ForecastBenchTests
{
    [Fact]
    public async Task A_quick_bench_of_the_forecast_has_every_figure_and_judges_none()
    {
        using var folder = new TemporaryFolder();
        (string load, string volumes) = Write(folder, days: 17 * 7, hole: false);
        CommandLine.Said said = await CommandLine.RunAsync("bench", "forecast", "--load", load, "--volumes", volumes, "--quick", "--json");
        said.Code.ShouldBe(ExitCode.Done, said.Error);
        using JsonDocument report = JsonDocument.Parse(said.Out);
        JsonElement[] figures = [.. report.RootElement.GetProperty("figures").EnumerateArray()];
        foreach (string what in (string[])["load", "charging", "charging of one zone, mean of 2"])
            foreach (int hours in (int[])[1, 6, 24])
                foreach (string part in (string[])["error, learned", "error, persistence", "error, last week", "less than persistence", "less than last week"])
                    figures.ShouldContain(f => f.GetProperty("name").GetString()!.StartsWith($"{what}, {hours} h: ", StringComparison.Ordinal) && f.GetProperty("name").GetString()!.EndsWith(part, StringComparison.Ordinal), $"{what} {hours} {part}");
        figures.ShouldAllBe(f => f.GetProperty("target").GetString()!.Length == 0);
        report.RootElement.GetProperty("notes").EnumerateArray().ShouldContain(n => n.GetString()!.StartsWith("Zone 11 of the charging volumes is left out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_with_a_file_is_said_in_a_line()
    {
        using var folder = new TemporaryFolder();
        (string load, string volumes) = Write(folder, days: 15 * 7, hole: false);
        (await CommandLine.RunAsync("bench", "forecast", "--load", load)).Code.ShouldBe(ExitCode.WrongInput);
        (await CommandLine.RunAsync("bench", "forecast", "--load", folder["none.csv"], "--volumes", volumes)).Complaint().ShouldContain("none.csv: no such file");
        (await CommandLine.RunAsync("bench", "forecast", "--load", load, "--volumes", volumes)).Complaint().ShouldContain("need 112: give a longer one");
        (load, volumes) = Write(folder, days: 17 * 7, hole: true);
        (await CommandLine.RunAsync("bench", "forecast", "--load", load, "--volumes", volumes)).Complaint().ShouldContain("volumes.csv:4:3: 11: \"NaN\" is not a number");
    }

    private static (string Load, string Volumes) Write(TemporaryFolder folder, int days, bool hole)
    {
        DateTime first = new(2022, 9, 1, 0, 0, 0, DateTimeKind.Unspecified);
        var random = new Random(1);
        var load = new StringBuilder("DateTime,Zone 1 Power Consumption\n");
        for (int t = 0; t < days * 144; t++)
            load.Append(CultureInfo.InvariantCulture, $"{first.AddMinutes(10 * t):M/d/yy H:mm},{500 + (100 * Math.Sin(t * Math.Tau / 144)) + (50 * random.NextDouble()):0.0}\n");
        var volumes = new StringBuilder("time,1,11,12\n");
        for (int t = 0; t < days * 24; t++)
            volumes.Append(CultureInfo.InvariantCulture, $"{first.AddHours(t):yyyy/M/d H:mm},{30 + (10 * Math.Sin(t * Math.Tau / 24)) + random.NextDouble():0.00},{(hole && t == 2 ? "NaN" : "9")},{random.Next(9)}\n");
        File.WriteAllText(folder["load.csv"], load.ToString());
        File.WriteAllText(folder["volumes.csv"], volumes.ToString());
        return (folder["load.csv"], folder["volumes.csv"]);
    }
}
