using System.Globalization;
using System.Text.Json;

namespace Movc.Cli.Tests;

/// <summary><c>movc instance</c> as a user calls it, with the solver and the auditor behind it.</summary>
public class InstanceTests
{
    [Theory]
    [InlineData("vws", 400)]
    [InlineData("vwc", 400)]
    [InlineData("smart", 400)]
    [InlineData("willing", null)]
    public async Task Every_need_of_a_simulated_fleet_can_be_met_and_its_plan_passes_the_audit(string strategy, int? takePart)
    {
        using var folder = new TemporaryFolder();
        (await CommandLine.RunAsync("instance", "--vehicles", "400", "--days", "2", "--strategy", strategy, "--satisfaction", "0.9", "--out", folder["i"])).Code.ShouldBe(ExitCode.Done);
        CommandLine.Said solved = await CommandLine.RunAsync("solve", "--instance", folder["i"], "--out", folder["r"], "--json");
        JsonElement result = JsonDocument.Parse(solved.Out).RootElement;
        // Charge Only is a feasible point, so nobody's need is out of reach.
        result.GetProperty("infeasible").GetArrayLength().ShouldBe(0);
        result.GetProperty("status").GetString().ShouldBe("solved");
        if (takePart is { } all) result.GetProperty("vehicles").GetInt32().ShouldBe(all);
        else result.GetProperty("vehicles").GetInt32().ShouldBeInRange(260, 340);
        (await CommandLine.RunAsync("audit", folder["r"])).Code.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task Charge_only_alone_meets_every_need_to_the_last_watt_hour()
    {
        // Each vehicle charges in its sessions until full or gone: with no discharging and no choice of slot left, the floors must hold.
        using var folder = new TemporaryFolder();
        (await CommandLine.RunAsync("instance", "--vehicles", "300", "--days", "7", "--strategy", "smart", "--satisfaction", "1", "--out", folder["i"])).Code.ShouldBe(ExitCode.Done);
        Dictionary<string, string[]> vehicles = Rows(folder["i"], "vehicles.csv").ToDictionary(r => r[0], StringComparer.Ordinal);
        foreach (IGrouping<string, string[]> stays in Rows(folder["i"], "stays.csv").GroupBy(r => r[0], StringComparer.Ordinal))
        {
            double capacity = Number(vehicles[stays.Key][1]), energy = Number(vehicles[stays.Key][2]);
            foreach (string[] stay in stays)
            {
                energy = Math.Min(capacity, energy + 0.9 * Number(stay[3]) * (Number(stay[2]) - Number(stay[1])) / 6);
                energy.ShouldBeGreaterThanOrEqualTo(Number(stay[5]) - 1e-9, stays.Key);
                energy -= Number(stay[6]);
                energy.ShouldBeGreaterThanOrEqualTo(-1e-9, stays.Key);
            }
            energy.ShouldBeGreaterThanOrEqualTo(Number(vehicles[stays.Key][3]) - 1e-9, stays.Key);
        }
    }

    [Fact]
    public async Task The_same_seed_writes_the_same_bytes_and_another_does_not()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in (string[])["a1", "b1", "c2"])
            (await CommandLine.RunAsync("instance", "--vehicles", "5000", "--days", "1", "--seed", name[1..], "--out", folder[name])).Code.ShouldBe(ExitCode.Done);
        foreach (string file in (string[])["vehicles.csv", "stays.csv", "load.csv", "settings.json"])
            File.ReadAllBytes(Path.Combine(folder["b1"], file)).ShouldBe(File.ReadAllBytes(Path.Combine(folder["a1"], file)), file);
        File.ReadAllBytes(Path.Combine(folder["c2"], "stays.csv")).ShouldNotBe(File.ReadAllBytes(Path.Combine(folder["a1"], "stays.csv")));
    }

    [Theory]
    [InlineData("--season", "monsoon")]
    [InlineData("--strategy", "none")]
    [InlineData("--satisfaction", "1.2")]
    [InlineData("--days", "0")]
    public async Task A_wrong_argument_is_refused_and_nothing_is_written(string option, string value)
    {
        using var folder = new TemporaryFolder();
        CommandLine.Said said = await CommandLine.RunAsync("instance", "--out", folder["i"], option, value);
        said.Code.ShouldBe(ExitCode.WrongInput);
        said.Error.ShouldContain(value);
        Directory.Exists(folder["i"]).ShouldBeFalse();
    }

    private static IEnumerable<string[]> Rows(string folder, string file) => File.ReadLines(Path.Combine(folder, file)).Skip(1).Select(line => line.Split(','));

    private static double Number(string text) => text.Length == 0 ? 0 : double.Parse(text, CultureInfo.InvariantCulture);
}
