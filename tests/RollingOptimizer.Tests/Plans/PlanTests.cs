using Microsoft.Data.Sqlite;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Plans;
using Movc.RollingOptimizer.Tests.Horizon;

namespace Movc.RollingOptimizer.Tests.Plans;

public sealed class PlanTests : IDisposable
{
    private const long At = Fleets.At;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movc-plans-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(_folder.FullName, "plans.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_hash_ignores_seconds_and_nothing_else_that_was_decided()
    {
        FleetSnapshot fleet = Fleets.Of(At, [[new(60_000, 30_000, 7_000, At + (50 * Slots.Ms))]]);
        DispatchInstance instance = Fleets.Build(fleet, 12, []).Instance;
        SetpointBatch[] setpoints = [new(0, At, At + 1, [0, 2], [5, -6])];
        DispatchResult result = FakeSolver.Result(instance, [0]);
        string hash = PlanHash.Of(fleet, result, setpoints);
        hash.Length.ShouldBe(64);
        PlanHash.Of(fleet, FakeSolver.Result(instance, [0], seconds: 99), setpoints).ShouldBe(hash);
        string[] others =
        [
            PlanHash.Of(fleet with { AtMs = At + 1 }, result, setpoints),
            PlanHash.Of(fleet, result, [setpoints[0] with { PowerW = [5, -7] }]),
            PlanHash.Of(fleet, result, [setpoints[0] with { Vehicle = [0, 3] }]),
            PlanHash.Of(fleet, result, [setpoints[0] with { Shard = 1 }]),
            PlanHash.Of(fleet, result, []),
            PlanHash.Of(fleet, With(result, r => r.Prices[3] += 1e-15), setpoints),
            PlanHash.Of(fleet, With(result, r => r.AfterKw[3] += 1e-9), setpoints),
        ];
        others.Any(o => string.Equals(o, hash, StringComparison.Ordinal)).ShouldBeFalse();
        others.Distinct(StringComparer.Ordinal).Count().ShouldBe(others.Length);
    }

    [Fact]
    public void The_same_interval_again_replaces_its_plan()
    {
        using SqlitePlanStore store = SqlitePlanStore.Open(FilePath);
        store.Add(StoredPlans.Plan(At, 1, 1), null);
        store.Add(StoredPlans.Plan(At, 2, 1), null);
        store.Hashes().Count.ShouldBe(1);
        store.Latest()!.View.ObjectiveKw.ShouldBe(2);
    }

    [Fact]
    public void A_file_of_the_first_version_is_read_as_it_is_and_brought_up_to_date_when_written_to()
    {
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = FilePath, Pooling = false }.ToString()))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE plans (at_ms INTEGER PRIMARY KEY, id TEXT NOT NULL, status TEXT NOT NULL, objective_kw REAL NOT NULL, bound_kw REAL NOT NULL, hash TEXT NOT NULL, document BLOB NOT NULL) STRICT;
                CREATE TABLE realized (at_ms INTEGER PRIMARY KEY, original_kw REAL NOT NULL, charge_only_kw REAL NOT NULL, after_kw REAL NOT NULL) STRICT;
                INSERT INTO realized VALUES (7, 1, 2, 3);
                PRAGMA user_version = 1;
                """;
            command.ExecuteNonQuery();
        }
        using (SqlitePlanStore reader = SqlitePlanStore.OpenForReading(FilePath))
        {
            reader.Realized(0).ShouldBe([new RealizedSlot(7, 1, 2, 3)]);
            reader.Foreseen(0).ShouldBeEmpty();
        }
        var now = new RealizedSlot(8, 1, 2, 3) { Willing = new WillingSlot(1, 2, 3) };
        using (SqlitePlanStore writer = SqlitePlanStore.Open(FilePath)) writer.Add(now);
        using SqlitePlanStore again = SqlitePlanStore.Open(FilePath);
        again.Realized(0).ShouldBe([new RealizedSlot(7, 1, 2, 3), now]);
    }

    [Theory]
    [InlineData("CREATE TABLE somebodys (x); INSERT INTO somebodys VALUES (1);", "not a plan store of Movc")]
    [InlineData("CREATE TABLE shards (x); PRAGMA user_version = 1;", "not a plan store of Movc")]
    [InlineData("PRAGMA user_version = 4;", "schema 4, this program knows 3")]
    public void A_file_that_is_no_plan_store_is_refused_untouched(string sql, string words)
    {
        using (var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
        byte[] before = File.ReadAllBytes(FilePath);
        Should.Throw<IOException>(() => SqlitePlanStore.Open(FilePath)).Message.ShouldContain(words);
        File.ReadAllBytes(FilePath).ShouldBe(before);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_in_one_line()
    {
        File.WriteAllText(FilePath, string.Concat(Enumerable.Repeat("no database\n", 100)));
        string message = Should.Throw<IOException>(() => SqlitePlanStore.Open(FilePath)).Message;
        message.ShouldContain("cannot be opened as a plan store");
        message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task The_newest_plans_are_told_in_order_and_only_their_seconds_are_lost_by_a_restart()
    {
        using (SqlitePlanStore store = SqlitePlanStore.Open(FilePath))
        {
            var board = new PlanBoard(store);
            (await board.RecentAsync(10, Token)).ShouldBeEmpty();
            for (int n = 0; n < 3; n++)
            {
                StoredPlan plan = StoredPlans.Plan(At + (n * Slots.Ms), 1 + n, 1);
                store.Add(plan, null);
                board.Show(plan.View);
            }
            board.Show(StoredPlans.Plan(At + (2 * Slots.Ms), 9, 1).View);
            (await board.RecentAsync(10, Token)).Select(p => (p.ObjectiveKw, p.Seconds)).ShouldBe([(1, .25), (2, .25), (9, .25)]);
            (await board.RecentAsync(2, Token)).Select(p => p.ObjectiveKw).ShouldBe([2, 9]);
        }
        using SqlitePlanStore again = SqlitePlanStore.Open(FilePath);
        IReadOnlyList<PlanBrief> after = await new PlanBoard(again).RecentAsync(2, Token);
        after.Select(p => (p.At.ToUnixTimeMilliseconds(), p.ObjectiveKw, p.Status, p.Seconds)).ShouldBe([(At + Slots.Ms, 2, "solved", null), (At + (2 * Slots.Ms), 3, "solved", null)]);
        after[0].Gap.ShouldBe((2 - (.1 + .2)) / 1, 1e-12);
    }

    [Fact]
    public void A_plan_stored_before_there_were_prices_and_objectives_still_loads()
    {
        using SqlitePlanStore store = SqlitePlanStore.Open(FilePath);
        StoredPlan plan = StoredPlans.Plan(At, 2, 1);
        store.Add(plan, null);
        string json = System.Text.Json.JsonSerializer.Serialize(plan);
        int from = json.IndexOf(",\"ObjectiveKind\":", StringComparison.Ordinal), to = json.IndexOf("},\"WarmPrices\"", StringComparison.Ordinal);
        from.ShouldBeGreaterThan(0);
        // The three stand last in the view; the document had the prices beside it then.
        json = json[..from] + "},\"Prices\":[0.5,-0.5]" + json[(to + 1)..];
        json.ShouldNotContain("ObjectiveKind");
        StoredPlan old = System.Text.Json.JsonSerializer.Deserialize<StoredPlan>(json)!;
        (old.View.ObjectiveKind, old.View.PeakWeight, old.View.Prices).ShouldBe(("flattest", 0, null));
    }

    [Fact]
    public async Task History_begins_after_the_newest_hole()
    {
        using SqlitePlanStore store = SqlitePlanStore.Open(FilePath);
        var board = new PlanBoard(store);
        (await board.HistoryAsync(null, Token)).ShouldBeNull();
        foreach (int n in new[] { 0, 1, 3, 4, 5 }) board.Add(new RealizedSlot(At + (n * Slots.Ms), n, n, n), stored: false);
        LoadCurves all = (await board.HistoryAsync(null, Token)).ShouldNotBeNull();
        (all.StartAt.ToUnixTimeMilliseconds(), string.Join(' ', all.AfterKw)).ShouldBe((At + (3 * Slots.Ms), "3 4 5"));
        LoadCurves late = (await board.HistoryAsync(DateTimeOffset.FromUnixTimeMilliseconds(At + (4 * Slots.Ms)), Token)).ShouldNotBeNull();
        string.Join(' ', late.AfterKw).ShouldBe("4 5");
        // An interval told again replaces itself and what came after it.
        board.Add(new RealizedSlot(At + (4 * Slots.Ms), 9, 9, 9), stored: false);
        board.NewestFirst().Select(s => s.AfterKw).ShouldBe([9, 3, 1, 0]);
    }

    [Fact]
    public void The_board_keeps_four_weeks_at_hand()
    {
        using SqlitePlanStore store = SqlitePlanStore.Open(FilePath);
        var board = new PlanBoard(store);
        for (int n = 0; n < PlanBoard.Capacity + 10; n++) board.Add(new RealizedSlot(At + (n * Slots.Ms), n, n, n), stored: true);
        board.NewestFirst().Count.ShouldBe(PlanBoard.Capacity);
        board.NewestFirst()[^1].OriginalKw.ShouldBe(10);
    }

    private static DispatchResult With(DispatchResult result, Action<DispatchResult> change)
    {
        var copy = new DispatchResult
        {
            Status = result.Status, ObjectiveKw = result.ObjectiveKw, BoundKw = result.BoundKw, Seconds = result.Seconds, AfterKw = [.. result.AfterKw], Prices = [.. result.Prices],
            FirstSlotPowerW = result.FirstSlotPowerW, Infeasible = result.Infeasible, Schedules = result.Schedules, WarmPrices = result.WarmPrices,
        };
        change(copy);
        return copy;
    }
}
