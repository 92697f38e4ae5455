using System.Text.Json;
using Movc.RollingOptimizer.Model;
using Movc.VehicleKernel.Bundles;

namespace Movc.Cli.Tests;

/// <summary><c>movc solve --bundle</c>, <c>verify</c> and <c>setpoints</c> as a user calls them.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_published_plan_is_verified_with_its_instance_and_said_to_be_verified_in_part_without()
    {
        await Publish("a", 1_200, "--tail", "40");
        JsonElement all = await Verify(ExitCode.Done, _folder["a"], "--instance", _folder["i"]);
        all.GetProperty("verified").GetBoolean().ShouldBeTrue();
        all.GetProperty("complete").GetBoolean().ShouldBeTrue();
        Outcomes(all).ShouldAllBe(o => o.EndsWith(" ok", StringComparison.Ordinal));

        JsonElement alone = await Verify(ExitCode.Done, _folder["a"]);
        alone.GetProperty("complete").GetBoolean().ShouldBeFalse();
        Outcomes(alone).ShouldBe(["integrity ok", "chain ok", "prices ok", "snapshot not-made", "schedules not-made", "needs not-made", "load not-made", "objective not-made", "bound not-made"]);
        CommandLine.Said said = await CommandLine.RunAsync("verify", _folder["a"]);
        said.Out.ShouldContain("needs the instance; give --instance DIR");
        said.Out.TrimEnd().ShouldEndWith("verified as far as checks were made");
    }

    [Fact]
    public async Task A_chain_holds_in_its_order_alone()
    {
        await Publish("a", 60);
        foreach ((string next, string before) in ((string, string)[])[("b", "a"), ("c", "b")])
            (await CommandLine.RunAsync("solve", "--instance", _folder["i"], "--seed", next is "b" ? "2" : "3", "--bundle", _folder[next], "--previous", _folder[before])).Code.ShouldBe(ExitCode.Done);
        JsonElement chain = await Verify(ExitCode.Done, _folder["a"], _folder["b"], _folder["c"], "--instance", _folder["i"]);
        chain.GetProperty("complete").GetBoolean().ShouldBeTrue();
        Failed(await Verify(ExitCode.Failed, _folder["a"], _folder["c"], _folder["b"])).ShouldBe(["chain", "chain"]);
        Failed(await Verify(ExitCode.Failed, _folder["a"], _folder["c"])).ShouldBe(["chain"]);
        Outcomes(await Verify(ExitCode.Done, _folder["c"])).Contains("chain not-made", StringComparer.Ordinal).ShouldBeTrue();
    }

    [Theory]
    [InlineData("a price", "prices")]
    [InlineData("two prices that keep their day at 0", "bound")]
    [InlineData("a round boundary", "schedules")]
    [InlineData("a round's ranks", "schedules")]
    [InlineData("the seed", "schedules")]
    [InlineData("a row", "schedules")]
    [InlineData("the objective", "objective")]
    [InlineData("the bound", "bound")]
    [InlineData("the load after dispatch", "load")]
    [InlineData("the load", "load")]
    [InlineData("the schedule hash", "schedules")]
    [InlineData("the snapshot hash", "snapshot")]
    [InlineData("the needs lowered", "needs")]
    [InlineData("the status", "needs")]
    [InlineData("efficiency", "load")]
    public async Task What_a_forger_changes_under_hashes_that_fit_is_found_with_the_instance(string what, string check)
    {
        await Publish("a", 1_200, "--tail", "40");
        PlanBundle plan = BundleCodec.Decode(File.ReadAllBytes(_folder["a"]), out _);
        File.WriteAllBytes(_folder["forged"], BundleCodec.Encode(Forge(plan, what), out _));
        JsonElement found = await Verify(ExitCode.Failed, _folder["forged"], "--instance", _folder["i"]);
        Failed(found).Contains(check, StringComparer.Ordinal).ShouldBeTrue();
        JsonElement entry = found.GetProperty("bundles")[0].GetProperty("checks").EnumerateArray().First(c => string.Equals(c.GetProperty("name").GetString(), check, StringComparison.Ordinal));
        entry.GetProperty("note").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_plan_changed_under_a_hash_that_fits_breaks_the_chain_of_the_plan_after_it()
    {
        await Publish("a", 60);
        await CommandLine.RunAsync("solve", "--instance", _folder["i"], "--bundle", _folder["b"], "--previous", _folder["a"]);
        PlanBundle plan = BundleCodec.Decode(File.ReadAllBytes(_folder["a"]), out _);
        File.WriteAllBytes(_folder["a"], BundleCodec.Encode(plan with { ObjectiveKw = plan.ObjectiveKw + 1e-9 }, out _));
        Failed(await Verify(ExitCode.Failed, _folder["a"], _folder["b"])).ShouldBe(["chain"]);
        PlanBundle after = BundleCodec.Decode(File.ReadAllBytes(_folder["b"]), out _);
        File.WriteAllBytes(_folder["b"], BundleCodec.Encode(after with { PreviousHash = after.SnapshotHash }, out _));
        Failed(await Verify(ExitCode.Failed, _folder["a"], _folder["b"])).ShouldBe(["chain"]);
    }

    [Fact]
    public async Task Another_instance_is_told_by_its_hash_or_its_size()
    {
        await Publish("a", 300);
        await CommandLine.RunAsync("solve", "--synthetic", "--vehicles", "300", "--slots", "144", "--seed", "8", "--json", "--write-instance", _folder["other"]);
        await CommandLine.RunAsync("solve", "--synthetic", "--vehicles", "299", "--slots", "144", "--json", "--write-instance", _folder["fewer"]);
        Failed(await Verify(ExitCode.Failed, _folder["a"], "--instance", _folder["other"])).Contains("snapshot", StringComparer.Ordinal).ShouldBeTrue();
        Failed(await Verify(ExitCode.Failed, _folder["a"], "--instance", _folder["fewer"])).ShouldBe(["snapshot"]);
        // One stay of one vehicle, one W more: the same size, another snapshot.
        string stays = Path.Combine(_folder["i"], "stays.csv");
        string[] lines = File.ReadAllLines(stays);
        string[] fields = lines[1].Split(',');
        lines[1] = string.Join(',', [.. fields[..3], fields[3] + (fields[3].Contains('.', StringComparison.Ordinal) ? "1" : ".001"), .. fields[4..]]);
        File.WriteAllLines(stays, lines);
        Failed(await Verify(ExitCode.Failed, _folder["a"], "--instance", _folder["i"])).Contains("snapshot", StringComparer.Ordinal).ShouldBeTrue();
    }

    [Fact]
    public async Task A_damaged_bundle_fails_and_what_is_none_is_wrong_input()
    {
        await Publish("a", 60);
        byte[] bytes = File.ReadAllBytes(_folder["a"]);
        bytes[300] ^= 1;
        File.WriteAllBytes(_folder["flipped"], bytes);
        File.WriteAllBytes(_folder["cut"], bytes[..(bytes.Length / 2)]);
        File.WriteAllText(_folder["text"], "no bundle at all");
        Failed(await Verify(ExitCode.Failed, _folder["flipped"])).ShouldBe(["integrity"]);
        Failed(await Verify(ExitCode.Failed, _folder["cut"])).ShouldBe(["integrity"]);
        CommandLine.Said said = await CommandLine.RunAsync("verify", _folder["cut"]);
        said.Out.ShouldContain("integrity  FAILED");
        said.Out.ShouldContain("expected");
        (await CommandLine.RunAsync("verify", _folder["text"])).Complaint().ShouldContain("not a plan bundle");
        (await CommandLine.RunAsync("verify", _folder["nothing"])).Complaint().ShouldContain("no such file");
        (await CommandLine.RunAsync("verify", _folder["a"], "--instance", _folder["nothing"])).Complaint().ShouldContain("no such folder");
        (await CommandLine.RunAsync("verify")).Complaint(lines: 2).ShouldContain("movc verify --help");
        (await CommandLine.RunAsync("verify", _folder["a"], "--vehicles", "3")).Complaint().ShouldContain("--instance DIR");
        (await CommandLine.RunAsync("verify", _folder["a"], "--instance", _folder["i"], "--vehicles", "x")).Complaint().ShouldContain("not in the instance");
        (await CommandLine.RunAsync("solve", "--instance", _folder["i"], "--bundle", _folder["z"], "--previous", _folder["flipped"])).Complaint().ShouldContain("damaged");
        (await CommandLine.RunAsync("solve", "--instance", _folder["i"], "--bundle", _folder["z"], "--exact")).Complaint().ShouldContain("no rounds");
        (await CommandLine.RunAsync("solve", "--instance", _folder["i"], "--json", "--previous", _folder["a"])).Complaint(lines: 2).ShouldContain("--previous goes with --bundle");
    }

    [Fact]
    public async Task Aggregators_that_hold_their_own_vehicles_alone_come_to_the_plans_setpoints_together()
    {
        await Publish("a", 1_000, "--tail", "30");
        Domain.Dispatch.DispatchInstance x = InstanceFolder.Read(_folder["i"]);
        JsonElement whole = await Setpoints(_folder["i"]);
        whole.GetProperty("isWhole").GetBoolean().ShouldBeTrue();
        int[] planned = [.. whole.GetProperty("setpoints").EnumerateArray().Select(s => s.GetProperty("powerW").GetInt32())];

        var union = new int[x.VehicleCount];
        UInt128 sum = 0;
        // By range, by a list, and by ids that are indices.
        int[][] parts = [[.. Enumerable.Range(0, 400)], [.. Enumerable.Range(400, 600).Where(i => i % 3 == 0)], [.. Enumerable.Range(400, 600).Where(i => i % 3 != 0)]];
        for (int k = 0; k < parts.Length; k++)
        {
            string mine = _folder[$"mine{k}"];
            Directory.CreateDirectory(mine);
            InstanceFolder.Write(Of(x, parts[k], k == 2 ? "{0}" : "car-{0}"), mine);
            File.WriteAllLines(_folder["index.csv"], ["vehicle,index", "somebody-else,3", .. parts[k].Select(i => $"car-{i},{i}")]);
            JsonElement part = await Setpoints(mine, k switch { 0 => ["--first", "0"], 1 => ["--index", _folder["index.csv"]], _ => ["--out", _folder["out.csv"]] });
            part.GetProperty("isWhole").ValueKind.ShouldBe(JsonValueKind.Null);
            sum = ScheduleHash.Combine(sum, UInt128.Parse(part.GetProperty("part").GetString()!, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture));
            foreach (JsonElement setpoint in part.GetProperty("setpoints").EnumerateArray()) union[setpoint.GetProperty("index").GetInt32()] = setpoint.GetProperty("powerW").GetInt32();
        }
        union.ShouldBe(planned);
        union.ShouldContain(w => w != 0);
        ScheduleHash.ToHex(sum).ShouldBe(whole.GetProperty("whole").GetString());
        File.ReadAllLines(_folder["out.csv"]).Length.ShouldBe(1 + parts[2].Length);

        (await CommandLine.RunAsync("setpoints", _folder["a"], "--instance", _folder["mine0"])).Complaint().ShouldContain("--first INDEX or --index FILE");
        (await CommandLine.RunAsync("setpoints", _folder["a"], "--instance", _folder["mine0"], "--first", "900")).Complaint().ShouldContain("has 1000 vehicles");
        (await CommandLine.RunAsync("setpoints", _folder["a"], "--instance", _folder["mine1"], "--first", "-1")).Complaint(lines: 2).ShouldContain("0 or more");
        File.WriteAllText(_folder["index.csv"], "vehicle,index\ncar-400,400\n");
        (await CommandLine.RunAsync("setpoints", _folder["a"], "--instance", _folder["mine1"], "--index", _folder["index.csv"])).Complaint().ShouldContain("is not listed");
    }

    [Fact]
    public async Task Some_vehicles_are_looked_at_alone()
    {
        await Publish("a", 1_000, "--tail", "0");
        JsonElement some = await Verify(ExitCode.Done, _folder["a"], "--instance", _folder["i"], "--vehicles", "17,3");
        JsonElement[] setpoints = [.. some.GetProperty("bundles")[0].GetProperty("part").GetProperty("setpoints").EnumerateArray()];
        setpoints.Select(s => s.GetProperty("index").GetInt32()).ShouldBe([17, 3]);
        Outcomes(some).Contains("schedules not-made", StringComparer.Ordinal).ShouldBeTrue();
        Outcomes(some).Contains("needs ok", StringComparer.Ordinal).ShouldBeTrue();
        (await CommandLine.RunAsync("verify", _folder["a"], "--instance", _folder["i"], "--vehicles", "17,3")).Out.ShouldContain("setpoint, W");
    }

    private async Task Publish(string name, int vehicles, params string[] more)
    {
        CommandLine.Said said = await CommandLine.RunAsync(
            ["solve", "--synthetic", "--vehicles", $"{vehicles}", "--slots", vehicles > 1_000 ? "576" : "144", "--profile", "quick", "--write-instance", _folder["i"], "--bundle", _folder[name], .. more]);
        said.Code.ShouldBe(ExitCode.Done, said.Error);
        said.Out.ShouldContain("bundle     ");
    }

    private static async Task<JsonElement> Verify(int code, params string[] arguments)
    {
        CommandLine.Said said = await CommandLine.RunAsync(["verify", .. arguments, "--json"]);
        said.Code.ShouldBe(code, said.Out + said.Error);
        using JsonDocument document = JsonDocument.Parse(said.Out);
        return document.RootElement.Clone();
    }

    private async Task<JsonElement> Setpoints(string instance, params string[] arguments)
    {
        CommandLine.Said said = await CommandLine.RunAsync(["setpoints", _folder["a"], "--instance", instance, .. arguments, "--json"]);
        said.Code.ShouldBe(ExitCode.Done, said.Error);
        using JsonDocument document = JsonDocument.Parse(said.Out);
        return document.RootElement.Clone();
    }

    private static string[] Outcomes(JsonElement document) =>
        [.. document.GetProperty("bundles")[0].GetProperty("checks").EnumerateArray().Select(c => $"{c.GetProperty("name").GetString()} {c.GetProperty("outcome").GetString()}")];

    private static string[] Failed(JsonElement document) =>
        [.. document.GetProperty("bundles").EnumerateArray().SelectMany(b => b.GetProperty("checks").EnumerateArray()).Where(c => c.GetProperty("outcome").GetString() is "failed").Select(c => c.GetProperty("name").GetString()!)];

    private static PlanBundle Forge(PlanBundle plan, string what)
    {
        int[] blocks = [.. plan.Blocks], rows = [.. plan.Rows];
        double[] prices = [.. plan.Prices], after = [.. plan.AfterKw], load = [.. plan.LoadKw];
        VehicleKernel.Storage.PriceRanks[] rounds = [.. plan.Rounds];
        switch (what)
        {
            case "a price":
                prices[20] -= 1e-3;
                break;
            case "two prices that keep their day at 0":
                int high = Array.FindIndex(prices, p => p is > .1 and < .9), low = Array.FindIndex(prices, high + 1, p => p is > -.9 and < .9);
                (prices[high], prices[low]) = (prices[high] + .05, prices[low] - .05);
                break;
            case "a round boundary":
                (blocks[3], blocks[4]) = (blocks[3] + 1, blocks[4] - 1);
                break;
            case "a round's ranks":
                (rounds[2], rounds[30]) = (rounds[30], rounds[2]);
                break;
            case "a row":
                rows[Array.FindIndex(rows, r => r != 0)]--;
                break;
            case "the load after dispatch":
                after[7] += 1;
                break;
            case "the load":
                load[7] += 1e-9;
                break;
        }
        PlanBundle forged = plan with { Blocks = blocks, Rows = rows, Prices = prices, AfterKw = after, LoadKw = load, Rounds = rounds };
        return what switch
        {
            "the seed" => forged with { Seed = plan.Seed + 1 },
            "the objective" => forged with { ObjectiveKw = plan.ObjectiveKw * (1 + 3e-6) },
            "the bound" => forged with { BoundKw = plan.BoundKw * (1 - 3e-6) },
            "the schedule hash" => forged with { ScheduleSum = plan.ScheduleSum + 1 },
            "the snapshot hash" => forged with { SnapshotHash = plan.PreviousHash },
            "the needs lowered" => forged with { LoweredNeeds = plan.LoweredNeeds + 1 },
            "the status" => forged with { Status = 1 },
            "efficiency" => forged with { Efficiency = .91 },
            _ => forged,
        };
    }

    private static Domain.Dispatch.DispatchInstance Of(Domain.Dispatch.DispatchInstance x, int[] vehicles, string name) => x.OfVehicles(vehicles) with
    {
        VehicleIds = [.. vehicles.Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, name, i))], LoadKw = new double[x.SlotCount],
    };
}
