using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Movc.Domain;
using Movc.Domain.Queries;
using Movc.TestKit;

namespace Movc.Gateway.Tests;

public class ReplayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replay_is_controlled_over_HTTP_and_stands_in_every_frame()
    {
        var control = new FakeControl();
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(replay: control);
        (await gateway.JsonAsync("/api/v1/replay")).GetProperty("state").GetString().ShouldBe("paused");
        using HttpResponseMessage answer = await gateway.Http.PostAsJsonAsync("/api/v1/replay", new { action = "seek", at = "2026-07-01T05:00:00Z" }, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        control.Last.ShouldBe(new ReplayCommand("seek", At: new DateTimeOffset(2026, 7, 1, 5, 0, 0, TimeSpan.Zero)));
        using HttpResponseMessage wrong = await gateway.Http.PostAsJsonAsync("/api/v1/replay", new { action = "dance" }, Token);
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await wrong.Content.ReadAsStringAsync(Token)).ShouldContain("no action");
        foreach (object body in new object[] { "play", new { speed = 3 }, new { action = 5 }, new { action = "play", sped = 3 } })
        {
            using HttpResponseMessage bad = await gateway.Http.PostAsJsonAsync("/api/v1/replay", body, Token);
            bad.StatusCode.ShouldBe(HttpStatusCode.BadRequest, JsonSerializer.Serialize(body));
        }
        (await gateway.JsonAsync("/api/v1/city")).GetProperty("frame").GetProperty("replay").GetProperty("source").GetString().ShouldBe("a tape");
    }

    [Fact]
    public async Task The_hub_takes_the_same_commands()
    {
        var control = new FakeControl();
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(replay: control);
        await using HubClient hub = await HubClient.ConnectAsync(gateway.Http.BaseAddress!, cancellationToken: Token);
        (await hub.InvokeAsync<JsonElement>("replay", new { action = "speed", speed = 300 }, Token)).GetProperty("state").GetString().ShouldBe("paused");
        control.Last.ShouldBe(new ReplayCommand("speed", 300));
        (await Should.ThrowAsync<Exception>(() => hub.InvokeAsync<JsonElement>("replay", new { action = "dance" }, Token))).Message.ShouldContain("no action");
    }

    [Fact]
    public async Task A_city_that_is_no_replay_says_so()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        await gateway.JsonAsync("/api/v1/replay", 404);
        using HttpResponseMessage answer = await gateway.Http.PostAsJsonAsync("/api/v1/replay", new { action = "play" }, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await gateway.JsonAsync("/api/v1/city")).GetProperty("frame").GetProperty("replay").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private sealed class FakeControl : IReplayControl
    {
        public ReplayCommand? Last { get; private set; }

        public ReplayView View => new("paused", 60, Samples.Now, Samples.Now.AddHours(-3), Samples.Now.AddHours(3), false, "a tape");

        public ReplayView Do(ReplayCommand command)
        {
            Last = command;
            return string.Equals(command.Action, "dance", StringComparison.Ordinal) ? throw new InputException("\"dance\" is no action") : View;
        }
    }
}
