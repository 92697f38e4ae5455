using System.Text.Json;

namespace Movc.Scenarios.Tests;

/// <summary>Districts that may draw only so much, with feeds that are lost at the worst time; judged by who knows everything afterwards.</summary>
public class LimitTests
{
    private const string District = "Bao'an";
    private const double ImportKw = 800;
    private const double ExportKw = 600;

    [Fact(Timeout = 300_000)]
    public async Task Three_of_ten_feeds_lost_for_an_hour_of_the_evening_break_no_limit_that_binds_and_no_promise()
    {
        using var workspace = new Workspace();
        // Until ten in the evening of the first day; without a limit the district's vehicles draw up to 1,361 kW and deliver up to 1,049.
        JsonElement run = (await MovcProcess.RunAsync(
            "run", "--vehicles", "2000", "--seed", "5", "--intervals", "132", "--speed", "max", "--data", workspace.Data, "--no-page", "--json", "--aggregators", "10",
            "--limit", FormattableString.Invariant($"{District}={ImportKw}/{ExportKw}"), "--outage", "0.3", "--outage-after", "1080", "--outage-for", "60")).Summary();
        JsonElement past = await DistrictAsync(workspace);
        past.GetProperty("limited").GetInt32().ShouldBe(132);
        (past.GetProperty("over").GetInt32(), past.GetProperty("mostOverKw").GetDouble()).ShouldBe((0, 0));
        double[] power = Kw(past);
        // It binds on either side.
        power.Max().ShouldBeGreaterThan(.85 * ImportKw);
        power.Min().ShouldBeLessThan(-.85 * ExportKw);
        // Without limit and outage none is short either.
        run.GetProperty("departuresUnderPromise").GetInt64().ShouldBe(0);
        JsonElement[] during = [.. run.GetProperty("intervals").EnumerateArray().Skip(109).Take(5)];
        during.ShouldAllBe(i => i.GetProperty("status").ValueEquals("degraded"));
        run.GetProperty("intervals").EnumerateArray().ShouldAllBe(i => i.GetProperty("auditFindings").GetInt32() == 0);
    }

    [Fact]
    public async Task A_limit_that_nobody_can_read_or_of_a_district_that_is_not_there_is_refused()
    {
        using var workspace = new Workspace();
        foreach ((string limit, string complaint) in new[] { ("Futian", "write Futian=12000"), ("Futian=-1", "write Futian=12000"), ("Futian=/", "write Futian=12000"), ("Atlantis=5", "give one of Futian") })
            (await MovcProcess.RunAsync("run", "--vehicles", "50", "--intervals", "1", "--speed", "max", "--no-page", "--data", workspace.Data, "--limit", limit)).Complaint(2).ShouldContain(complaint);
        (await MovcProcess.RunAsync("run", "--vehicles", "50", "--outage", "0.01", "--no-page", "--data", workspace.Data)).Complaint(2).ShouldContain("cuts off none of 8 aggregators");
        Ended ended = await MovcProcess.RunAsync("run", "--vehicles", "50", "--outage-for", "5");
        ended.Code.ShouldBe(2);
        ended.Error.ShouldContain("--outage-for is for --outage");
    }

    private static async Task<JsonElement> DistrictAsync(Workspace workspace) =>
        (await MovcProcess.RunAsync("districts", "--data", workspace.Data, "--json")).Summary().GetProperty("districts").EnumerateArray().Single(d => d.GetProperty("district").ValueEquals(District));

    private static double[] Kw(JsonElement district) => [.. district.GetProperty("kw").EnumerateArray().Select(k => k.GetDouble())];
}
