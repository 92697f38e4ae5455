using System.Text.Json;
using Movc.Domain.Queries;

namespace Movc.Gateway.Tests;

public class HealthTests
{
    private static readonly StandingClock Clock = new(Samples.Now.AddSeconds(5));

    private static async Task<JsonElement> HealthAsync(int status, Action<FakeTwin, FakePlans, FakeRun>? prepare = null, TimeProvider? time = null)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(time: time ?? Clock, prepare: prepare);
        return await gateway.JsonAsync("/api/v1/health", status);
    }

    [Fact]
    public async Task All_well_is_ok()
    {
        JsonElement health = await HealthAsync(200);
        health.GetProperty("status").GetString().ShouldBe("ok");
        health.GetProperty("causes").GetArrayLength().ShouldBe(0);
        health.GetProperty("sourceState").GetString().ShouldBe("running");
        health.GetProperty("mode").GetString().ShouldBe("simulated");
        health.GetProperty("since").GetString().ShouldBe("2026-07-01T07:00:00Z");
        health.GetProperty("planAgeSeconds").GetDouble().ShouldBe(5);
    }

    [Fact]
    public async Task Before_the_first_instant_it_is_starting()
    {
        JsonElement health = await HealthAsync(200, (twin, plans, _) =>
        {
            twin.Status = Samples.Status() with { At = null };
            plans.Plan = null;
        });
        health.GetProperty("status").GetString().ShouldBe("starting");
        health.GetProperty("planStatus").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_failed_run_is_503_with_its_cause()
    {
        JsonElement health = await HealthAsync(503, (_, _, run) => (run.State, run.Failure) = (RunState.Failed, "disk full"));
        health.GetProperty("status").GetString().ShouldBe("failed");
        health.GetProperty("causes")[0].GetString()!.ShouldContain("disk full");
    }

    [Fact]
    public async Task A_twin_that_cannot_be_read_is_503_although_the_run_says_running()
    {
        JsonElement health = await HealthAsync(503, (twin, _, _) => twin.Fault = new InvalidOperationException("store is gone"));
        health.GetProperty("sourceState").GetString().ShouldBe("running");
        health.GetProperty("causes")[0].GetString()!.ShouldContain("store is gone");
        health.GetProperty("at").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_finished_run_is_ok_however_old_its_plan() =>
        (await HealthAsync(200, (_, _, run) => run.State = RunState.Finished, new StandingClock(Samples.Now.AddDays(3))))
            .GetProperty("status").GetString().ShouldBe("ok");

    [Theory]
    [InlineData("late", 0, 0, "late")]
    [InlineData("failed", 0, 0, "failed")]
    [InlineData("solved", 3, 0, "3 faults")]
    [InlineData("solved", 0, 31, "overdue")]
    public async Task A_plan_in_trouble_is_degraded(string planStatus, int findings, int ageSeconds, string cause)
    {
        JsonElement health = await HealthAsync(
            200, (_, plans, _) => plans.Plan = Samples.Plan(status: planStatus) with { Audit = new AuditView(60, 60, findings, "x") },
            new StandingClock(Samples.Now.AddSeconds(ageSeconds)));
        health.GetProperty("status").GetString().ShouldBe("degraded");
        health.GetProperty("causes")[0].GetString()!.ShouldContain(cause);
    }
}
