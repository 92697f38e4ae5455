using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Movc.Domain;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.Domain.Sources;
using Movc.Gateway.Peers;

namespace Movc.Gateway.Tests;

public class PeerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_twin_of_several_processes_is_put_together_and_what_nobody_holds_is_told()
    {
        var first = new FakeMember(4) { Shards = [Shard(0, 5, 10), Shard(1, 1, 20)] };
        var second = new FakeMember(4) { Shards = [Shard(1, 2, 25), Shard(2, 1, 30)], Trouble = null };
        await using PeerHost one = await ServeAsync(first), other = await ServeAsync(second);
        using var twin = new RemoteTwin(PeerAddresses.Parse("--twins", $"{one.Address.Authority},{other.Address.Authority}"), "t", TimeProvider.System);
        TwinStatus status = await twin.StatusAsync(Token);
        // Of two that tell of a shard, the later writer holds it.
        (status.Registered, status.EventsDeadLettered).ShouldBe((10 + 25 + 30, 3));
        status.Trouble.ShouldNotBeNull().Message.ShouldStartWith("1 of 4 shards are held by no process of the twin; ");
        (await twin.PositionsAsync("movc:sim", Token)).ShouldBeNull();
        DateTimeOffset since = status.Trouble.Since;
        second.Shards = [Shard(1, 2, 25), Shard(2, 1, 30), Shard(3, 1, 40)];
        status = await twin.StatusAsync(Token);
        (status.Registered, status.Trouble, status.At, status.Flexibility!.ChargeKw).ShouldBe((105, null, Samples.Now, 4));
        status.Holdings.ShouldNotBeNull().Select(h => (h.Shard, h.Holder, h.WriterEpoch)).ShouldBe([(0, one.Address.Authority, 5L), (1, other.Address.Authority, 2L), (2, other.Address.Authority, 1L), (3, other.Address.Authority, 1L)]);
        twin.ReachedMs.ShouldBe(long.MinValue);
        (await twin.PositionsAsync("movc:sim", Token)).ShouldNotBeNull().Select(p => (p.Shard, p.ReachedMs)).ShouldBe([(0, 5L), (1, 1L), (2, 1L), (3, 1L)]);
        twin.ReachedMs.ShouldBe(1);
        CityStateView state = await twin.CityAsync(Token);
        (state.City.Vehicles, state.Complete, state.Districts.Count).ShouldBe((120, true, 1));
        (await twin.PastSpanAsync(Token)).ShouldBe(new PastSpan(Samples.Now.AddHours(-3), Samples.Now));
        (await twin.PastCityAsync(Samples.Now.AddMinutes(-5), Token)).ShouldNotBeNull().At.ShouldBe(Samples.Now.AddMinutes(-5));
        (await twin.PastVehicleAsync(Samples.VehicleId, Samples.Now, Token)).ShouldNotBeNull().Version.ShouldBe(3);
        (await twin.PastVehicleAsync("unknown", Samples.Now, Token)).ShouldBeNull();
        (await twin.SourcesAsync(Token)).ShouldHaveSingleItem().Accepted.ShouldBe(400);
        (await twin.VehicleAsync(Samples.VehicleId, Token)).ShouldBe(Samples.Vehicle());
        (await twin.VehicleEventsAsync(Samples.VehicleId, 5, Token)).ShouldNotBeNull().ShouldHaveSingleItem().ShouldBe(Samples.PluggedIn());
        (await twin.VehicleAsync("unknown", Token)).ShouldBeNull();
        (await twin.DeadLettersAsync("time-backward", 7, Token)).ShouldHaveSingleItem().Id.ShouldBe(7);
        second.Asked.ShouldBeNull();
        first.Asked.ShouldBe(("time-backward", 7));
        // A process that goes: its shards stay as they were known, with the time since when.
        await other.StopAsync(Token);
        status = await twin.StatusAsync(Token);
        status.Registered.ShouldBe(105);
        status.Trouble.ShouldNotBeNull().Message.ShouldStartWith("3 of 4 shards are held by no process of the twin (");
        status.Holdings.ShouldNotBeNull().Select(h => h.Holder).ShouldBe([one.Address.Authority, string.Empty, string.Empty, string.Empty]);
        status.Trouble.Since.ShouldBeGreaterThanOrEqualTo(since);
        (await Should.ThrowAsync<HttpRequestException>(async () => await twin.VehicleAsync(Samples.VehicleId, Token))).Message.ShouldContain("held by no process of the twin that answers");
    }

    [Fact(Timeout = 60_000)]
    public async Task Plans_and_the_source_stay_as_known_last_while_they_do_not_answer()
    {
        var plans = new FakePlans();
        PeerHost optimizer = Host().Serve(plans);
        await optimizer.StartAsync(Token);
        using var remote = new RemotePlans(PeerAddresses.Parse("--optimizer", optimizer.Address.Authority), "t", TimeProvider.System);
        PlanView plan = (await remote.LatestAsync(Token)).ShouldNotBeNull();
        plan.Id.ShouldBe(Samples.Plan().Id);
        plan.Horizon.AfterKw.ShouldBe(Samples.Plan().Horizon.AfterKw);
        (await remote.HistoryAsync(Samples.Now, Token)).ShouldNotBeNull().AfterKw.Count.ShouldBe(90);
        plans.LastFrom.ShouldBe(Samples.Now);
        (await remote.RecentAsync(1, Token)).ShouldHaveSingleItem().Id.ShouldBe("b");
        remote.Trouble.ShouldBeNull();
        plans.Plan = null;
        (await remote.LatestAsync(Token)).ShouldBeNull();
        plans.Plan = Samples.Plan();
        await remote.LatestAsync(Token);
        await optimizer.DisposeAsync();
        (await remote.LatestAsync(Token)).ShouldNotBeNull().Id.ShouldBe(plan.Id);
        remote.Trouble.ShouldNotBeNull().Message.ShouldContain("the last plan known is shown");
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_the_token_nothing_is_told_and_the_fault_names_it()
    {
        await using PeerHost one = await ServeAsync(new FakeMember(1) { Shards = [Shard(0, 1, 1)] });
        using var wrong = new RemoteTwin(PeerAddresses.Parse("--twins", one.Address.Authority), "other", TimeProvider.System);
        (await Should.ThrowAsync<HttpRequestException>(async () => await wrong.StatusAsync(Token))).Message.ShouldContain("asks for another MOVC_ROLE_TOKEN");
        using var http = new HttpClient { BaseAddress = one.Address };
        (await http.GetStringAsync(new Uri("health/ready", UriKind.Relative), Token)).ShouldBe("""{"isReady":true,"state":"","since":null}""");
        (await http.GetAsync(new Uri("internal/v1/twin", UriKind.Relative), Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        Should.Throw<InputException>(() => PeerHost.Build("0.0.0.0:0", null, _ => Task.FromResult(new Readiness(true, "x")), NullLoggerFactory.Instance)).Message.ShouldContain("set MOVC_ROLE_TOKEN");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_source_is_looked_at_and_its_end_is_no_trouble()
    {
        var run = new FakeRun();
        PeerHost ingest = Host().Serve(run);
        await ingest.StartAsync(Token);
        int changes = 0;
        using var remote = new RemoteRun(PeerAddresses.Parse("--ingest", ingest.Address.Authority), "t", TimeProvider.System)
        {
            City = "c", TimeZone = "UTC", LoadSource = "l", Assumptions = [], OnChange = () => Interlocked.Increment(ref changes),
        };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task watching = remote.WatchAsync(stop.Token);
        run.State = RunState.Finished;
        while (remote.State != RunState.Finished) await Task.Delay(20, Token);
        changes.ShouldBeGreaterThan(0);
        remote.Mode.ShouldBe(CityMode.Simulated);
        await ingest.DisposeAsync();
        await Task.Delay(1500, Token);
        remote.Trouble.ShouldBeNull();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => watching);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData(":5082")]
    [InlineData("a:0")]
    [InlineData("a:1,b")]
    [InlineData(",")]
    public void An_address_that_is_none_is_refused_with_the_option(string text) =>
        Should.Throw<InputException>(() => PeerAddresses.Parse("--twins", text)).Message.ShouldStartWith("--twins");

    private static PeerHost Host() => PeerHost.Build("127.0.0.1:0", "t", _ => Task.FromResult(new Readiness(true, "ready")), NullLoggerFactory.Instance);

    private static async Task<PeerHost> ServeAsync(ITwinMember member)
    {
        PeerHost host = Host().Serve(member);
        await host.StartAsync(Token);
        return host;
    }

    private static ShardStatus Shard(int shard, long epoch, int registered) => new(
        shard, epoch, Samples.Now, registered, 1, 1, 0, 0, 0, 0, 9, 0, new Dictionary<string, int>(StringComparer.Ordinal) { ["good"] = registered },
        new PlaceCounts(1, 2, 3, 4, 5), new FleetFlexibility(1, 2, 3, 4)) { Sources = [Samples.Source()] };

    /// <summary>A process of a twin that holds the shards it is given; the sample's vehicle lies in the last one.</summary>
    private sealed class FakeMember(int partitions) : ITwinMember
    {
        public IReadOnlyList<ShardStatus> Shards { get; set; } = [];

        public Trouble? Trouble { get; init; }

        public (string?, int)? Asked { get; private set; }

        public ValueTask<TwinMemberStatus> MemberStatusAsync(CancellationToken cancellationToken) =>
            ValueTask.FromResult(new TwinMemberStatus(partitions, Shards, new Dictionary<string, long>(StringComparer.Ordinal) { ["time-backward"] = 3 }, Trouble));

        public async ValueTask<TwinStatus> StatusAsync(CancellationToken cancellationToken)
        {
            TwinMemberStatus status = await MemberStatusAsync(cancellationToken);
            return TwinStatus.Of(status.Shards, status.DeadLettersByReason, status.Trouble);
        }

        public ValueTask<CityStateView> CityAsync(CancellationToken cancellationToken) => new FakeTwin().CityAsync(cancellationToken);

        public ValueTask<IReadOnlyList<SourceStatus>> SourcesAsync(CancellationToken cancellationToken) => new FakeTwin().SourcesAsync(cancellationToken);

        public ValueTask<PastSpan?> PastSpanAsync(CancellationToken cancellationToken) => new FakeTwin().PastSpanAsync(cancellationToken);

        public ValueTask<CityStateView?> PastCityAsync(DateTimeOffset at, CancellationToken cancellationToken) => new FakeTwin().PastCityAsync(at, cancellationToken);

        public ValueTask<VehicleView?> PastVehicleAsync(string vehicleId, DateTimeOffset at, CancellationToken cancellationToken) => new FakeTwin().PastVehicleAsync(vehicleId, at, cancellationToken);

        public int Partitions => partitions;

        public bool Holds(string vehicleId) => Shards.Any(s => s.Shard == partitions - 1);

        public IReadOnlyList<SourcePosition> Positions(string sourceUri) => [.. Shards.Select(s => new SourcePosition(s.Shard, s.WriterEpoch, 1))];

        public IReadOnlyList<ShardHash> Hashes() => [];

        public ValueTask<VehicleView?> VehicleAsync(string vehicleId, CancellationToken cancellationToken) => ValueTask.FromResult(vehicleId is Samples.VehicleId ? Samples.Vehicle() : null);

        public ValueTask<IReadOnlyList<VehicleEventView>?> VehicleEventsAsync(string vehicleId, int limit, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<VehicleEventView>?>(vehicleId is Samples.VehicleId ? [Samples.PluggedIn()] : null);

        public ValueTask<IReadOnlyList<DeadLetterView>> DeadLettersAsync(string? reason, int limit, CancellationToken cancellationToken)
        {
            Asked = (reason, limit);
            return new FakeTwin().DeadLettersAsync(reason, limit, cancellationToken);
        }
    }
}
