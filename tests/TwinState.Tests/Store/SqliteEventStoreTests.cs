using Microsoft.Data.Sqlite;
using Movc.Conformance;
using Movc.Database;
using Movc.Domain.Events;
using Movc.TwinState.Store;
using Movc.TwinState.Store.Sqlite;

namespace Movc.TwinState.Tests.Store;

public sealed class SqliteEventStoreTests : EventStoreConformance, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movc-store-");

    private string FilePath => Path.Combine(_folder.FullName, "twin.db");

    public void Dispose() => _folder.Delete(recursive: true);

    protected override ValueTask<IEventStore> OpenAsync() => ValueTask.FromResult<IEventStore>(SqliteEventStore.Open(FilePath));

    [Fact]
    public async Task A_store_of_the_version_before_is_brought_up_to_date_with_all_that_it_holds()
    {
        await using (SqliteEventStore store = SqliteEventStore.Open(FilePath))
        {
            ShardHead head = await store.OpenShardAsync(0, TestContext.Current.CancellationToken);
            var append = new ShardAppend { Shard = 0, WriterEpoch = head.WriterEpoch, JournalSequence = 1 };
            append.NewVehicles.Add((0, [1]));
            append.Sources.Add(new SourceState(0, "s", [], 1, 1));
            append.Add(new EventRow(1, 0, 1, EventSchema.RegisteredV1, Quality.Good, 1, 2, 0, 1, 0), [1]);
            await store.AppendAsync(append, TestContext.Current.CancellationToken);
        }
        using (var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "DROP TABLE waiting; PRAGMA user_version = 2";
            command.ExecuteNonQuery();
        }
        // Who only reads does not change it, and says what would.
        Should.Throw<StoreException>(() => SqliteEventStore.OpenForReading(FilePath)).Message.ShouldContain("run the city on it once");
        await using (SqliteEventStore store = SqliteEventStore.Open(FilePath))
        {
            ShardHead head = await store.OpenShardAsync(0, TestContext.Current.CancellationToken);
            (head.JournalSequence, head.Waiting.Count, await store.CountEventsAsync(TestContext.Current.CancellationToken)).ShouldBe((1, 0, 1));
        }
        await using IEventReader reader = SqliteEventStore.OpenForReading(FilePath);
        (await reader.CountEventsAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Theory]
    [InlineData("CREATE TABLE somebodys (x); INSERT INTO somebodys VALUES (1);", "not a store of Movc")]
    [InlineData("PRAGMA user_version = 9;", "schema 9, this program knows 3")]
    [InlineData("CREATE TABLE plans (x); PRAGMA user_version = 2;", "cannot be opened as a store")]
    public void A_foreign_file_is_refused_untouched(string sql, string words)
    {
        Run(FilePath, sql);
        byte[] before = File.ReadAllBytes(FilePath);
        StoreException refusal = Should.Throw<StoreException>(() => SqliteEventStore.Open(FilePath));
        refusal.Message.ShouldContain(words);
        refusal.Message.ShouldStartWith(FilePath);
        refusal.Message.ShouldNotContain("\n");
        if (!words.StartsWith("cannot", StringComparison.Ordinal)) File.ReadAllBytes(FilePath).ShouldBe(before);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_untouched()
    {
        File.WriteAllText(FilePath, string.Concat(Enumerable.Repeat("vehicle,slot,powerKw\n", 200)));
        string before = File.ReadAllText(FilePath);
        Should.Throw<StoreException>(() => SqliteEventStore.Open(FilePath)).Message.ShouldContain("choose another --data directory");
        File.ReadAllText(FilePath).ShouldBe(before);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told_in_a_line() =>
        Should.Throw<StoreException>(() => SqliteEventStore.Open(Path.Combine(_folder.FullName, "no", "twin.db"))).Message.ShouldContain("cannot be opened as a store");

    [Fact(Timeout = 60_000)]
    public async Task A_full_disk_fails_the_whole_group_and_the_store_goes_on_where_it_stood()
    {
        await using (SqliteEventStore made = SqliteEventStore.Open(FilePath))
        {
            await made.OpenShardAsync(0, Token);
        }
        using (var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False"))
        {
            connection.Open();
            Execute(connection, "PRAGMA max_page_count = 40;");
            await using var writer = new SqliteGroupWriter(connection);
            ShardAppend append = Filled(new byte[1000], 400);
            StoreException full = await Should.ThrowAsync<StoreException>(() => writer.SubmitAsync(a => { a.Append(append); return true; }, Token));
            full.Message.ShouldBe($"{FilePath}: the disk is full; make room and start again, nothing was half-written");
            // Something small still fits, and the writer is alive.
            await writer.SubmitAsync(a => { a.Append(Filled([1], 2)); return true; }, Token);
        }
        await using SqliteEventStore store = SqliteEventStore.Open(FilePath);
        (await store.CountEventsAsync(Token)).ShouldBe(2);
        (await store.OpenShardAsync(0, Token)).JournalSequence.ShouldBe(2);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_was_acknowledged_is_in_the_file_although_nobody_closed_it()
    {
        SqliteEventStore left = SqliteEventStore.Open(FilePath);
        await left.OpenShardAsync(0, Token);
        await left.AppendAsync(Filled([7], 3), Token);
        // A copy taken now is what a crash leaves behind: the file and its write-ahead log.
        string copy = Path.Combine(_folder.FullName, "copy.db");
        foreach (string suffix in new[] { "", "-wal" }) File.Copy(FilePath + suffix, copy + suffix);
        await using (SqliteEventStore after = SqliteEventStore.Open(copy))
        {
            (await after.CountEventsAsync(Token)).ShouldBe(3);
        }
        await left.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_write_ahead_log_cut_in_the_middle_loses_whole_transactions_only()
    {
        SqliteEventStore left = SqliteEventStore.Open(FilePath);
        ShardHead head = await left.OpenShardAsync(0, Token);
        for (int n = 0; n < 20; n++)
        {
            var append = new ShardAppend { Shard = 0, WriterEpoch = head.WriterEpoch, ExpectedSequence = n * 5, JournalSequence = (n + 1) * 5, EventsOffset = n + 1 };
            if (n == 0) append.NewVehicles.Add((0, "v"u8.ToArray()));
            for (int k = 1; k <= 5; k++) append.Add(new EventRow((n * 5) + k, 0, (n * 5) + k, EventSchema.DepartedV1, Quality.Good, 1, 1, 0, 0, (n * 5) + k - 1), new byte[300]);
            await left.AppendAsync(append, Token);
        }
        byte[] file = File.ReadAllBytes(FilePath), wal = File.ReadAllBytes(FilePath + "-wal");
        await left.DisposeAsync();
        var counts = new List<long>();
        for (int cut = wal.Length; cut > 0; cut -= wal.Length / 15)
        {
            string copy = Path.Combine(_folder.FullName, $"cut{cut}.db");
            await File.WriteAllBytesAsync(copy, file, Token);
            await File.WriteAllBytesAsync(copy + "-wal", wal[..cut], Token);
            await using SqliteEventStore store = SqliteEventStore.Open(copy);
            long events = await store.CountEventsAsync(Token);
            ShardHead now = await store.OpenShardAsync(0, Token);
            (now.JournalSequence, now.EventsOffset).ShouldBe((events, events / 5));
            (events % 5).ShouldBe(0);
            counts.Add(events);
        }
        counts[0].ShouldBe(100);
        counts.Distinct().Count().ShouldBeGreaterThan(5);
    }

    private static ShardAppend Filled(byte[] payload, int events)
    {
        var append = new ShardAppend { Shard = 0, WriterEpoch = 1, ExpectedSequence = 0, JournalSequence = events };
        append.NewVehicles.Add((0, "v"u8.ToArray()));
        for (int k = 1; k <= events; k++) append.Add(new EventRow(k, 0, k, EventSchema.DepartedV1, Quality.Good, 1, 1, 0, 0, k - 1), payload);
        return append;
    }

    private static void Run(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
