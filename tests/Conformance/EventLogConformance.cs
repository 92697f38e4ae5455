using System.Text;
using Movc.EventLog;
using Movc.EventLog.Records;

namespace Movc.Conformance;

/// <summary>What every adapter of <see cref="IEventLog"/> must keep.</summary>
public abstract partial class EventLogConformance
{
    protected const string Topic = Topics.VehicleEvents;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A fresh, empty log.</summary>
    protected abstract ValueTask<IEventLog> CreateLogAsync(int partitions, int capacityBatches = 64);

    /// <summary>No more records come.</summary>
    protected virtual ValueTask EndAsync(IEventLog log) => log.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task Records_of_a_key_come_out_in_the_order_in_which_they_went_in()
    {
        await using IEventLog log = await CreateLogAsync(4);
        ILogConsumer[] readers = [.. Enumerable.Range(0, 4).Select(p => log.OpenConsumer(Topic, "g", p, 0))];
        ILogProducer producer = log.OpenProducer(Topic);
        byte[][] keys = [.. Enumerable.Range(0, 200).Select(n => Encoding.UTF8.GetBytes($"v-{n % 17}"))];
        Task<List<(string Key, int Number)>>[] reads = [.. readers.Select((r, p) => ReadAsync(r, keys.Count(k => Murmur2.Partition(k, 4) == p)))];
        for (int n = 0; n < keys.Length; n++) await producer.SendAsync(Murmur2.Partition(keys[n], 4), One(keys[n], n), Token);
        for (int p = 0; p < 4; p++)
        {
            foreach (IGrouping<string, int> vehicle in (await reads[p]).GroupBy(r => r.Key, r => r.Number, StringComparer.Ordinal))
            {
                Murmur2.Partition(Encoding.UTF8.GetBytes(vehicle.Key), 4).ShouldBe(p);
                vehicle.ShouldBe(Enumerable.Range(0, 200).Where(n => string.Equals($"v-{n % 17}", vehicle.Key, StringComparison.Ordinal)));
            }
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Offsets_are_dense_and_what_was_sent_comes_out_byte_for_byte()
    {
        await using IEventLog log = await CreateLogAsync(2);
        ILogConsumer reader = log.OpenConsumer(Topic, "g", 1, 0);
        ILogProducer producer = log.OpenProducer(Topic);
        var random = new Random(3);
        var sent = new List<byte[]>();
        for (int n = 0; n < 50; n++)
        {
            byte[] key = new byte[random.Next(1, 65)], value = new byte[random.Next(3) == 0 ? 0 : random.Next(1, 400)], header = new byte[random.Next(0, 300)];
            foreach (byte[] bytes in new[] { key, value, header }) random.NextBytes(bytes);
            var batch = new RecordBatch();
            batch.Begin(key);
            batch.AddHeader("ce_id"u8, header);
            batch.AddHeader("ce_empty"u8, []);
            batch.End(value);
            sent.Add([.. key, .. header, .. value]);
            await producer.SendAsync(1, batch, Token);
        }
        long next = 0;
        int at = 0;
        while (at < sent.Count)
        {
            ConsumedBatch batch = (await reader.ReadAsync(Token)).ShouldNotBeNull();
            batch.FirstOffset.ShouldBe(next);
            next = batch.NextOffset;
            at = Compare(batch, sent, at);
        }
        next.ShouldBe(sent.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Every_group_sees_every_record()
    {
        await using IEventLog log = await CreateLogAsync(1);
        ILogConsumer[] readers = [.. new[] { "a", "b", "c" }.Select(g => log.OpenConsumer(Topic, g, 0, 0))];
        ILogProducer producer = log.OpenProducer(Topic);
        for (int n = 0; n < 40; n++) await producer.SendAsync(0, One("k"u8, n), Token);
        foreach (ILogConsumer reader in readers) (await ReadAsync(reader, 40)).Select(r => r.Number).ShouldBe(Enumerable.Range(0, 40));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_that_waits_learns_of_the_end()
    {
        IEventLog log = await CreateLogAsync(1);
        ILogConsumer reader = log.OpenConsumer(Topic, "g", 0, 0);
        Task<ConsumedBatch?> read = reader.ReadAsync(Token).AsTask();
        read.IsCompleted.ShouldBeFalse();
        await EndAsync(log);
        (await read).ShouldBeNull();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_send_after_the_log_ended_fails_instead_of_losing_the_record()
    {
        IEventLog log = await CreateLogAsync(1);
        await using ILogConsumer reader = log.OpenConsumer(Topic, "g", 0, 0);
        ILogProducer producer = log.OpenProducer(Topic);
        await producer.SendAsync(0, Many(0, 1), Token);
        await EndAsync(log);
        await Should.ThrowAsync<LogClosedException>(async () => await producer.SendAsync(0, Many(1, 1), Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Many_senders_to_one_partition_lose_nothing_and_every_group_sees_the_same_order()
    {
        await using IEventLog log = await CreateLogAsync(1, 4);
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
        await using IEventLog log = await CreateLogAsync(3);
        log.PartitionCount.ShouldBe(3);
        Should.Throw<ArgumentOutOfRangeException>(() => log.OpenConsumer(Topic, "g", 3, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => log.OpenConsumer(Topic, "g", -1, 0));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await log.OpenProducer(Topic).SendAsync(3, Many(0, 1), Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Topics_do_not_mix_and_an_empty_batch_takes_no_offset()
    {
        await using IEventLog log = await CreateLogAsync(1);
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
}
