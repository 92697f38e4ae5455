using Movc.Domain;
using Movc.Domain.Aggregators;
using Movc.Domain.Fleet;
using Movc.Domain.Operators;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Operators;
using Movc.RollingOptimizer.Setpoints;
using Movc.RollingOptimizer.Tests.Horizon;

namespace Movc.RollingOptimizer.Tests.Operators;

public sealed class DispatchHoldsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movc-holds-");

    private string LogPath => Path.Combine(_folder.FullName, "operators.jsonl");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_hold_stands_with_who_and_why_until_it_is_resumed_and_outlives_the_program()
    {
        DispatchHolds holds = Open();
        await holds.ChangeAsync(new HoldCommand("hold", HoldScope.District, "Nanshan", "lead", "cable works"), Token);
        await holds.ChangeAsync(new HoldCommand("hold", HoldScope.City, null, " lead ", "drill"), Token);
        HoldsView view = await Open().ViewAsync(Token);
        view.Held.Select(h => (h.Scope, h.Name, h.By, h.Why)).ShouldBe([(HoldScope.District, "Nanshan", "lead", "cable works"), (HoldScope.City, string.Empty, "lead", "drill")]);
        view.Districts.ShouldBe(["Nanshan", "Futian"]);
        holds = Open();
        view = await holds.ChangeAsync(new HoldCommand("resume", HoldScope.District, "Nanshan", "night shift", "done"), Token);
        view.Held.Single().Scope.ShouldBe(HoldScope.City);
        view.Log.Select(l => l.Action).ShouldBe(["resume", "hold", "hold"]);
        File.ReadAllLines(LogPath).Length.ShouldBe(3);
    }

    [Theory]
    [InlineData("hold", HoldScope.District, "Atlantis", "me", "why", "give one of Nanshan, Futian")]
    [InlineData("hold", HoldScope.Aggregator, null, "me", "why", "give one of aggregator-1")]
    [InlineData("hold", HoldScope.City, null, "", "why", "by:")]
    [InlineData("hold", HoldScope.City, null, "me", " ", "why:")]
    [InlineData("stop", HoldScope.City, null, "me", "why", "give hold, resume, limit or unlimit")]
    [InlineData("resume", HoldScope.City, null, "me", "why", "not held")]
    public async Task An_order_that_makes_no_sense_is_refused_and_leaves_no_line(string action, HoldScope scope, string? name, string by, string why, string reason)
    {
        DispatchHolds holds = Open();
        (await Should.ThrowAsync<InputException>(async () => await holds.ChangeAsync(new HoldCommand(action, scope, name, by, why), Token))).Message.ShouldContain(reason);
        File.Exists(LogPath).ShouldBeFalse();
    }

    [Fact]
    public async Task A_limit_stands_until_it_is_ended_a_new_one_takes_its_place_and_holds_are_left_alone()
    {
        DispatchHolds holds = Open();
        await holds.ChangeAsync(new HoldCommand("hold", HoldScope.District, "Futian", "lead", "works"), Token);
        await holds.ChangeAsync(new HoldCommand("limit", HoldScope.District, "Futian", "lead", "hot cable", 900), Token);
        await holds.ChangeAsync(new HoldCommand("limit", HoldScope.District, "Futian", "lead", "hotter", 700, 500), Token);
        HoldsView view = await Open().ViewAsync(Token);
        view.Limits.Select(l => (l.Name, l.ImportKw, l.ExportKw, l.Why)).ShouldBe([("Futian", 700, 500, "hotter")]);
        view.Held.Count.ShouldBe(1);
        view = await Open().ChangeAsync(new HoldCommand("unlimit", HoldScope.District, "Futian", "lead", "cool"), Token);
        view.Limits.ShouldBeEmpty();
        view.Held.Count.ShouldBe(1);
        await Should.ThrowAsync<InputException>(async () => await Open().ChangeAsync(new HoldCommand("unlimit", HoldScope.District, "Futian", "lead", "cool"), Token));
    }

    [Theory]
    [InlineData("limit", HoldScope.District, null, null, "at least one")]
    [InlineData("limit", HoldScope.District, -1.0, null, "importKw -1")]
    [InlineData("limit", HoldScope.District, 5.0, double.NaN, "exportKw NaN")]
    [InlineData("limit", HoldScope.City, 5.0, null, "only districts")]
    [InlineData("hold", HoldScope.District, 5.0, null, "only the action limit")]
    public async Task A_limit_that_is_none_is_refused_and_leaves_no_line(string action, HoldScope scope, double? importKw, double? exportKw, string reason)
    {
        string? name = scope == HoldScope.City ? null : "Futian";
        (await Should.ThrowAsync<InputException>(async () => await Open().ChangeAsync(new HoldCommand(action, scope, name, "me", "why", importKw, exportKw), Token))).Message.ShouldContain(reason);
        File.Exists(LogPath).ShouldBeFalse();
    }

    [Fact]
    public async Task A_line_that_was_torn_by_a_crash_is_dropped_and_a_damaged_one_is_named()
    {
        await Open().ChangeAsync(new HoldCommand("hold", HoldScope.City, null, "me", "why"), Token);
        await File.AppendAllTextAsync(LogPath, "{\"recordedAt\":\"20", Token);
        DispatchHolds holds = Open();
        (await holds.ViewAsync(Token)).Held.Count.ShouldBe(1);
        await holds.ChangeAsync(new HoldCommand("resume", HoldScope.City, null, "me", "why"), Token);
        (await Open().ViewAsync(Token)).Held.ShouldBeEmpty();
        string[] lines = await File.ReadAllLinesAsync(LogPath, Token);
        await File.WriteAllLinesAsync(LogPath, [lines[0], "rubbish", lines[1]], Token);
        Should.Throw<InputException>(() => Open()).Message.ShouldContain("operators.jsonl:2:");
    }

    [Fact]
    public void A_mask_hides_what_is_held_and_whose_aggregator_is_silent()
    {
        FleetSnapshot fleet = Fleets.Of(Fleets.At, [.. Enumerable.Range(0, 30).Select(_ => new Fleets.Vehicle(60_000, 30_000, 7_000, Fleets.At + (9 * Slots.Ms)))]);
        ShardSnapshot shard = fleet.Shards[0];
        for (int k = 0; k < 30; k++) shard.District[k] = (k % 3) - 1;
        var map = new HashedAggregators(2);
        int[] Hidden(DispatchMask mask) => [.. Enumerable.Range(0, 30).Where(k => mask.Hides(shard, k))];
        OperatorEntry Hold(HoldScope scope, string name) => new(default, default, OperatorEntry.Hold, scope, name, "me", "why");
        string[] districts = ["Nanshan", "Futian"];
        Hidden(DispatchMask.None).ShouldBeEmpty();
        Hidden(new DispatchMask(map, districts, [Hold(HoldScope.City, string.Empty)], [])).Length.ShouldBe(30);
        Hidden(new DispatchMask(map, districts, [Hold(HoldScope.District, "Futian")], [])).ShouldBe(Enumerable.Range(0, 30).Where(k => k % 3 == 2));
        int[] ofFirst = [.. Enumerable.Range(0, 30).Where(k => map.Of(shard.Ids.Utf8(shard.Vehicle[k])) == 0)];
        ofFirst.Length.ShouldBeInRange(5, 25);
        Hidden(new DispatchMask(map, districts, [], ["aggregator-1"])).ShouldBe(ofFirst);
        Hidden(new DispatchMask(map, districts, [Hold(HoldScope.Aggregator, "aggregator-1")], [])).ShouldBe(ofFirst);
    }

    private DispatchHolds Open() => new(new FileOperatorLog(LogPath), ["Nanshan", "Futian"], ["aggregator-1"], () => DateTimeOffset.FromUnixTimeMilliseconds(Fleets.At), TimeProvider.System);
}
