using Movc.EventLog;

namespace Movc.Conformance;

/// <summary>What a log must keep that outlives its readers: it gives again what was not taken into a store, and nothing in silence.</summary>
public abstract partial class DurableLogConformance : EventLogConformance
{
    /// <summary>The same log again, as another process would open it.</summary>
    protected abstract ValueTask<IEventLog> ReopenAsync(int partitions, int capacityBatches = 64);

    [Fact(Timeout = 60_000)]
    public async Task A_reader_starts_where_its_store_stands_and_gets_again_what_was_not_stored()
    {
        await using (IEventLog log = await CreateLogAsync(2))
        {
            ILogProducer producer = log.OpenProducer(Topic);
            for (int n = 0; n < 30; n++) await producer.SendAsync(0, One("k"u8, n), Token);
            await producer.FlushAsync(Token);
            await using ILogConsumer reader = log.OpenConsumer(Topic, "g", 0, 0);
            (await ReadAsync(reader, 30)).Count.ShouldBe(30);
            reader.Acknowledge(12);
        }
        await using IEventLog again = await ReopenAsync(2);
        ILogConsumer second = again.OpenConsumer(Topic, "g", 0, 12);
        ConsumedBatch first = (await second.ReadAsync(Token)).ShouldNotBeNull();
        first.FirstOffset.ShouldBe(12);
        List<int> numbers = [.. Numbers(first)];
        while (numbers.Count < 18) numbers.AddRange(Numbers((await second.ReadAsync(Token)).ShouldNotBeNull()));
        numbers.ShouldBe(Enumerable.Range(12, 18));
        await again.OpenProducer(Topic).SendAsync(0, One("k"u8, 30), Token);
        Numbers((await second.ReadAsync(Token)).ShouldNotBeNull()).ShouldBe([30]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Partitions_closed_and_opened_again_at_once_give_what_lies_there_however_often()
    {
        const int Partitions = 8;
        await using IEventLog log = await CreateLogAsync(Partitions);
        ILogProducer producer = log.OpenProducer(Topic);
        for (int p = 0; p < Partitions; p++)
        {
            for (int n = 0; n < 10; n++) await producer.SendAsync(p, One("k"u8, n), Token);
        }
        await producer.FlushAsync(Token);
        await Task.WhenAll(Enumerable.Range(0, Partitions).Select(p => Task.Run(
            async () =>
            {
                var random = new Random(p);
                for (int round = 0; round < 60; round++)
                {
                    int from = random.Next(10);
                    await using ILogConsumer reader = log.OpenConsumer(Topic, "g", p, from);
                    // Given up before anything came, in the middle, or after everything.
                    if (round % 3 == 0) continue;
                    ConsumedBatch first = (await reader.ReadAsync(Token)).ShouldNotBeNull();
                    first.FirstOffset.ShouldBe(from, $"partition {p}, round {round}");
                    if (round % 3 == 1) continue;
                    long next = first.NextOffset;
                    while (next < 10) next = (await reader.ReadAsync(Token)).ShouldNotBeNull().NextOffset;
                }
            },
            Token)));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_slow_reader_holds_up_nobody_and_loses_nothing()
    {
        await using IEventLog log = await CreateLogAsync(2, 1);
        ILogConsumer slow = log.OpenConsumer(Topic, "g", 0, 0), quick = log.OpenConsumer(Topic, "g", 1, 0);
        ILogProducer producer = log.OpenProducer(Topic);
        for (int n = 0; n < 600; n++)
        {
            await producer.SendAsync(0, One("k"u8, n), Token);
            await producer.SendAsync(1, One("l"u8, n), Token);
            if (n % 20 == 0) await producer.FlushAsync(Token);
        }
        (await ReadAsync(quick, 600)).Select(r => r.Number).ShouldBe(Enumerable.Range(0, 600));
        (await ReadAsync(slow, 600)).Select(r => r.Number).ShouldBe(Enumerable.Range(0, 600));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_partition_given_up_while_it_was_held_back_is_read_by_whoever_opens_it_next()
    {
        await using IEventLog log = await CreateLogAsync(1, 1);
        ILogProducer producer = log.OpenProducer(Topic);
        await using (log.OpenConsumer(Topic, "g", 0, 0))
        {
            // More than the queue holds, in batches of one, and nobody takes them.
            for (int n = 0; n < 60; n++)
            {
                await producer.SendAsync(0, One("k"u8, n), Token);
                await producer.FlushAsync(Token);
                await Task.Delay(10, Token);
            }
        }
        await using ILogConsumer next = log.OpenConsumer(Topic, "g", 0, 7);
        (await ReadAsync(next, 53)).Select(r => r.Number).ShouldBe(Enumerable.Range(7, 53));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_offset_that_the_log_does_not_hold_is_an_error_and_never_passed_over()
    {
        await using IEventLog log = await CreateLogAsync(1);
        ILogProducer producer = log.OpenProducer(Topic);
        await producer.SendAsync(0, Many(0, 3), Token);
        await producer.FlushAsync(Token);
        ILogConsumer reader = log.OpenConsumer(Topic, "g", 0, 1000);
        LogException refusal = await Should.ThrowAsync<LogException>(async () => await reader.ReadAsync(Token));
        refusal.Message.ShouldContain("does not hold the offset at which the store stands");
        refusal.Message.ShouldNotContain("\n");
        // Whoever comes after the failure learns of it too.
        await reader.DisposeAsync();
        await Should.ThrowAsync<LogException>(async () => await log.OpenConsumer(Topic, "g", 0, 0).ReadAsync(Token));
        Numbers((await log.OpenConsumer(Topic, "other", 0, ILogConsumer.Earliest).ReadAsync(Token)).ShouldNotBeNull()).ShouldBe([0, 1, 2]);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_that_comes_and_goes_sees_each_record_once_if_it_stores_as_it_reads()
    {
        await using IEventLog log = await CreateLogAsync(1);
        ILogProducer producer = log.OpenProducer(Topic);
        Task sending = Task.Run(async () =>
        {
            for (int n = 0; n < 300; n++) await producer.SendAsync(0, One("k"u8, n), Token);
        }, Token);
        var seen = new List<int>();
        for (long next = 0; seen.Count < 300;)
        {
            await using ILogConsumer reader = log.OpenConsumer(Topic, "g", 0, next);
            ConsumedBatch batch = (await reader.ReadAsync(Token)).ShouldNotBeNull();
            batch.FirstOffset.ShouldBe(next);
            seen.AddRange(Numbers(batch));
            next = batch.NextOffset;
        }
        await sending;
        seen.ShouldBe(Enumerable.Range(0, 300));
    }
}
