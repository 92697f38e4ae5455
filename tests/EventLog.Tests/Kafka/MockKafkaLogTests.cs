using Movc.Conformance;
using Movc.EventLog.Kafka;
using Movc.TestKit;

namespace Movc.EventLog.Tests.Kafka;

/// <summary>The Kafka adapter on librdkafka's mock cluster: the real protocol over TCP.</summary>
public sealed class MockKafkaLogTests : DurableLogConformance, IDisposable
{
    private readonly MockKafka _cluster = new();

    public void Dispose() => _cluster.Dispose();

    protected override async ValueTask<IEventLog> CreateLogAsync(int partitions, int capacityBatches = 64) =>
        await KafkaEventLog.OpenAsync(Options(partitions, capacityBatches), new Provisioner(_cluster), Token);

    protected override async ValueTask<IEventLog> ReopenAsync(int partitions, int capacityBatches = 64) =>
        await KafkaEventLog.OpenAsync(Options(partitions, capacityBatches), null, Token);

    [Fact(Timeout = 60_000)]
    public async Task A_topic_with_another_number_of_partitions_is_refused()
    {
        _cluster.CreateTopic(Topics.VehicleEvents, 3);
        LogException refusal = await Should.ThrowAsync<LogException>(async () => await CreateLogAsync(4));
        refusal.Message.ShouldContain($"topic {Topics.VehicleEvents} has 3 partitions, this run needs 4");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_cluster_that_is_not_there_is_told_in_a_line()
    {
        KafkaOptions options = Options(1) with { Servers = "127.0.0.1:1", Patience = TimeSpan.FromSeconds(2) };
        LogException refusal = await Should.ThrowAsync<LogException>(() => KafkaEventLog.OpenAsync(options, null, Token));
        refusal.Message.ShouldStartWith("Kafka 127.0.0.1:1: cannot be reached within 2 s (");
        refusal.Message.ShouldNotContain("\n");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_broker_that_goes_and_comes_back_costs_nothing()
    {
        await using IEventLog log = await CreateLogAsync(1);
        ILogConsumer reader = log.OpenConsumer(Topic, "g", 0, 0);
        ILogProducer producer = log.OpenProducer(Topic);
        for (int n = 0; n < 10; n++) await producer.SendAsync(0, One("k"u8, n), Token);
        (await ReadAsync(reader, 10)).Count.ShouldBe(10);
        _cluster.Down();
        for (int n = 10; n < 20; n++) await producer.SendAsync(0, One("k"u8, n), Token);
        Task flush = producer.FlushAsync(Token).AsTask();
        await Task.Delay(300, Token);
        flush.IsCompleted.ShouldBeFalse();
        _cluster.Up();
        await flush;
        (await ReadAsync(reader, 10)).Select(r => r.Number).ShouldBe(Enumerable.Range(10, 10));
    }

    private KafkaOptions Options(int partitions, int capacityBatches = 64) => new() { Servers = _cluster.Servers, Partitions = partitions, CapacityBatches = capacityBatches };

    private sealed class Provisioner(MockKafka cluster) : ITopicProvisioner
    {
        public Task CreateAsync(string topic, int partitions, CancellationToken cancellationToken)
        {
            cluster.CreateTopic(topic, partitions);
            return Task.CompletedTask;
        }
    }
}
