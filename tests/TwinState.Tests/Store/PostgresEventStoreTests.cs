using Movc.Conformance;
using Movc.Database;
using Movc.Domain.Events;
using Movc.TestKit;
using Movc.TwinState.Store;
using Movc.TwinState.Store.Postgres;
using Npgsql;

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
        (await RefusalAsync(Database)).ShouldContain($"schema 0, this program needs {PostgresMigrations.Known}; run movc migrate");
        await PostgresMigrations.MigrateAsync(Database, Token);
        fixture.Server.Psql(NameOf(Database), "INSERT INTO movc.schema_versions (version, name) VALUES (99, 'from the future')");
        (await RefusalAsync(Database)).ShouldContain($"schema 99 is newer than this program, which knows {PostgresMigrations.Known}");
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
            append.Add(new EventRow(n, 0, n, EventSchema.LocationReportedV1, Quality.Good, n, n, 0, n, n - 1), [8, 2]);
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
    public async Task A_shard_held_by_a_writer_that_stands_still_in_its_transaction_is_taken_and_anybody_elses_lock_is_waited_for()
    {
        await using IEventStore store = await OpenAsync();
        (await store.OpenShardAsync(5, Token)).WriterEpoch.ShouldBe(1);
        await using NpgsqlConnection frozen = await HoldAsync("movc");
        (await store.OpenShardAsync(5, Token)).WriterEpoch.ShouldBe(2);
        await Should.ThrowAsync<NpgsqlException>(async () => await new NpgsqlCommand("COMMIT", frozen).ExecuteNonQueryAsync(Token));
        // In the middle of its COPY: its session is at work, and waits for its client all the same.
        await using NpgsqlConnection copying = await HoldAsync("movc");
        NpgsqlBinaryImporter copy = await copying.BeginBinaryImportAsync("COPY movc.vehicles FROM STDIN (FORMAT BINARY)", Token);
        (await store.OpenShardAsync(5, Token)).WriterEpoch.ShouldBe(3);
        copy.StartRow();
        await Should.ThrowAsync<NpgsqlException>(async () => await copy.CompleteAsync(Token));
        await copy.DisposeAsync();
        await using NpgsqlConnection somebody = await HoldAsync("psql");
        Task<ShardHead> waiting = store.OpenShardAsync(5, Token).AsTask();
        await Task.Delay(5_000, Token);
        waiting.IsCompleted.ShouldBeFalse();
        await new NpgsqlCommand("COMMIT", somebody).ExecuteNonQueryAsync(Token);
        (await waiting).WriterEpoch.ShouldBe(4);
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
        append.Add(new EventRow(1, 0, 1, EventSchema.LocationReportedV1, Quality.Good, 1, 1, 0, 0, 0), [0, 255]);
        await store.AppendAsync(append, Token);
        store.HasEventId(0, 0, "id\0").ShouldBeTrue();
        (await store.OpenShardAsync(0, Token)).Sources.ShouldHaveSingleItem().Uri.ShouldBe("feed\0");
        (await store.ReadDeadLettersAsync(null, 5, Token)).ShouldHaveSingleItem().Letter.Reference.ShouldBe("r\u2400");
        fixture.Server.Psql(NameOf(Database), "SELECT stream_id, data->>'undecodable' FROM movc.mt_events").ShouldBe(@"\x610062|00ff");
    }

    [Fact(Timeout = 60_000)]
    public async Task Events_of_the_schema_before_are_chained_by_the_migration()
    {
        string name = NameOf(Database);
        fixture.Server.Psql(name, "CREATE SCHEMA movc; CREATE TABLE movc.schema_versions (version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())");
        foreach ((int version, string script) in PostgresMigrations.Scripts.Take(2))
            fixture.Server.Psql(name, PostgresMigrations.TextOf(script) + $"; INSERT INTO movc.schema_versions VALUES ({version}, '{script}')");
        fixture.Server.Psql(name, """
            INSERT INTO movc.shards VALUES (2, 1, 6, 6, 0), (40, 1, 1, 1, 0);
            INSERT INTO movc.sources VALUES (2, 0, 'urn:feed', 'x', 0, 7), (40, 0, 'urn:feed', 'x', 0, 2);
            INSERT INTO movc.vehicles VALUES (2, 0, 'v'), (2, 1, 'w'), (40, 0, 'x');
            INSERT INTO movc.events SELECT 2, n, v, k, 2, 0, to_timestamp(n), to_timestamp(n), 0, n, '\x0802' FROM (VALUES (1, 0, 1), (2, 1, 1), (3, 0, 2), (5, 0, 3), (6, 1, 2)) AS e (n, v, k);
            INSERT INTO movc.events VALUES (40, 1, 0, 1, 2, 0, to_timestamp(9), to_timestamp(9), 0, 1, '\x0804')
            """);
        (await PostgresMigrations.MigrateAsync(Database, Token)).Count.ShouldBe(PostgresMigrations.Known - 2);
        await using PostgresEventStore store = await PostgresEventStore.OpenAsync(Database, TimeProvider.System, Token);
        (await store.ReadVehicleAsync(2, 5, 10, Token)).Select(e => (e.Row.JournalSequence, e.Row.Version)).ShouldBe([(5, 3), (3, 2), (1, 1)]);
        (await store.ReadVehicleAsync(2, 6, 10, Token)).Select(e => (e.Row.JournalSequence, e.Row.PreviousSequence)).ShouldBe([(6, 2), (2, 0)]);
        (await store.ReadVehicleAsync(40, 1, 10, Token)).ShouldHaveSingleItem().Row.PreviousSequence.ShouldBe(0);
        fixture.Server.Psql(name, "SELECT version, data->>'longitude_e7', shard FROM movc.mt_events_of('w') ORDER BY version").ShouldBe("1||2\n2||2");
        fixture.Server.Psql(name, "SELECT id, version FROM movc.mt_streams ORDER BY id").ShouldBe("v|3\nw|2\nx|1");
    }

    private async Task<NpgsqlConnection> HoldAsync(string application)
    {
        var connection = new NpgsqlConnection($"{Database};Application Name={application};Pooling=false");
        await connection.OpenAsync(Token);
        await new NpgsqlCommand("BEGIN; UPDATE movc.shards SET events_offset = 99", connection).ExecuteNonQueryAsync(Token);
        return connection;
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
