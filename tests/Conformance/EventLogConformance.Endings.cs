using Movc.EventLog;

namespace Movc.Conformance;

/// <summary>What happens when somebody leaves, or the log ends.</summary>
public abstract partial class EventLogConformance
{
    [Fact(Timeout = 60_000)]
    public async Task A_flush_fails_when_the_reader_leaves_before_it_has_acknowledged()
    {
        await using IEventLog log = CreateLog(1);
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
        await using IEventLog log = CreateLog(1, 1);
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
        await using IEventLog log = CreateLog(1, 1);
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
        IEventLog log = CreateLog(1);
        ILogConsumer reader = log.OpenConsumer(Topic, "g", 0, 0);
        ILogProducer producer = log.OpenProducer(Topic);
        await producer.SendAsync(0, Many(0, 2), Token);
        await producer.SendAsync(0, Many(2, 2), Token);
        await EndAsync(log);
        Numbers((await reader.ReadAsync(Token)).ShouldNotBeNull()).ShouldBe([0, 1]);
        Numbers((await reader.ReadAsync(Token)).ShouldNotBeNull()).ShouldBe([2, 3]);
        (await reader.ReadAsync(Token)).ShouldBeNull();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_that_waits_learns_of_the_end()
    {
        IEventLog log = CreateLog(1);
        ILogConsumer reader = log.OpenConsumer(Topic, "g", 0, 0);
        Task<ConsumedBatch?> read = reader.ReadAsync(Token).AsTask();
        read.IsCompleted.ShouldBeFalse();
        await EndAsync(log);
        (await read).ShouldBeNull();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_send_after_the_log_ended_fails_instead_of_losing_the_record()
    {
        IEventLog log = CreateLog(1);
        await using ILogConsumer reader = log.OpenConsumer(Topic, "g", 0, 0);
        ILogProducer producer = log.OpenProducer(Topic);
        await producer.SendAsync(0, Many(0, 1), Token);
        await EndAsync(log);
        await Should.ThrowAsync<LogClosedException>(async () => await producer.SendAsync(0, Many(1, 1), Token));
    }
}
