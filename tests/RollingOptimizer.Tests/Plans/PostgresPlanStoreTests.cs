using Movc.Database;
using Movc.RollingOptimizer.Plans;
using Movc.TestKit;

namespace Movc.RollingOptimizer.Tests.Plans;

public sealed class PostgresPlanStoreTests(PostgresFixture fixture) : PlanStoreTests, IAsyncLifetime
{
    private PostgresDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        string connection = fixture.Server.CreateDatabase();
        await PostgresMigrations.MigrateAsync(connection, Token);
        _database = await PostgresDatabase.OpenAsync(connection, TimeProvider.System, Token);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public void The_same_plan_twice_is_one_and_another_for_the_interval_stops_who_brings_it()
    {
        using IPlanStore store = Open(), beside = Open();
        store.Add(StoredPlans.Plan(At, 1, 1), null);
        beside.Add(StoredPlans.Plan(At, 1, 1), null);
        store.Hashes().Count.ShouldBe(1);
        StoreFencedException fenced = Should.Throw<StoreFencedException>(() => beside.Add(StoredPlans.Plan(At, 2, 1, "another"), new RealizedSlot(At, 9, 9, 9)));
        fenced.Message.ShouldContain("another optimizer stored another plan for 2022-07-18 00:00Z; stop one of them");
        store.Hashes().ShouldBe([(At, "hash")]);
        store.Realized(long.MinValue).ShouldBeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_server_that_is_away_is_waited_for_until_the_optimizer_stops()
    {
        using var own = PostgresServer.Start();
        string connection = own.CreateDatabase();
        await PostgresMigrations.MigrateAsync(connection, Token);
        await using PostgresDatabase database = await PostgresDatabase.OpenAsync(connection, TimeProvider.System, Token);
        using var stop = new CancellationTokenSource();
        using var store = new PostgresPlanStore(database, stop.Token);
        store.Add(StoredPlans.Plan(At, 1, 1), null);
        own.Crash();
        Task adding = Task.Run(() => store.Add(StoredPlans.Plan(At + 600_000, 1, 1), null), Token);
        while (database.Access.Trouble is null) await Task.Delay(20, Token);
        adding.IsCompleted.ShouldBeFalse();
        own.Restart();
        await adding;
        database.Access.Trouble.ShouldBeNull();
        own.Crash();
        Task stopped = Task.Run(() => store.Add(StoredPlans.Plan(At + 1_200_000, 1, 1), null), Token);
        while (database.Access.Trouble is null) await Task.Delay(20, Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => stopped);
    }

    private protected override IPlanStore Open() => new PostgresPlanStore(_database, Token);
}
