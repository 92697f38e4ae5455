using Movc.EventLog;

namespace Movc.Conformance;

/// <summary>What a log must keep that lives with its readers: it holds a record only until every group has it, bounded, durable once acknowledged.</summary>
public abstract class EmbeddedLogConformance : EventLogConformance
{
    [Fact(Timeout = 60_000)]
    public async Task Offsets_are_dense_in_a_partition_and_go_on_where_the_readers_store_stands()
    {
        await using IEventLog log = await CreateLogAsync(2);
        ILogConsumer reader = log.OpenConsumer(Topic, "g", 1, 1000);
        ILogProducer producer = log.OpenProducer(Topic);
        await producer.SendAsync(1, Many(0, 3), Token);
        await producer.SendAsync(1, Many(3, 1), Token);
        await producer.SendAsync(1, Many(4, 5), Token);
        List<(long First, long Next)> seen = [];
        for (int n = 0; n < 3; n++)
        {
            ConsumedBatch batch = (await reader.ReadAsync(Token)).ShouldNotBeNull();
            seen.Add((batch.FirstOffset, batch.NextOffset));
        }
        seen.ShouldBe([(1000, 1003), (1003, 1004), (1004, 1009)]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Every_partition_is_this_process_s_until_it_leaves_and_a_fault_ends_all()
    {
        await using IEventLog log = await CreateLogAsync(3);
        var held = new System.Collections.Concurrent.ConcurrentDictionary<int, bool>();
        async Task HoldAsync(int partition, CancellationToken giveUp)
        {
            held[partition] = true;
            try
            {
                await Task.Delay(Timeout.Infinite, giveUp);
            }
            catch (OperationCanceledException)
            {
                held.TryRemove(partition, out _);
            }
        }
        using var stop = new CancellationTokenSource();
        Task sharing = log.ShareAsync(Topic, "g", HoldAsync, stop.Token);
        while (held.Count < 3) await Task.Delay(5, Token);
        await stop.CancelAsync();
        await sharing;
        held.ShouldBeEmpty();
        await Should.ThrowAsync<InvalidOperationException>(() => log.ShareAsync(Topic, "g", (p, giveUp) => p == 1 ? throw new InvalidOperationException("broke") : HoldAsync(p, giveUp), Token));
        held.ShouldBeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_producer_waits_while_a_partition_is_full_and_goes_on_when_it_is_read()
    {
        await using IEventLog log = await CreateLogAsync(2, 2);
        ILogConsumer reader = log.OpenConsumer(Topic, "g", 0, 0);
        await using ILogConsumer other = log.OpenConsumer(Topic, "g", 1, 0);
        ILogProducer producer = log.OpenProducer(Topic);
        await producer.SendAsync(0, One("k"u8, 0), Token);
        await producer.SendAsync(0, One("k"u8, 1), Token);
        Task third = producer.SendAsync(0, One("k"u8, 2), Token).AsTask();
        third.IsCompleted.ShouldBeFalse();
        // The other partition is free.
        await log.OpenProducer(Topic).SendAsync(1, One("l"u8, 9), Token);
        third.IsCompleted.ShouldBeFalse();
        Numbers((await reader.ReadAsync(Token)).ShouldNotBeNull()).ShouldBe([0]);
        await third;
        Numbers((await reader.ReadAsync(Token)).ShouldNotBeNull()).ShouldBe([1]);
        Numbers((await reader.ReadAsync(Token)).ShouldNotBeNull()).ShouldBe([2]);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_send_that_is_given_up_reaches_no_group()
    {
        await using IEventLog log = await CreateLogAsync(1, 1);
        ILogConsumer quick = log.OpenConsumer(Topic, "quick", 0, 0);
        ILogConsumer slow = log.OpenConsumer(Topic, "slow", 0, 0);
        ILogProducer producer = log.OpenProducer(Topic);
        await producer.SendAsync(0, One("k"u8, 0), Token);
        (await quick.ReadAsync(Token)).ShouldNotBeNull();
        using var giveUp = new CancellationTokenSource();
        // "quick" has room, "slow" has not.
        Task send = producer.SendAsync(0, One("k"u8, 1), giveUp.Token).AsTask();
        send.IsCompleted.ShouldBeFalse();
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => send);
        quick.TryRead(out _).ShouldBeFalse();
        (await slow.ReadAsync(Token)).ShouldNotBeNull();
        await producer.SendAsync(0, One("k"u8, 2), Token);
        ConsumedBatch first = (await quick.ReadAsync(Token)).ShouldNotBeNull();
        ConsumedBatch second = (await slow.ReadAsync(Token)).ShouldNotBeNull();
        (first.FirstOffset, second.FirstOffset).ShouldBe((1, 1));
        Numbers(first).ShouldBe([2]);
        Numbers(second).ShouldBe([2]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Flush_completes_once_every_group_has_acknowledged_and_not_before()
    {
        await using IEventLog log = await CreateLogAsync(2);
        ILogConsumer a = log.OpenConsumer(Topic, "a", 0, 0);
        ILogConsumer b = log.OpenConsumer(Topic, "b", 0, 0);
        ILogConsumer other = log.OpenConsumer(Topic, "a", 1, 0);
        ILogProducer producer = log.OpenProducer(Topic);
        await producer.SendAsync(0, Many(0, 4), Token);
        await producer.SendAsync(1, Many(4, 2), Token);
        Task flush = producer.FlushAsync(Token).AsTask();
        await a.ReadAsync(Token);
        await b.ReadAsync(Token);
        flush.IsCompleted.ShouldBeFalse();
        a.Acknowledge(4);
        other.Acknowledge(2);
        b.Acknowledge(3);
        flush.IsCompleted.ShouldBeFalse();
        b.Acknowledge(4);
        await flush;
        // An acknowledgement never runs backward.
        b.Acknowledge(1);
        await producer.FlushAsync(Token);
    }

    [Fact(Timeout = 60_000)]
    public async Task Every_group_sees_every_record_however_slow_another_is()
    {
        await using IEventLog log = await CreateLogAsync(1, 8);
        ILogConsumer quick = log.OpenConsumer(Topic, "quick", 0, 0);
        ILogConsumer slow = log.OpenConsumer(Topic, "slow", 0, 0);
        ILogProducer producer = log.OpenProducer(Topic);
        List<int> quickNumbers = [], slowNumbers = [];
        for (int n = 0; n < 40; n++)
        {
            await producer.SendAsync(0, One("k"u8, n), Token);
            quickNumbers.AddRange(Numbers((await quick.ReadAsync(Token)).ShouldNotBeNull()));
            if (n % 5 != 4) continue;
            for (int k = 0; k < 5; k++) slowNumbers.AddRange(Numbers((await slow.ReadAsync(Token)).ShouldNotBeNull()));
        }
        quickNumbers.ShouldBe(Enumerable.Range(0, 40));
        slowNumbers.ShouldBe(Enumerable.Range(0, 40));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_flush_fails_when_the_reader_leaves_before_it_has_acknowledged()
    {
        await using IEventLog log = await CreateLogAsync(1);
        ILogConsumer reader = log.OpenConsumer(Topic, "g", 0, 0);
        ILogProducer producer = log.OpenProducer(Topic);
        await producer.SendAsync(0, Many(0, 4), Token);
        Task flush = producer.FlushAsync(Token).AsTask();
        reader.Acknowledge(3);
        await reader.DisposeAsync();
        await Should.ThrowAsync<LogClosedException>(() => flush);
        await Should.ThrowAsync<LogClosedException>(async () => await producer.FlushAsync(Token));
        await Should.ThrowAsync<LogClosedException>(async () => await producer.SendAsync(0, Many(4, 1), Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_sender_that_waits_for_room_fails_when_the_reader_leaves()
    {
        await using IEventLog log = await CreateLogAsync(1, 1);
        ILogConsumer reader = log.OpenConsumer(Topic, "g", 0, 0);
        ILogProducer producer = log.OpenProducer(Topic);
        await producer.SendAsync(0, One("k"u8, 0), Token);
        Task send = producer.SendAsync(0, One("k"u8, 1), Token).AsTask();
        send.IsCompleted.ShouldBeFalse();
        await reader.DisposeAsync();
        await Should.ThrowAsync<LogClosedException>(() => send);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_group_that_leaves_does_not_hold_up_the_others()
    {
        await using IEventLog log = await CreateLogAsync(1, 1);
        ILogConsumer stays = log.OpenConsumer(Topic, "stays", 0, 0);
        ILogConsumer leaves = log.OpenConsumer(Topic, "leaves", 0, 0);
        ILogProducer producer = log.OpenProducer(Topic);
        await producer.SendAsync(0, One("k"u8, 0), Token);
        await stays.ReadAsync(Token);
        Task send = producer.SendAsync(0, One("k"u8, 1), Token).AsTask();
        await leaves.DisposeAsync();
        await send;
        ConsumedBatch batch = (await stays.ReadAsync(Token)).ShouldNotBeNull();
        Task flush = producer.FlushAsync(Token).AsTask();
        flush.IsCompleted.ShouldBeFalse();
        stays.Acknowledge(batch.NextOffset);
        await flush;
    }

    [Fact(Timeout = 60_000)]
    public async Task After_the_end_a_reader_gets_what_is_left_and_then_nothing()
    {
        IEventLog log = await CreateLogAsync(1);
        ILogConsumer reader = log.OpenConsumer(Topic, "g", 0, 0);
        ILogProducer producer = log.OpenProducer(Topic);
        await producer.SendAsync(0, Many(0, 2), Token);
        await producer.SendAsync(0, Many(2, 2), Token);
        await EndAsync(log);
        Numbers((await reader.ReadAsync(Token)).ShouldNotBeNull()).ShouldBe([0, 1]);
        Numbers((await reader.ReadAsync(Token)).ShouldNotBeNull()).ShouldBe([2, 3]);
        (await reader.ReadAsync(Token)).ShouldBeNull();
    }
}
