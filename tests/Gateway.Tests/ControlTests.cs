using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Movc.Domain;
using Movc.Domain.Aggregators;
using Movc.Domain.Flexibility;
using Movc.Domain.Operators;
using Movc.Gateway.Peers;
using Movc.TestKit;

namespace Movc.Gateway.Tests;

/// <summary>What a control room and its aggregators do over HTTP: setpoints and answers, holds, questions, bundles.</summary>
public class ControlTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_aggregator_reads_its_setpoints_and_answers_them()
    {
        var desk = new FakeDesk();
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(desk: desk);
        JsonElement view = await gateway.JsonAsync("/api/v1/aggregators");
        view.GetProperty("aggregators")[0].GetProperty("last").GetProperty("rejected").GetInt64().ShouldBe(1);
        view.GetProperty("lastRefusal").GetString().ShouldBe("nothing is awaited");
        JsonElement sheet = await gateway.JsonAsync($"/api/v1/aggregators/{FakeDesk.Aggregator}/setpoints");
        sheet.GetProperty("powerW")[0].GetInt32().ShouldBe(-5_000);
        sheet.GetProperty("state")[1].GetString().ShouldBe("not-followed");
        (await gateway.JsonAsync("/api/v1/vehicles/a/setpoint")).GetProperty("state").GetString().ShouldBe("timed-out");
        await gateway.JsonAsync("/api/v1/vehicles/b/setpoint", 404);
        await gateway.JsonAsync($"/api/v1/aggregators/{FakeDesk.Aggregator}/setpoints?at=2020-01-01T00:00:00Z", 404);
        await gateway.JsonAsync($"/api/v1/aggregators/{FakeDesk.Aggregator}/setpoints?at=soon", 400);
        using (HttpResponseMessage part = await gateway.Http.GetAsync($"/api/v1/aggregators/{FakeDesk.Aggregator}/vehicles?plan=plan", TestContext.Current.CancellationToken))
        {
            (part.Content.Headers.ContentType?.MediaType, part.Content.Headers.ContentDisposition?.FileName).ShouldBe(("application/zip", $"plan-{FakeDesk.Aggregator}.zip"));
            (await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length.ShouldBe(4);
        }
        (await gateway.JsonAsync($"/api/v1/aggregators/{FakeDesk.Aggregator}/vehicles?plan=older", 404)).GetProperty("remedy").GetString().ShouldBe("ask for the newest");
        await gateway.JsonAsync("/api/v1/aggregators/nobody/vehicles", 404);
        (await gateway.JsonAsync("/api/v1/aggregators/nobody/setpoints", 404)).GetProperty("remedy").GetString()!.ShouldContain(FakeDesk.Aggregator);
        (int status, _) = await PostAsync(gateway, $"aggregators/{FakeDesk.Aggregator}/answers", """{"setpointAt": "2026-07-01T00:00:00Z", "kind": "observed", "exceptions": [{"vehicle": "b", "outcome": "not-followed", "powerW": 300}]}""");
        status.ShouldBe(202);
        SetpointAck ack = desk.Acks.Single();
        (ack.Aggregator, ack.Kind, ack.Shard, ack.SetpointAtMs).ShouldBe((FakeDesk.Aggregator, AckKind.Observed, null, 1_782_864_000_000));
        ack.Exceptions.Single().ShouldBe(new SetpointException("b", SetpointOutcome.NotFollowed, 300));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{"setpointAt": "2026-07-01T00:00:00Z"}""")]
    [InlineData("""{"setpointAt": "noon", "kind": "accepted"}""")]
    [InlineData("""{"setpointAt": "2026-07-01T00:00:00Z", "kind": "perhaps"}""")]
    [InlineData("""{"setpointAt": "2026-07-01T00:00:00Z", "kind": 1}""")]
    [InlineData("""{"setpointAt": "2026-07-01T00:00:00Z", "kind": "accepted", "exeptions": []}""")]
    [InlineData("""{"setpointAt": "2026-07-01T00:00:00Z", "kind": "accepted", "exceptions": [{"vehicle": "b", "outcome": "accepted", "powerW": null}]}""")]
    public async Task An_answer_that_is_none_is_refused_with_what_to_send(string body)
    {
        var desk = new FakeDesk();
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(desk: desk);
        (int status, JsonElement problem) = await PostAsync(gateway, $"aggregators/{FakeDesk.Aggregator}/answers", body);
        status.ShouldBe(400);
        problem.GetProperty("remedy").GetString()!.ShouldContain("setpointAt");
        desk.Acks.ShouldBeEmpty();
    }

    [Fact]
    public async Task Holds_and_questions_go_through_and_what_is_wrong_with_them_comes_back()
    {
        var desk = new FakeDesk();
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(desk: desk);
        (int status, JsonElement view) = await PostAsync(gateway, "holds", """{"action": "hold", "scope": "district", "name": "Nanshan", "by": "me", "why": "works"}""");
        status.ShouldBe(200);
        view.GetProperty("held")[0].GetProperty("scope").GetString().ShouldBe("district");
        (await gateway.JsonAsync("/api/v1/holds")).GetProperty("log").GetArrayLength().ShouldBe(1);
        (status, JsonElement problem) = await PostAsync(gateway, "holds", """{"action": "hold", "scope": "district", "name": "Atlantis", "by": "me", "why": "works"}""");
        (status, problem.GetProperty("detail").GetString()).ShouldBe((400, "give one of Nanshan"));
        (status, _) = await PostAsync(gateway, "holds", """{"action": "hold", "scope": "planet", "name": "", "by": "me", "why": "works"}""");
        status.ShouldBe(400);
        (status, JsonElement answer) = await PostAsync(gateway, "flexibility/ask", """{"from": "2026-07-01T10:00:00Z", "to": "2026-07-01T11:00:00Z", "mw": 20}""");
        (status, answer.GetProperty("deliverable").GetString(), answer.GetProperty("compensationRmb").ValueKind).ShouldBe((200, "not-shown", JsonValueKind.Null));
        desk.Asked!.Mw.ShouldBe(20);
        (status, problem) = await PostAsync(gateway, "flexibility/ask", """{"from": "2026-07-01T10:00:00Z", "to": "2026-07-01T11:00:00Z", "mw": 0}""");
        (status, problem.GetProperty("detail").GetString()).ShouldBe((400, "mw: over 0"));
        (status, _) = await PostAsync(gateway, "flexibility/ask", """{"from": "2026-07-01T10:00:00Z", "mw": 5}""");
        status.ShouldBe(400);
        (await gateway.JsonAsync("/api/v1/flexibility/curve")).GetProperty("points")[1].GetProperty("isMost").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Who_follows_an_aggregator_over_the_hub_gets_its_setpoints_at_once_and_whenever_they_are_new()
    {
        var desk = new FakeDesk();
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(desk: desk);
        await using HubClient hub = await HubClient.ConnectAsync(gateway.Http.BaseAddress!, cancellationToken: Token);
        var come = new TaskCompletionSource<JsonElement>();
        hub.On("setpoints", sheet => come.TrySetResult(sheet));
        (await hub.InvokeAsync<JsonElement>("followSetpoints", FakeDesk.Aggregator, Token)).GetProperty("vehicle")[1].GetString().ShouldBe("b");
        (await come.Task.WaitAsync(TimeSpan.FromSeconds(20), Token)).GetProperty("planId").GetString().ShouldBe("plan");
        (await Should.ThrowAsync<Exception>(() => hub.InvokeAsync<JsonElement>("followSetpoints", "nobody", Token))).Message.ShouldContain(FakeDesk.Aggregator);
    }

    [Fact]
    public async Task A_city_that_sends_no_setpoints_says_so()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        foreach (string path in new[] { "aggregators", "aggregators/a/setpoints", "vehicles/a/setpoint", "holds", "flexibility/curve" }) await gateway.JsonAsync("/api/v1/" + path, 404);
        (int status, _) = await PostAsync(gateway, "holds", "{}");
        status.ShouldBe(404);
    }

    [Fact]
    public async Task A_plan_can_be_taken_along_as_its_prices()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        (await gateway.JsonAsync("/api/v1/bundles?limit=5"))[0].GetProperty("hash").GetString().ShouldBe("ab12");
        await gateway.JsonAsync("/api/v1/bundles?limit=0", 400);
        foreach (string id in new[] { "latest", gateway.Plans.Bundle.Id })
        {
            using HttpResponseMessage response = await gateway.Http.GetAsync(new Uri("/api/v1/bundles/" + id, UriKind.Relative), Token);
            (await response.Content.ReadAsByteArrayAsync(Token)).ShouldBe([1, 2, 3]);
            response.Content.Headers.ContentDisposition!.FileName.ShouldBe(gateway.Plans.Bundle.Id + ".movcplan");
        }
        await gateway.JsonAsync("/api/v1/bundles/nothing", 404);
    }

    [Fact(Timeout = 60_000)]
    public async Task Over_the_optimizers_process_all_of_it_is_the_same()
    {
        var desk = new FakeDesk();
        await using PeerHost peer = PeerHost.Build("127.0.0.1:0", "t", _ => Task.FromResult(new Readiness(true, "")), NullLoggerFactory.Instance).Serve(new FakePlans()).Serve(desk, desk, desk);
        await peer.StartAsync(Token);
        using var remote = new RemoteSetpoints(PeerAddresses.Parse("--optimizer", peer.Address.Authority), "t");
        using var plans = new RemotePlans(PeerAddresses.Parse("--optimizer", peer.Address.Authority), "t", TimeProvider.System);
        (await remote.ViewAsync(Token)).Aggregators.Single().Last.ShouldBe((await desk.ViewAsync(Token)).Aggregators.Single().Last);
        (await remote.SheetAsync(FakeDesk.Aggregator, null, Token))!.State.ShouldBe([SetpointOutcome.Observed, SetpointOutcome.NotFollowed]);
        (await remote.SheetAsync(FakeDesk.Aggregator, Samples.Now.AddDays(1), Token)).ShouldBeNull();
        (await remote.OfVehicleAsync("a", Token))!.PowerW.ShouldBe(-5_000);
        IDispatchHolds holds = remote;
        (await holds.ChangeAsync(new HoldCommand("hold", HoldScope.City, null, "me", "why"), Token)).Held.Count.ShouldBe(1);
        (await holds.ViewAsync(Token)).Held.Single().By.ShouldBe("me");
        (await Should.ThrowAsync<InputException>(async () => await holds.ChangeAsync(new HoldCommand("hold", HoldScope.District, "Atlantis", "me", "why"), Token))).Message.ShouldBe("give one of Nanshan");
        (await remote.AskAsync(new FlexibilityAsk(Samples.Now, Samples.Now.AddHours(1), 4), Token))!.MaxMw.ShouldBe(12);
        (await remote.CurveAsync(Token))!.Points.Count.ShouldBe(2);
        (await plans.BundleAsync(null, Token))!.Bytes.ShouldBe([1, 2, 3]);
        (await plans.BundleAsync("nothing", Token)).ShouldBeNull();
        (await plans.BundlesAsync(9, Token)).Single().Size.ShouldBe(3);
        await peer.StopAsync(Token);
        (await Should.ThrowAsync<InputException>(async () => await holds.ChangeAsync(new HoldCommand("hold", HoldScope.City, null, "me", "why"), Token))).Message.ShouldContain("the order was not taken");
    }

    private static async Task<(int Status, JsonElement Body)> PostAsync(GatewayUnderTest gateway, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await gateway.Http.PostAsync(new Uri("/api/v1/" + path, UriKind.Relative), content, Token);
        int status = (int)response.StatusCode;
        return (status, status == 202 ? default : await GatewayUnderTest.ReadAsync(response, status));
    }
}
