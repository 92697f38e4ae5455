using Movc.Database;
using Movc.Domain.Events;
using Movc.TwinState.Store;

namespace Movc.Conformance;

/// <summary>What every adapter of <see cref="IEventStore"/> must keep.</summary>
public abstract partial class EventStoreConformance
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's store, the same data every time.</summary>
    protected abstract ValueTask<IEventStore> OpenAsync();

    [Fact(Timeout = 60_000)]
    public async Task What_was_written_comes_back_in_order_with_setpoints_merged_by_their_sequence()
    {
        await using IEventStore store = await OpenAsync();
        ShardHead head = await store.OpenShardAsync(3, Token);
        (head.Shard, head.JournalSequence, head.EventsOffset, head.SetpointsOffset, head.Sources.Count).ShouldBe((3, 0, 0, 0, 0));
        var writer = new Writer(store, head);
        writer.Vehicle(0, "v-é").Vehicle(1, "v-1").Event(0, 1, EventSchema.RegisteredV1, [1, 2, 3]).Event(1, 1, EventSchema.RegisteredV1, []);
        await writer.CommitAsync();
        writer.Setpoints(1000, [0, 1], [-7000, 11_000]).Event(0, 2, EventSchema.PluggedInV1, [255, 0, 9]);
        await writer.CommitAsync();
        writer.Event(1, 2, EventSchema.DeliveryReportedV2, new byte[400_000]).Setpoints(2000, [], []).Setpoints(3000, [5, 900_000], [int.MinValue, int.MaxValue]);
        await writer.CommitAsync();

        var journal = new Journal();
        await store.ReadJournalAsync(3, JournalRange.All, journal, Token);
        journal.Vehicles.ShouldBe(["0=v-é", "1=v-1"]);
        journal.Entries.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, 7).Select(n => (long)n));
        journal.Entries.Select(e => e.Text).ShouldBe(
        [
            "event 0 v1 RegisteredV1 010203", "event 1 v1 RegisteredV1 ", "setpoints 1000 0:-7000 1:11000", "event 0 v2 PluggedInV1 FF0009",
            "event 1 v2 DeliveryReportedV2 " + new string('0', 800_000), "setpoints 2000", "setpoints 3000 5:-2147483648 900000:2147483647",
        ]);
        journal.Batches.ShouldAllBe(b => b.ValidUntilMs == b.AtMs + 1800 && b.Shard == 3);
        EventRow row = journal.Rows[2];
        row.ShouldBe(new EventRow(4, 0, 2, EventSchema.PluggedInV1, Quality.Substituted, 1_000_004, 2_000_004, 0, 4, 1));
        (await store.CountEventsAsync(Token)).ShouldBe(4);
    }

    [Fact(Timeout = 60_000)]
    public async Task Offsets_source_state_and_ids_stand_with_the_events_after_a_reopening()
    {
        byte[] window = [1, 2, 3, 0, 255];
        await using (IEventStore store = await OpenAsync())
        {
            var writer = new Writer(store, await store.OpenShardAsync(0, Token));
            writer.Vehicle(0, "v").Event(0, 1, EventSchema.RegisteredV1, [1]);
            writer.Open.EventsOffset = 17;
            writer.Open.SetpointsOffset = 4;
            writer.Open.Sources.Add(new SourceState(0, "movc:é", window, long.MinValue, 1));
            writer.Open.Sources.Add(new SourceState(1, "feed", [], 5, long.MaxValue));
            writer.Open.EventIds.Add((1, "id-1"));
            await writer.CommitAsync();
            writer.Open.Sources.Add(new SourceState(1, "feed", [7], 6, 9));
            writer.Open.EventsOffset = 18;
            writer.Open.SetpointsOffset = 5;
            await writer.CommitAsync();
        }
        await using IEventStore again = await OpenAsync();
        ShardHead head = await again.OpenShardAsync(0, Token);
        (head.JournalSequence, head.EventsOffset, head.SetpointsOffset).ShouldBe((1, 18, 5));
        head.Sources.Select(s => (s.Index, s.Uri, Convert.ToHexString(s.Window), s.ReachedMs, s.NextSequence)).ShouldBe(
            [(0, "movc:é", Convert.ToHexString(window), long.MinValue, 1L), (1, "feed", "07", 6, 9)]);
        again.HasEventId(0, 1, "id-1").ShouldBeTrue();
        again.HasEventId(0, 0, "id-1").ShouldBeFalse();
        again.HasEventId(1, 1, "id-1").ShouldBeFalse();
        again.HasEventId(0, 1, "ID-1").ShouldBeFalse();
        var journal = new Journal();
        await again.ReadJournalAsync(0, JournalRange.All, journal, Token);
        journal.Entries.Select(e => e.Text).ShouldBe(["event 0 v1 RegisteredV1 01"]);
        journal.Vehicles.ShouldBe(["0=v"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_older_writer_is_fenced_and_nothing_of_it_is_written()
    {
        await using IEventStore store = await OpenAsync();
        var old = new Writer(store, await store.OpenShardAsync(0, Token));
        old.Vehicle(0, "v").Event(0, 1, EventSchema.RegisteredV1, [1]).Source(0);
        await old.CommitAsync();
        ShardHead head = await store.OpenShardAsync(0, Token);
        head.WriterEpoch.ShouldBeGreaterThan(old.Epoch);
        old.Vehicle(1, "w").Event(1, 1, EventSchema.RegisteredV1, [2]).Setpoints(1000, [1], [5]).Letter("fenced").Source(9);
        old.Open.EventIds.Add((0, "fenced"));
        old.Open.EventsOffset = 99;
        await Should.ThrowAsync<StoreFencedException>(old.CommitAsync);
        // Also one that would move no sequence.
        old.Reset().Letter("fenced-2").Source(8);
        await Should.ThrowAsync<StoreFencedException>(old.CommitAsync);

        var journal = new Journal();
        await store.ReadJournalAsync(0, JournalRange.All, journal, Token);
        journal.Entries.Select(e => e.Text).ShouldBe(["event 0 v1 RegisteredV1 01"]);
        journal.Vehicles.ShouldBe(["0=v"]);
        (await store.CountDeadLettersAsync(Token)).ShouldBeEmpty();
        store.HasEventId(0, 0, "fenced").ShouldBeFalse();
        var next = new Writer(store, head);
        next.Event(0, 2, EventSchema.DepartedV1, [3]).Source(0);
        await next.CommitAsync();
        ShardHead last = await store.OpenShardAsync(0, Token);
        (last.JournalSequence, last.EventsOffset, last.Sources.Count).ShouldBe((2, 0, 1));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_fenced_writer_does_not_spoil_what_others_write_at_the_same_time()
    {
        await using IEventStore store = await OpenAsync();
        var old = new Writer(store, await store.OpenShardAsync(0, Token));
        await store.OpenShardAsync(0, Token);
        Writer[] others = new Writer[8];
        for (int s = 0; s < others.Length; s++) others[s] = new Writer(store, await store.OpenShardAsync(s + 1, Token));
        old.Letter("fenced");
        Task fenced = old.CommitAsync();
        Task[] writes = [.. others.Select(w => w.Vehicle(0, "v").Event(0, 1, EventSchema.RegisteredV1, [1]).CommitAsync())];
        await Should.ThrowAsync<StoreFencedException>(() => fenced);
        await Task.WhenAll(writes);
        (await store.CountEventsAsync(Token)).ShouldBe(8);
        (await store.CountDeadLettersAsync(Token)).ShouldBeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task Writers_that_open_a_shard_at_the_same_time_get_different_numbers()
    {
        await using IEventStore one = await OpenAsync();
        await using IEventStore other = await OpenAsync();
        Task<long>[] opens =
        [
            .. Enumerable.Range(0, 40).Select(n => Task.Run(async () => (await (n % 2 == 0 ? one : other).OpenShardAsync(0, Token)).WriterEpoch, Token)),
        ];
        long[] epochs = await Task.WhenAll(opens);
        epochs.Distinct().Count().ShouldBe(40);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_transaction_that_cannot_be_written_whole_is_not_written_at_all()
    {
        await using IEventStore store = await OpenAsync();
        var writer = new Writer(store, await store.OpenShardAsync(0, Token));
        writer.Vehicle(0, "v").Event(0, 1, EventSchema.RegisteredV1, [1]);
        await writer.CommitAsync();
        // Place 1 of the journal is taken; all that stands around it must go with it.
        writer.Vehicle(1, "w").Event(1, 1, EventSchema.RegisteredV1, [2]).Letter("half").Source(0).Setpoints(1000, [0], [1]);
        writer.Open.Add(new EventRow(1, 0, 2, EventSchema.DepartedV1, Quality.Substituted, 1, 1, 0, 9, 1), [3]);
        writer.Open.EventIds.Add((0, "half"));
        await Should.ThrowAsync<StoreException>(writer.CommitAsync);
        var journal = new Journal();
        await store.ReadJournalAsync(0, JournalRange.All, journal, Token);
        journal.Entries.Select(e => e.Text).ShouldBe(["event 0 v1 RegisteredV1 01"]);
        journal.Vehicles.ShouldBe(["0=v"]);
        store.HasEventId(0, 0, "half").ShouldBeFalse();
        (await store.CountDeadLettersAsync(Token)).ShouldBeEmpty();
        ShardHead head = await store.OpenShardAsync(0, Token);
        (head.JournalSequence, head.Sources.Count).ShouldBe((1, 0));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_dead_letter_is_stored_once_by_source_and_reference()
    {
        await using IEventStore store = await OpenAsync();
        DeadLetter letter = new(5, DeadLetterReason.SessionOverlaps, "overlaps line 3", "sessions.csv", "line 17", "v", new byte[] { 1, 2 });
        await store.PutAsideAsync([letter, letter with { RecordedAtMs = 6, Detail = "again" }], Token);
        await store.PutAsideAsync([letter with { RecordedAtMs = 7 }, letter with { Reference = "line 18", Key = null, Reason = DeadLetterReason.SessionMalformed }], Token);
        await store.PutAsideAsync([letter with { Source = "other.csv" }], Token);
        var writer = new Writer(store, await store.OpenShardAsync(0, Token));
        writer.Open.DeadLetters.Add(letter with { RecordedAtMs = 8 });
        await writer.CommitAsync();

        IReadOnlyList<StoredDeadLetter> all = await store.ReadDeadLettersAsync(null, 10, Token);
        all.Select(l => (l.Letter.Source, l.Letter.Reference, l.Letter.RecordedAtMs, l.ReasonName, l.Letter.Key)).ShouldBe(
        [
            ("other.csv", "line 17", 5, "session-overlaps", "v"),
            ("sessions.csv", "line 18", 5, "session-malformed", null),
            ("sessions.csv", "line 17", 5, "session-overlaps", "v"),
        ]);
        all[2].Letter.Detail.ShouldBe("overlaps line 3");
        all[2].Letter.Payload.ToArray().ShouldBe([1, 2]);
        (await store.ReadDeadLettersAsync("session-malformed", 10, Token)).Count.ShouldBe(1);
        (await store.ReadDeadLettersAsync(null, 2, Token)).Count.ShouldBe(2);
        (await store.CountDeadLettersAsync(Token)).ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["session-malformed"] = 1, ["session-overlaps"] = 2 }, ignoreOrder: true);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_vehicles_events_come_newest_first_with_their_source()
    {
        await using IEventStore store = await OpenAsync();
        var writer = new Writer(store, await store.OpenShardAsync(2, Token));
        writer.Vehicle(0, "v").Vehicle(1, "w").Source(0);
        for (int n = 1; n <= 5; n++) writer.Event(0, n, EventSchema.LocationReportedV1, [(byte)n]).Event(1, n, EventSchema.DepartedV1, []);
        await writer.CommitAsync();
        var elsewhere = new Writer(store, await store.OpenShardAsync(1, Token));
        elsewhere.Vehicle(0, "x").Source(0).Event(0, 1, EventSchema.ArrivedV1, [99]);
        await elsewhere.CommitAsync();
        IReadOnlyList<StoredEvent> events = await store.ReadVehicleAsync(2, 9, 3, Token);
        events.Select(e => (e.Row.Version, e.Row.JournalSequence, e.Payload[0], e.SourceUri)).ShouldBe([(5, 9L, (byte)5, "source-0"), (4, 7L, (byte)4, "source-0"), (3, 5L, (byte)3, "source-0")]);
        (await store.ReadVehicleAsync(2, 0, 3, Token)).ShouldBeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_stretch_of_the_journal_is_read_alone()
    {
        await using IEventStore store = await OpenAsync();
        var writer = new Writer(store, await store.OpenShardAsync(1, Token));
        writer.Vehicle(0, "v").Vehicle(1, "w").Source(0);
        for (int n = 1; n <= 6; n++) writer.Event(n % 2, (n + 1) / 2, EventSchema.LocationReportedV1, [(byte)n]).Setpoints(n * 1000, [0], [n]);
        await writer.CommitAsync();
        async Task<long[]> SequencesAsync(long after, long through)
        {
            var journal = new Journal();
            await store.ReadJournalAsync(1, new JournalRange(after, through), journal, Token);
            journal.Vehicles.ShouldBe(["0=v", "1=w"]);
            return [.. journal.Entries.Select(e => e.Sequence)];
        }
        (await SequencesAsync(0, long.MaxValue)).ShouldBe(Enumerable.Range(1, 12).Select(n => (long)n));
        (await SequencesAsync(4, 7)).ShouldBe([5, 6, 7]);
        (await SequencesAsync(11, long.MaxValue)).ShouldBe([12]);
        (await SequencesAsync(0, 1)).ShouldBe([1]);
        (await SequencesAsync(12, long.MaxValue)).ShouldBeEmpty();
        (await SequencesAsync(7, 7)).ShouldBeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task Shards_that_write_side_by_side_keep_their_journals_apart()
    {
        await using IEventStore store = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(s => Task.Run(async () =>
        {
            var writer = new Writer(store, await store.OpenShardAsync(s, Token));
            writer.Vehicle(0, $"v{s}");
            for (int n = 1; n <= 60; n++)
            {
                writer.Event(0, n, EventSchema.DepartedV1, [(byte)s, (byte)n]);
                if (n % 3 == 0) await writer.CommitAsync();
            }
        }, Token)));
        (await store.CountEventsAsync(Token)).ShouldBe(480);
        for (int s = 0; s < 8; s++)
        {
            var journal = new Journal();
            await store.ReadJournalAsync(s, JournalRange.All, journal, Token);
            journal.Vehicles.ShouldBe([$"0=v{s}"]);
            journal.Entries.Select(e => e.Text).ShouldBe(Enumerable.Range(1, 60).Select(n => $"event 0 v{n} DepartedV1 {s:X2}{n:X2}"));
        }
    }
}
