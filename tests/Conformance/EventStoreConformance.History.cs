using System.Text;
using Movc.Database;
using Movc.Domain.Events;
using Movc.TwinState.Store;

namespace Movc.Conformance;

/// <summary>Snapshots, places in time and what waits.</summary>
public abstract partial class EventStoreConformance
{
    [Fact(Timeout = 60_000)]
    public async Task What_waits_stands_after_a_reopening_until_it_is_taken_up_or_given_up()
    {
        WaitingEvent Waiting(string reference, int source = 0) => new(
            source, $"source-{source}", reference, Encoding.UTF8.GetBytes("v-é"), EventSchema.UnpluggedV1, Quality.Stale, 1_000 + reference.Length, 2_000, 7, [1, 0, 255]);
        string[] References(ShardHead of) => [.. of.Waiting.Select(w => w.Reference)];
        ShardHead head;
        await using (IEventStore store = await OpenAsync())
        {
            var writer = new Writer(store, await store.OpenShardAsync(1, Token));
            writer.Source(0).Source(1);
            foreach (string reference in new[] { "a", "bb", "ccc", "dddd" })
            {
                writer.Open.Waiting.Add(Waiting(reference));
                writer.Open.DeadLetters.Add(new DeadLetter(1, DeadLetterReason.NotPluggedIn, "d", "source-0", reference, "v-é", ReadOnlyMemory<byte>.Empty));
            }
            writer.Open.Waiting.Add(Waiting("a", 1));
            // Came and went in one transaction.
            writer.Open.Waiting.Add(Waiting("gone"));
            writer.Open.GivenUp.Add(Waiting("gone"));
            await writer.CommitAsync();
            await new Writer(store, await store.OpenShardAsync(2, Token)).Letter("other").CommitAsync();
        }
        await using (IEventStore store = await OpenAsync())
        {
            head = await store.OpenShardAsync(1, Token);
            References(head).ShouldBe(["a", "bb", "ccc", "dddd", "a"]);
            WaitingEvent first = head.Waiting[0];
            (first.Source, first.SourceUri, first.Schema, first.Quality, first.OccurredMs, first.RecordedMs, first.SourceSequence).ShouldBe((0, "source-0", EventSchema.UnpluggedV1, Quality.Stale, 1_001, 2_000, 7));
            Encoding.UTF8.GetString(first.VehicleId).ShouldBe("v-é");
            first.Payload.ShouldBe([1, 0, 255]);
            (await store.OpenShardAsync(2, Token)).Waiting.ShouldBeEmpty();
            var writer = new Writer(store, head);
            writer.Vehicle(0, "v-é").Event(0, 1, EventSchema.RegisteredV1, [1]);
            writer.Open.TakenUp.Add(head.Waiting[1]);
            writer.Open.GivenUp.Add(head.Waiting[2]);
            await writer.CommitAsync();
            // Taken after all, it is no dead letter any more; given up, it stays one.
            (await store.ReadDeadLettersAsync(null, 10, Token)).Select(l => l.Letter.Reference).Order(StringComparer.Ordinal).ShouldBe(["a", "ccc", "dddd", "other"]);
            References(await store.OpenShardAsync(1, Token)).ShouldBe(["a", "dddd", "a"]);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_place_of_the_journal_is_found_by_city_time()
    {
        await using IEventStore store = await OpenAsync();
        (await store.ReadPositionsAsync(Token)).ShouldBeEmpty();
        var writer = new Writer(store, await store.OpenShardAsync(4, Token));
        (await store.ReadSpanAsync(4, Token)).ShouldBeNull();
        (await store.FindAsync(4, 1_000, Token)).ShouldBe(0);
        writer.Vehicle(0, "v").Event(0, 1, EventSchema.RegisteredV1, [1]).Event(0, 2, EventSchema.ArrivedV1, []);
        await writer.CommitAsync();
        (await store.FindAsync(4, 1_000, Token)).ShouldBe(2);
        writer.Setpoints(1_000, [], []).Event(0, 3, EventSchema.DepartedV1, []).Setpoints(2_000, [0], [5]).Setpoints(3_000, [], []).Event(0, 4, EventSchema.ArrivedV1, []);
        await writer.CommitAsync();
        foreach ((long at, long place) in new[] { (999L, 2L), (1_000, 3), (1_001, 4), (1_999, 4), (2_000, 5), (2_500, 5), (3_000, 6), (3_001, 7), (long.MaxValue, 7) })
            (await store.FindAsync(4, at, Token)).ShouldBe(place, $"{at}");
        (await store.ReadSpanAsync(4, Token)).ShouldBe((1_000, 3_000));
        (await store.ReadSpanAsync(3, Token)).ShouldBeNull();
        var other = new Writer(store, await store.OpenShardAsync(5, Token));
        await other.Setpoints(500, [], []).CommitAsync();
        (await store.FindAsync(4, 999, Token)).ShouldBe(2);
        (await store.ReadPositionsAsync(Token)).ShouldBe([new ShardPosition(4, 1, 7), new ShardPosition(5, 1, 1)]);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_snapshot_comes_back_for_its_place_and_after_and_is_fenced()
    {
        byte[] state = [.. Enumerable.Range(0, 300_000).Select(n => (byte)(n * 7))];
        long epoch;
        await using (IEventStore store = await OpenAsync())
        {
            ShardHead head = await store.OpenShardAsync(2, Token);
            epoch = head.WriterEpoch;
            await store.OpenShardAsync(3, Token);
            (await store.ReadSnapshotAsync(2, long.MaxValue, Token)).ShouldBeNull();
            await store.SaveSnapshotAsync(new StoredSnapshot(2, 10, 1, [1, 2]), epoch, Token);
            await store.SaveSnapshotAsync(new StoredSnapshot(2, 20, 1, [9]), epoch, Token);
            await store.SaveSnapshotAsync(new StoredSnapshot(2, 20, 3, state), epoch, Token);
        }
        await using IEventStore again = await OpenAsync();
        StoredSnapshot newest = (await again.ReadSnapshotAsync(2, long.MaxValue, Token)).ShouldNotBeNull();
        (newest.Shard, newest.JournalSequence, newest.Format).ShouldBe((2, 20L, 3));
        newest.State.ShouldBe(state);
        (await again.ReadSnapshotAsync(2, 20, Token)).ShouldNotBeNull().JournalSequence.ShouldBe(20);
        (await again.ReadSnapshotAsync(2, 19, Token)).ShouldNotBeNull().State.ShouldBe([1, 2]);
        (await again.ReadSnapshotAsync(2, 9, Token)).ShouldBeNull();
        (await again.ReadSnapshotAsync(3, long.MaxValue, Token)).ShouldBeNull();
        long next = (await again.OpenShardAsync(2, Token)).WriterEpoch;
        await Should.ThrowAsync<StoreFencedException>(() => again.SaveSnapshotAsync(new StoredSnapshot(2, 30, 1, []), epoch, Token));
        (await again.ReadSnapshotAsync(2, long.MaxValue, Token)).ShouldNotBeNull().JournalSequence.ShouldBe(20);
        await again.SaveSnapshotAsync(new StoredSnapshot(2, 30, 1, []), next, Token);
        (await again.ReadSnapshotAsync(2, long.MaxValue, Token)).ShouldNotBeNull().State.ShouldBeEmpty();
    }
}
