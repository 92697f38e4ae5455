using System.Text.Json;
using Movc.Domain.Queries;
using Movc.Gateway.Contracts;
using Movc.Gateway.Json;

namespace Movc.Gateway.Tests;

public class ApiTests
{
    private static CancellationToken Stop => GatewayUnderTest.Stop;

    [Fact]
    public async Task The_city_is_the_frame_and_the_history_behind_it()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(time: new StandingClock(Samples.Now));
        JsonElement city = await gateway.JsonAsync("/api/v1/city");
        CityView view = city.Deserialize<CityView>(GatewayJson.Options)!;
        view.Frame.City.ShouldBe("Testville");
        view.Frame.Quality.Overall.ShouldBe("substituted");
        view.Frame.Load!.OriginalKw.ShouldBe(1089);
        view.History!.OriginalKw.Count.ShouldBe(90);
        city.GetProperty("frame").GetProperty("at").GetString().ShouldBe("2026-07-01T07:00:00Z");
    }

    [Fact]
    public async Task A_twin_that_cannot_be_read_yet_gives_503_and_not_an_empty_city()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(prepare: (twin, _, _) => twin.Fault = new InvalidOperationException("store is gone"));
        JsonElement problem = await gateway.JsonAsync("/api/v1/city", 503);
        problem.GetProperty("detail").GetString()!.ShouldContain("store is gone");
    }

    [Fact]
    public async Task History_is_asked_from_the_instant_given_whatever_its_offset()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(o => o with { FramePeriod = TimeSpan.FromMinutes(10) });
        await gateway.JsonAsync("/api/v1/city");
        await gateway.JsonAsync("/api/v1/city/history?from=2026-07-01T08:00:00%2B08:00");
        gateway.Plans.LastFrom.ShouldBe(new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero));
        await gateway.JsonAsync("/api/v1/city/history?from=2026-07-01T08:00+08:00");
        gateway.Plans.LastFrom.ShouldBe(new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero));
        JsonElement all = await gateway.JsonAsync("/api/v1/city/history");
        gateway.Plans.LastFrom.ShouldBeNull();
        all.GetProperty("slotMinutes").GetInt32().ShouldBe(10);
        all.GetProperty("afterKw").GetArrayLength().ShouldBe(90);
    }

    [Fact]
    public async Task History_can_be_taken_along_as_csv_with_city_time()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        gateway.Plans.History = new LoadCurves(Samples.Now, 10, [1.5, double.NaN], [2, 3], [4, 5]);
        using HttpResponseMessage response = await gateway.Http.GetAsync(new Uri("/api/v1/city/history.csv", UriKind.Relative), Stop);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        response.Content.Headers.ContentDisposition!.FileName.ShouldBe("city-load.csv");
        (await response.Content.ReadAsStringAsync(Stop)).ShouldBe("""
            start,startLocal,originalKw,chargeOnlyKw,afterKw
            2026-07-01T07:00:00Z,2026-07-01T15:00:00+08:00,1.5,2,4
            2026-07-01T07:10:00Z,2026-07-01T15:10:00+08:00,,3,5

            """);
    }

    [Fact]
    public async Task The_newest_plans_come_oldest_first_and_unknown_seconds_are_null()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        JsonElement plans = await gateway.JsonAsync("/api/v1/plans");
        plans.EnumerateArray().Select(p => p.GetProperty("id").GetString()).ShouldBe(["a", "b"]);
        plans[0].GetProperty("seconds").ValueKind.ShouldBe(JsonValueKind.Null);
        plans[1].GetProperty("seconds").GetDouble().ShouldBe(.4);
        (await gateway.JsonAsync("/api/v1/plans?limit=1")).EnumerateArray().Single().GetProperty("id").GetString().ShouldBe("b");
    }

    [Fact]
    public async Task The_plan_is_404_before_the_first_and_then_the_plan()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        JsonElement plan = await gateway.JsonAsync("/api/v1/plan");
        plan.Deserialize<PlanView>(GatewayJson.Options)!.Gap.ShouldBe(0.008);
        gateway.Plans.Plan = null;
        gateway.Plans.History = null;
        await gateway.JsonAsync("/api/v1/plan", 404);
        await gateway.JsonAsync("/api/v1/city/history", 404);
        await gateway.JsonAsync("/api/v1/city/history.csv", 404);
    }

    [Fact]
    public async Task A_vehicle_and_its_events_are_found_by_id()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        JsonElement vehicle = await gateway.JsonAsync("/api/v1/vehicles/ev-0001");
        vehicle.GetProperty("setpointKw").GetDouble().ShouldBe(-7);
        vehicle.GetProperty("declaredDeparture").ValueKind.ShouldBe(JsonValueKind.Null);
        JsonElement events = await gateway.JsonAsync("/api/v1/vehicles/ev-0001/events?limit=7");
        gateway.Twin.LastEventLimit.ShouldBe(7);
        events.GetProperty("vehicle").GetString().ShouldBe("ev-0001");
        JsonElement data = events.GetProperty("items")[0].GetProperty("data");
        data.GetProperty("type").GetString().ShouldBe("plugged-in");
        data.GetProperty("place").GetString().ShouldBe("home");
        data.GetProperty("powerW").ValueKind.ShouldBe(JsonValueKind.Null);
        await gateway.JsonAsync("/api/v1/vehicles/nobody", 404);
        await gateway.JsonAsync("/api/v1/vehicles/nobody/events", 404);
        await gateway.JsonAsync("/api/v1/vehicles/" + new string('x', 65), 400);
    }

    [Fact]
    public async Task Dead_letters_come_with_their_total_and_reasons()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        JsonElement all = await gateway.JsonAsync("/api/v1/dead-letters");
        gateway.Twin.LastDeadLetterQuestion.ShouldBe((null, 100));
        all.GetProperty("total").GetInt64().ShouldBe(3);
        all.GetProperty("byReason").GetProperty("time-backward").GetInt64().ShouldBe(2);
        all.GetProperty("items")[0].GetProperty("reference").GetString().ShouldBe("e-17");
        JsonElement some = await gateway.JsonAsync("/api/v1/dead-letters?reason=time-backward&limit=1000");
        gateway.Twin.LastDeadLetterQuestion.ShouldBe(("time-backward", 1000));
        some.GetProperty("total").GetInt64().ShouldBe(2);
        (await gateway.JsonAsync("/api/v1/dead-letters?reason=out-of-range")).GetProperty("total").GetInt64().ShouldBe(0);
    }

    [Theory]
    [InlineData("/api/v1/dead-letters?reason=because", "time-backward")]
    [InlineData("/api/v1/dead-letters?reason=none", "time-backward")]
    [InlineData("/api/v1/dead-letters?limit=0", "1 to 1000")]
    [InlineData("/api/v1/dead-letters?limit=1001", "1 to 1000")]
    [InlineData("/api/v1/dead-letters?limit=ten", "1 to 1000")]
    [InlineData("/api/v1/dead-letters?limit=99999999999999", "1 to 1000")]
    [InlineData("/api/v1/dead-letters?limit=", "1 to 1000")]
    [InlineData("/api/v1/dead-letters?limit=1&limit=2", "once")]
    [InlineData("/api/v1/dead-letters?resaon=x", "reason or limit")]
    [InlineData("/api/v1/vehicles/ev-0001/events?limit=-1", "1 to 1000")]
    [InlineData("/api/v1/vehicles/ev-0001?limit=1", "use at")]
    [InlineData("/api/v1/city?from=2026-07-01T08:00:00Z", "without parameters")]
    [InlineData("/api/v1/city/history?from=yesterday", "ISO 8601")]
    [InlineData("/api/v1/city/history?from=2026-07-01T08:00:00", "ISO 8601")]
    [InlineData("/api/v1/city/history?from=2026-07-01", "ISO 8601")]
    [InlineData("/api/v1/city/history.csv?from=2026-13-01T00:00:00Z", "ISO 8601")]
    [InlineData("/api/v1/plan?id=1", "without parameters")]
    [InlineData("/api/v1/plans?limit=0", "from 1 to 1000")]
    [InlineData("/api/v1/plans?last=3", "use limit")]
    [InlineData("/api/v1/health?verbose=1", "without parameters")]
    public async Task A_query_that_is_not_understood_is_refused_with_the_remedy(string path, string remedy)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        (await gateway.JsonAsync(path, 400)).GetProperty("remedy").GetString()!.ShouldContain(remedy);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("GET", "/api", 404)]
    [InlineData("POST", "/api/v1/city", 405)]
    [InlineData("GET", "/api/v1/events", 405)]
    [InlineData("DELETE", "/api/v1/vehicles/ev-0001", 405)]
    public async Task What_is_not_there_is_a_problem_document(string method, string path, int status)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using HttpResponseMessage response = await gateway.Http.SendAsync(request, Stop);
        await GatewayUnderTest.ReadAsync(response, status);
    }

    [Fact]
    public async Task A_fault_inside_is_a_problem_without_its_inner_words()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        gateway.Twin.Fault = new InvalidOperationException("secret words");
        (await gateway.JsonAsync("/api/v1/dead-letters", 500)).GetRawText().ShouldNotContain("secret words");
        gateway.Twin.Fault = new TimeoutException("secret words");
        (await gateway.JsonAsync("/api/v1/dead-letters", 503)).GetRawText().ShouldNotContain("secret words");
    }

    [Fact]
    public async Task Studies_are_listed_and_their_reports_are_pages_without_scripts()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        JsonElement studies = await gateway.JsonAsync("/api/v1/studies");
        studies.GetArrayLength().ShouldBe(1);
        studies[0].GetProperty("points")[0].GetProperty("pvdrAfter").GetDouble().ShouldBe(0.285);
        studies[0].GetProperty("points")[0].GetProperty("pvdrOriginal").ValueKind.ShouldBe(JsonValueKind.Null);
        using HttpResponseMessage report = await gateway.Http.GetAsync(new Uri("/api/v1/studies/paper-fig6/report", UriKind.Relative), GatewayUnderTest.Stop);
        report.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await report.Content.ReadAsStringAsync(GatewayUnderTest.Stop)).ShouldContain("a report");
        report.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'self'");
        await gateway.JsonAsync("/api/v1/studies/other/report", 404);
        await gateway.JsonAsync("/api/v1/studies/..%2F..%2Fetc/report", 404);
        await gateway.JsonAsync("/api/v1/studies?limit=1", 400);
    }

    [Fact]
    public async Task The_openapi_document_lists_every_route_and_knows_numbers_and_times()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        JsonElement document = await gateway.JsonAsync("/openapi/v1.json");
        document.GetProperty("paths").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal).ShouldBe([
            "/api/v1/aggregators", "/api/v1/aggregators/{name}/answers", "/api/v1/aggregators/{name}/setpoints", "/api/v1/aggregators/{name}/vehicles", "/api/v1/bundles", "/api/v1/bundles/{id}",
            "/api/v1/city", "/api/v1/city/foresight", "/api/v1/city/history", "/api/v1/city/history.csv", "/api/v1/dead-letters", "/api/v1/events", "/api/v1/flexibility/ask",
            "/api/v1/flexibility/curve", "/api/v1/health", "/api/v1/holds", "/api/v1/plan", "/api/v1/plans", "/api/v1/regret", "/api/v1/replay", "/api/v1/sources", "/api/v1/state", "/api/v1/state/span", "/api/v1/studies", "/api/v1/studies/{name}/report", "/api/v1/vehicles/{id}", "/api/v1/vehicles/{id}/events", "/api/v1/vehicles/{id}/setpoint",
        ]);
        JsonElement curves = document.GetProperty("components").GetProperty("schemas").GetProperty("LoadCurves").GetProperty("properties");
        curves.GetProperty("afterKw").GetProperty("items").GetRawText().ShouldContain("number");
        curves.GetProperty("startAt").GetProperty("format").GetString().ShouldBe("date-time");
        document.GetRawText().ShouldNotContain("127.0.0.1");
    }
}
