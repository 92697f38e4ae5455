using System.Buffers.Binary;
using System.Text;
using Movc.EventLog;
using Movc.EventLog.Records;

namespace Movc.Conformance;

/// <summary>What every adapter of <see cref="IEventLog"/> must keep.</summary>
public abstract partial class EventLogConformance
{
    private const string Topic = Topics.VehicleEvents;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A fresh, empty log.</summary>
    protected abstract IEventLog CreateLog(int partitions, int capacityBatches = 64);

    /// <summary>No more records come.</summary>
    protected virtual ValueTask EndAsync(IEventLog log) => log.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task Records_of_a_key_come_out_in_the_order_in_which_they_went_in()
    {
        await using IEventLog log = CreateLog(4);
        ILogConsumer[] readers = [.. Enumerable.Range(0, 4).Select(p => log.OpenConsumer(Topic, "g", p, 0))];
        ILogProducer producer = log.OpenProducer(Topic);
        for (int n = 0; n < 200; n++)
        {
            byte[] key = Encoding.UTF8.GetBytes($"v-{n % 17}");
            await producer.SendAsync(Murmur2.Partition(key, 4), One(key, n), Token);
            if (n % 50 == 49)
            {
                foreach (ILogConsumer reader in readers)
                {
                    while (reader.TryRead(out ConsumedBatch batch)) Note(batch);
                }
            }
        }
        _byKey.Values.Sum(v => v.Count).ShouldBe(200);
        foreach ((string key, List<int> numbers) in _byKey)
        {
            numbers.ShouldBe(Enumerable.Range(0, 200).Where(n => string.Equals($"v-{n % 17}", key, StringComparison.Ordinal)));
        }
    }

    private readonly SortedDictionary<string, List<int>> _byKey = new(StringComparer.Ordinal);

    private void Note(ConsumedBatch batch)
    {
        foreach (LogRecord record in batch.Records)
        {
            string key = Encoding.UTF8.GetString(record.Key);
            if (!_byKey.TryGetValue(key, out List<int>? numbers)) _byKey.Add(key, numbers = []);
            numbers.Add(BinaryPrimitives.ReadInt32LittleEndian(record.Value));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Offsets_are_dense_in_a_partition_and_go_on_where_the_readers_store_stands()
    {
        await using IEventLog log = CreateLog(2);
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
    public async Task Every_group_sees_every_record_however_slow_another_is()
    {
        await using IEventLog log = CreateLog(1, 8);
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
    public async Task A_producer_waits_while_a_partition_is_full_and_goes_on_when_it_is_read()
    {
        await using IEventLog log = CreateLog(2, 2);
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
        await using IEventLog log = CreateLog(1, 1);
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
        await using IEventLog log = CreateLog(2);
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
    public async Task Many_senders_to_one_partition_lose_nothing_and_every_group_sees_the_same_order()
    {
        await using IEventLog log = CreateLog(1, 4);
        ILogConsumer[] readers = [log.OpenConsumer(Topic, "a", 0, 0), log.OpenConsumer(Topic, "b", 0, 0)];
        const int Senders = 4, Each = 150;
        Task[] sends =
        [
            .. Enumerable.Range(0, Senders).Select(s => Task.Run(async () =>
            {
                ILogProducer producer = log.OpenProducer(Topic);
                for (int n = 0; n < Each; n++) await producer.SendAsync(0, One("k"u8, (s * 1000) + n), Token);
                await producer.FlushAsync(Token);
            }, Token)),
        ];
        List<int>[] seen = await Task.WhenAll(readers.Select(async reader =>
        {
            List<int> numbers = [];
            long next = 0;
            while (numbers.Count < Senders * Each)
            {
                ConsumedBatch batch = (await reader.ReadAsync(Token)).ShouldNotBeNull();
                batch.FirstOffset.ShouldBe(next);
                next = batch.NextOffset;
                numbers.AddRange(Numbers(batch));
                reader.Acknowledge(next);
            }
            return numbers;
        }));
        await Task.WhenAll(sends);
        seen[1].ShouldBe(seen[0]);
        for (int s = 0; s < Senders; s++)
            seen[0].Where(n => n / 1000 == s).ShouldBe(Enumerable.Range(s * 1000, Each));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_partition_that_does_not_exist_is_refused()
    {
        await using IEventLog log = CreateLog(3);
        log.PartitionCount.ShouldBe(3);
        Should.Throw<ArgumentOutOfRangeException>(() => log.OpenConsumer(Topic, "g", 3, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => log.OpenConsumer(Topic, "g", -1, 0));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await log.OpenProducer(Topic).SendAsync(3, Many(0, 1), Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Topics_do_not_mix_and_an_empty_batch_takes_no_offset()
    {
        await using IEventLog log = CreateLog(1);
        ILogConsumer events = log.OpenConsumer(Topics.VehicleEvents, "g", 0, 0);
        ILogConsumer setpoints = log.OpenConsumer(Topics.Setpoints, "g", 0, 0);
        await log.OpenProducer(Topics.VehicleEvents).SendAsync(0, Many(0, 1), Token);
        await log.OpenProducer(Topics.Setpoints).SendAsync(0, new RecordBatch(), Token);
        await log.OpenProducer(Topics.Setpoints).SendAsync(0, Many(7, 1), Token);
        Numbers((await events.ReadAsync(Token)).ShouldNotBeNull()).ShouldBe([0]);
        ConsumedBatch batch = (await setpoints.ReadAsync(Token)).ShouldNotBeNull();
        batch.FirstOffset.ShouldBe(0);
        Numbers(batch).ShouldBe([7]);
        events.TryRead(out _).ShouldBeFalse();
        setpoints.TryRead(out _).ShouldBeFalse();
    }

    private static RecordBatch One(ReadOnlySpan<byte> key, int number)
    {
        var batch = new RecordBatch(64);
        Put(batch, key, number);
        return batch;
    }

    private static RecordBatch Many(int from, int count)
    {
        var batch = new RecordBatch();
        for (int n = from; n < from + count; n++) Put(batch, "k"u8, n);
        return batch;
    }

    private static void Put(RecordBatch batch, ReadOnlySpan<byte> key, int number)
    {
        batch.Begin(key);
        batch.AddHeader("h"u8, "1"u8);
        BinaryPrimitives.WriteInt32LittleEndian(batch.End(4), number);
    }

    private static List<int> Numbers(ConsumedBatch batch)
    {
        List<int> numbers = [];
        foreach (LogRecord record in batch.Records) numbers.Add(BinaryPrimitives.ReadInt32LittleEndian(record.Value));
        return numbers;
    }
}
