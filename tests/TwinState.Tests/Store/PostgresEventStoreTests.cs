using Movc.Conformance;
using Movc.Domain.Events;
using Movc.TwinState.Store;
using Movc.TwinState.Store.Postgres;

namespace Movc.TwinState.Tests.Store;

public sealed class PostgresEventStoreTests(PostgresFixture fixture) : EventStoreConformance
{
    private string? _database;

    private string Database => _database ??= fixture.Server.CreateDatabase();

    protected override async ValueTask<IEventStore> OpenAsync()
    {
        await PostgresMigrations.MigrateAsync(Database, Token);
        return await PostgresEventStore.OpenAsync(Database, TimeProvider.System, Token);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_database_is_migrated_once_by_however_many_at_a_time()
    {
        IReadOnlyList<string>[] applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostgresMigrations.MigrateAsync(Database, Token)));
        applied.Sum(a => a.Count).ShouldBe(PostgresMigrations.Scripts.Count);
        PostgresMigrations.Scripts.Select(s => s.Version).ShouldBe(Enumerable.Range(1, PostgresMigrations.Known));
        (await PostgresMigrations.MigrateAsync(Database, Token)).ShouldBeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task What_cannot_be_used_is_told_in_a_line_with_its_remedy()
    {
        (await RefusalAsync(Database)).ShouldContain("schema 0, this program needs 2; run movc migrate");
        await PostgresMigrations.MigrateAsync(Database, Token);
        fixture.Server.Psql(NameOf(Database), "INSERT INTO movc.schema_versions (version, name) VALUES (99, 'from the future')");
        (await RefusalAsync(Database)).ShouldContain("schema 99 is newer than this program, which knows 2");
        (await Should.ThrowAsync<StoreException>(() => PostgresMigrations.MigrateAsync(Database, Token))).Message.ShouldContain("newer");
        (await RefusalAsync(fixture.Server.Connection("movc_absent"))).ShouldContain("there is no such database");
        (await RefusalAsync(fixture.Server.Connection("postgres", "wrong"))).ShouldContain("refuses the user or the password");
        (await RefusalAsync("Host=127.0.0.1;Port=1;Username=x;Timeout=2")).ShouldContain("cannot be reached");
        (await RefusalAsync("nonsense")).ShouldContain("not a connection string");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_connection_that_is_cut_is_taken_up_again_and_nothing_is_written_twice()
    {
        await using IEventStore store = await OpenAsync();
        ShardHead head = await store.OpenShardAsync(0, Token);
        var append = new ShardAppend { Shard = 0, WriterEpoch = head.WriterEpoch };
        append.NewVehicles.Add((0, "v"u8.ToArray()));
        for (int n = 1; n <= 60; n++)
        {
            append.JournalSequence = n;
            append.Add(new EventRow(n, 0, n, VehicleEventType.LocationReported, Quality.Good, n, n, 0, n), [8, 2]);
            append.EventsOffset = n;
            // Every connection that there is, in the middle of whatever it does.
            Task cut = n % 3 == 0 ? Task.Run(() => fixture.Server.Psql("postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{NameOf(Database)}'"), Token) : Task.CompletedTask;
            await store.AppendAsync(append, Token);
            await cut;
            append.Clear();
            append.ExpectedSequence = n;
        }
        (await store.CountEventsAsync(Token)).ShouldBe(60);
        store.Trouble.ShouldBeNull();
        fixture.Server.Psql(NameOf(Database), "SELECT count(*), max(journal_sequence), max(version) FROM movc.events").ShouldBe("60|60|60");
        fixture.Server.Psql(NameOf(Database), "SELECT events_offset FROM movc.shards").ShouldBe("60");
    }

    [Fact(Timeout = 60_000)]
    public async Task Characters_that_text_cannot_hold_stop_nothing()
    {
        await using IEventStore store = await OpenAsync();
        ShardHead head = await store.OpenShardAsync(0, Token);
        var append = new ShardAppend { Shard = 0, WriterEpoch = head.WriterEpoch, JournalSequence = 1 };
        append.NewVehicles.Add((0, "a\0b"u8.ToArray()));
        append.Sources.Add(new SourceState(0, "feed\0", [1], 2, 3));
        append.EventIds.Add((0, "id\0"));
        append.DeadLetters.Add(new DeadLetter(1, DeadLetterReason.Undecodable, "d\0", "s\0", "r\0", "k\0", new byte[] { 0 }));
        append.Add(new EventRow(1, 0, 1, VehicleEventType.LocationReported, Quality.Good, 1, 1, 0, 0), [0, 255]);
        await store.AppendAsync(append, Token);
        store.HasEventId(0, 0, "id\0").ShouldBeTrue();
        (await store.OpenShardAsync(0, Token)).Sources.ShouldHaveSingleItem().Uri.ShouldBe("feed\0");
        (await store.ReadDeadLettersAsync(null, 5, Token)).ShouldHaveSingleItem().Letter.Reference.ShouldBe("r\u2400");
        fixture.Server.Psql(NameOf(Database), "SELECT stream_id, data->>'undecodable' FROM movc.mt_events").ShouldBe(@"\x610062|00ff");
    }

    private static string NameOf(string connection) => connection.Split(';').First(p => p.StartsWith("Database=", StringComparison.Ordinal))["Database=".Length..];

    private static async Task<string> RefusalAsync(string connection)
    {
        string message = (await Should.ThrowAsync<StoreException>(() => PostgresEventStore.OpenAsync(connection, TimeProvider.System, Token))).Message;
        message.ShouldNotContain("\n");
        message.ShouldNotContain("for-tests-only");
        return message;
    }
}
