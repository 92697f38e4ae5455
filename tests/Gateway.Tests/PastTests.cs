using System.Text.Json;
using Movc.Domain.Queries;

namespace Movc.Gateway.Tests;

public class PastTests
{
    [Fact]
    public async Task The_city_now_and_at_an_instant_comes_by_district_with_what_it_rests_on()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        JsonElement now = await gateway.JsonAsync("/api/v1/state");
        now.GetProperty("districts")[0].GetProperty("name").GetString().ShouldBe("Here");
        now.GetProperty("city").GetProperty("vehicleQuality").GetProperty("stale").GetDouble().ShouldBe(.25);
        now.GetProperty("stateHash").GetString()!.Length.ShouldBe(32);
        JsonElement then = await gateway.JsonAsync("/api/v1/state?at=2026-07-01T06:30:00Z");
        then.GetProperty("at").GetDateTimeOffset().ShouldBe(Samples.Now.AddMinutes(-30));
        JsonElement span = await gateway.JsonAsync("/api/v1/state/span");
        span.GetProperty("to").GetDateTimeOffset().ShouldBe(Samples.Now);
        (await gateway.JsonAsync("/api/v1/vehicles/ev-0001?at=2026-07-01T06:30:00Z")).GetProperty("version").GetInt32().ShouldBe(3);
        await gateway.JsonAsync("/api/v1/vehicles/nobody?at=2026-07-01T06:30:00Z", 404);
    }

    [Theory]
    [InlineData("/api/v1/state?at=yesterday", 400, "ISO 8601")]
    [InlineData("/api/v1/state?at=2026-07-01T06:30:00", 400, "ISO 8601")]
    [InlineData("/api/v1/state?when=2026-07-01T06:30:00Z", 400, "use at")]
    [InlineData("/api/v1/state?at=2026-07-01T03:59:59Z", 404, "ask from 2026-07-01T04:00Z to 2026-07-01T07:00Z")]
    [InlineData("/api/v1/vehicles/ev-0001?at=2026-07-01T08:00:00Z", 404, "ask from")]
    [InlineData("/api/v1/vehicles/ev-0001/events?limit=100001", 400, "1 to 100000")]
    [InlineData("/api/v1/sources?limit=1", 400, "ask without parameters")]
    public async Task What_cannot_be_asked_is_told_with_the_remedy(string path, int status, string words)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        (await gateway.JsonAsync(path, status)).GetRawText().ShouldContain(words);
    }

    [Fact]
    public async Task Past_instants_are_worked_out_two_at_a_time_and_the_present_does_not_wait_for_them()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        var ready = new TaskCompletionSource();
        gateway.Twin.PastReady = ready.Task;
        // Two are worked out, 32 wait, of the rest each is told to come again.
        Task<HttpResponseMessage>[] asked = [.. Enumerable.Range(0, 37).Select(_ => gateway.Http.GetAsync(new Uri("/api/v1/state?at=2026-07-01T06:30:00Z", UriKind.Relative), GatewayUnderTest.Stop))];
        while (asked.Count(a => a.IsCompleted) < 3) await Task.Delay(5, GatewayUnderTest.Stop);
        gateway.Twin.PastAsked.ShouldBe(2);
        await gateway.JsonAsync("/api/v1/state");
        await gateway.JsonAsync("/api/v1/vehicles/ev-0001");
        ready.SetResult();
        HttpResponseMessage[] answers = await Task.WhenAll(asked);
        HttpResponseMessage[] refused = [.. answers.Where(a => !a.IsSuccessStatusCode)];
        refused.Length.ShouldBe(3);
        foreach (HttpResponseMessage answer in refused)
        {
            answer.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldBe(TimeSpan.FromSeconds(2));
            (await GatewayUnderTest.ReadAsync(answer, 503)).GetProperty("remedy").GetString()!.ShouldContain("again");
        }
        gateway.Twin.PastAsked.ShouldBe(34);
        foreach (HttpResponseMessage answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task Before_the_first_interval_there_is_no_past()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        gateway.Twin.Span = null;
        await gateway.JsonAsync("/api/v1/state/span", 404);
        await gateway.JsonAsync("/api/v1/state?at=2026-07-01T06:30:00Z", 404);
    }

    [Fact]
    public async Task Sources_come_with_their_lateness_gaps_and_clock()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        JsonElement source = (await gateway.JsonAsync("/api/v1/sources"))[0];
        (source.GetProperty("source").GetString(), source.GetProperty("late").GetInt64(), source.GetProperty("clockAheadSeconds").GetDouble()).ShouldBe(("urn:feed", 4, 2.5));
        source.GetProperty("byQuality").GetProperty("stale").GetInt64().ShouldBe(3);
    }

    [Fact]
    public void Parts_of_a_city_and_of_a_source_add_up_by_their_weights()
    {
        var none = new QualityShares(1, 0, 0, 0, 0);
        var district = new DistrictView("A", 10, 5, 2, 1, -5, 5, 10, 100, none, none);
        var other = district with { Vehicles = 30, PowerKw = 15, GrossKw = 15, VehicleQuality = new(0, 1, 0, 0, 0), PowerQuality = new(0, 0, 1, 0, 0) };
        var city = CityStateView.Merge(
            [
                new CityStateView(Samples.Now, district with { Name = "city" }, [district, district with { Name = "elsewhere" }], "00000000000000000000000000000001", true, 1),
                new CityStateView(Samples.Now.AddMinutes(-1), other with { Name = "city" }, [other with { Name = "B" }, other], "ffffffffffffffffffffffffffffffff", true, 2),
            ],
            isComplete: false);
        (city.At, city.StateHash, city.Complete, city.EventsFolded).ShouldBe((Samples.Now.AddMinutes(-1), new string('0', 32), false, 3));
        city.Districts.Select(d => (d.Name, d.Vehicles)).ShouldBe([("A", 40), ("B", 30), ("elsewhere", 10)]);
        (city.City.PowerKw, city.City.GrossKw, city.City.VehicleQuality, city.City.PowerQuality).ShouldBe((10, 20, new QualityShares(.25, .75, 0, 0, 0), new QualityShares(.25, 0, .75, 0, 0)));
        SourceStatus merged = SourceStatus.Merge([Samples.Source(), Samples.Source() with { ReachedAt = null, LatestSeconds = 90, ClockAheadSeconds = null }]).ShouldHaveSingleItem();
        (merged.Accepted, merged.LatestSeconds, merged.ReachedAt, merged.ClockAheadSeconds, merged.ByQuality["good"]).ShouldBe((200, 90, null, 2.5, 194));
    }
}
