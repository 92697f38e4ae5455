using Movc.Conformance;
using Movc.EventLog.InProcess;
using Movc.EventLog.Records;

namespace Movc.EventLog.Tests.InProcess;

public sealed class InProcessEventLogTests : EmbeddedLogConformance
{
    protected override ValueTask<IEventLog> CreateLogAsync(int partitions, int capacityBatches = 64) => ValueTask.FromResult<IEventLog>(new InProcessEventLog(partitions, capacityBatches));

    [Fact(Timeout = 60_000)]
    public async Task A_reader_that_comes_after_the_end_sees_the_end()
    {
        var log = new InProcessEventLog(2);
        log.Complete();
        (await log.OpenConsumer(Topics.Plans, "late", 1, 0).ReadAsync(Token)).ShouldBeNull();
    }

    [Fact]
    public void A_group_cannot_read_a_partition_twice_at_the_same_time()
    {
        var log = new InProcessEventLog(1);
        log.OpenConsumer(Topics.Plans, "g", 0, 0);
        Should.Throw<InvalidOperationException>(() => log.OpenConsumer(Topics.Plans, "g", 0, 0));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_group_that_left_may_come_back_and_offsets_go_on()
    {
        var log = new InProcessEventLog(1);
        ILogProducer producer = log.OpenProducer(Topics.Plans);
        await using (ILogConsumer first = log.OpenConsumer(Topics.Plans, "g", 0, 0))
        {
            await producer.SendAsync(0, Batch(), Token);
            first.Acknowledge(1);
        }
        ILogConsumer again = log.OpenConsumer(Topics.Plans, "g", 0, 1);
        await producer.SendAsync(0, Batch(), Token);
        ConsumedBatch batch = (await again.ReadAsync(Token)).ShouldNotBeNull();
        batch.FirstOffset.ShouldBe(1);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_topic_that_nobody_reads_takes_records_and_holds_nobody_up()
    {
        var log = new InProcessEventLog(1, 1);
        ILogProducer producer = log.OpenProducer(Topics.Plans);
        for (int n = 0; n < 5; n++) await producer.SendAsync(0, Batch(), Token);
        await producer.FlushAsync(Token);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1025, 1)]
    [InlineData(1, 0)]
    public void Sizes_outside_their_range_are_refused(int partitions, int capacity) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new InProcessEventLog(partitions, capacity));

    private static RecordBatch Batch()
    {
        var batch = new RecordBatch();
        batch.Begin("k"u8);
        batch.End("v"u8);
        return batch;
    }
}
