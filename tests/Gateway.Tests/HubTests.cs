using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using Movc.TestKit;

namespace Movc.Gateway.Tests;

public class HubTests
{
    private static CancellationToken Stop => GatewayUnderTest.Stop;

    private static int Plugged(JsonElement frame) => frame.GetProperty("counts").GetProperty("plugged").GetInt32();

    [Fact]
    public async Task A_page_gets_the_latest_frame_on_connecting_and_it_equals_the_apis()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(time: new StandingClock(Samples.Now.AddSeconds(2)));
        JsonElement city = await gateway.JsonAsync("/api/v1/city");
        await using HubClient page = await HubClient.ConnectAsync(gateway.Host.Address, cancellationToken: Stop);
        JsonElement frame = await page.NextAsync(Stop);
        frame.GetRawText().ShouldBe(city.GetProperty("frame").GetRawText());
        frame.GetProperty("schema").GetInt32().ShouldBe(1);
        frame.GetProperty("plan").GetProperty("ageSeconds").GetDouble().ShouldBe(2);
    }

    [Fact]
    public async Task Ringing_the_bell_sends_a_new_frame_without_waiting_for_the_period()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(o => o with { FramePeriod = TimeSpan.FromMinutes(10) });
        await using HubClient page = await HubClient.ConnectAsync(gateway.Host.Address, cancellationToken: Stop);
        Plugged(await page.NextAsync(Stop)).ShouldBe(60);
        gateway.Twin.Status = Samples.Status(plugged: 61);
        gateway.Plans.Plan = Samples.Plan("next");
        gateway.Signal.Notify();
        JsonElement frame = await page.NextAsync(Stop);
        Plugged(frame).ShouldBe(61);
        frame.GetProperty("plan").GetProperty("id").GetString().ShouldBe("next");
    }

    [Fact]
    public async Task A_change_that_nobody_announced_is_sent_within_a_period_and_no_change_sends_nothing()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        await using HubClient page = await HubClient.ConnectAsync(gateway.Host.Address, cancellationToken: Stop);
        await page.NextAsync(Stop);
        // Ten periods in which only the plan's age changes.
        await Should.ThrowAsync<TimeoutException>(() => page.NextAsync(Stop, TimeSpan.FromMilliseconds(500)));
        gateway.Twin.Status = Samples.Status(plugged: 62);
        Plugged(await page.NextAsync(Stop)).ShouldBe(62);
    }

    [Fact]
    public async Task A_frozen_page_does_not_delay_another()
    {
        // Frames of hundreds of kilobytes fill the frozen page's socket after a few.
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(prepare: (_, plans, _) => plans.Plan = Samples.Plan(slots: 8_000));
        using FrozenHubClient frozen = await FrozenHubClient.ConnectAsync(gateway.Host.Address, Stop);
        await using HubClient healthy = await HubClient.ConnectAsync(gateway.Host.Address, cancellationToken: Stop);
        await healthy.NextAsync(Stop);
        const int frames = 40;
        TimeSpan slowest = TimeSpan.Zero;
        for (int i = 1; i <= frames; i++)
        {
            int plugged = 1000 + i;
            var watch = Stopwatch.StartNew();
            gateway.Twin.Status = Samples.Status(plugged);
            gateway.Signal.Notify();
            await healthy.UntilAsync(frame => Plugged(frame) == plugged, Stop);
            if (watch.Elapsed > slowest) slowest = watch.Elapsed;
        }
        JsonElement health = await gateway.JsonAsync("/api/v1/health");
        // The frozen one lost frames; had it been waited for, the loop above would never have ended.
        health.GetProperty("framesSuperseded").GetInt64().ShouldBeGreaterThan(10);
        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        TestContext.Current.TestOutputHelper?.WriteLine($"slowest of {frames} frames beside a frozen page: {slowest.TotalMilliseconds:0} ms");
    }

    [Fact]
    public async Task The_gateway_stops_within_seconds_although_a_page_is_frozen()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(prepare: (_, plans, _) => plans.Plan = Samples.Plan(slots: 200_000));
        using FrozenHubClient frozen = await FrozenHubClient.ConnectAsync(gateway.Host.Address, Stop);
        await using HubClient healthy = await HubClient.ConnectAsync(gateway.Host.Address, cancellationToken: Stop);
        await healthy.NextAsync(Stop);
        var watch = Stopwatch.StartNew();
        await gateway.Host.StopAsync(Stop);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task With_a_token_the_hub_wants_it_in_the_query()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(o => o with { Token = "sesame" });
        await using HubClient page = await HubClient.ConnectAsync(gateway.Host.Address, "sesame", cancellationToken: Stop);
        Plugged(await page.NextAsync(Stop)).ShouldBe(60);
        (await Should.ThrowAsync<WebSocketException>(() => HubClient.ConnectAsync(gateway.Host.Address, "wrong", cancellationToken: Stop)))
            .Message.ShouldContain("401");
        (await Should.ThrowAsync<WebSocketException>(() => HubClient.ConnectAsync(gateway.Host.Address, cancellationToken: Stop)))
            .Message.ShouldContain("401");
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("null")]
    public async Task A_page_of_another_site_cannot_open_the_hub(string origin)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        (await Should.ThrowAsync<WebSocketException>(() => HubClient.ConnectAsync(gateway.Host.Address, origin: origin, cancellationToken: Stop)))
            .Message.ShouldContain("403");
    }

    [Fact]
    public async Task The_gateways_own_page_can_open_the_hub()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        string origin = gateway.Host.Address.GetLeftPart(UriPartial.Authority);
        await using HubClient page = await HubClient.ConnectAsync(gateway.Host.Address, origin: origin, cancellationToken: Stop);
        Plugged(await page.NextAsync(Stop)).ShouldBe(60);
    }
}
