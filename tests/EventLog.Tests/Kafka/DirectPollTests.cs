using System.Text;
using Confluent.Kafka;
using Movc.EventLog.Kafka;
using Movc.TestKit;

namespace Movc.EventLog.Tests.Kafka;

/// <summary>The way around the client's objects: the same records as by them, with this very version of the package.</summary>
public sealed class DirectPollTests : IDisposable
{
    private const string Topic = "t";
    private readonly MockKafka _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact(Timeout = 60_000)]
    public void Every_record_is_the_one_that_the_client_gives()
    {
        _cluster.CreateTopic(Topic, 1);
        var random = new Random(4);
        using (IProducer<byte[], byte[]> producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = _cluster.Servers }).Build())
        {
            for (int n = 0; n < 500; n++)
            {
                var headers = new Headers();
                for (int k = random.Next(5); k > 0; k--) headers.Add(new string('n', random.Next(1, 300)) + "é", random.Next(4) == 0 ? null : Bytes(random, n == 7 ? 70_000 : 400));
                producer.Produce(new TopicPartition(Topic, 0), new Message<byte[], byte[]> { Key = random.Next(4) == 0 ? null! : Bytes(random, 50), Value = random.Next(4) == 0 ? null! : Bytes(random, 1500), Headers = headers });
            }
            producer.Flush(TestContext.Current.CancellationToken);
        }
        List<string> direct = [];
        using (IConsumer<byte[], byte[]> consumer = Open())
        {
            var poll = new DirectPoll(consumer);
            while (direct.Count < 500) poll.Take(100, record => direct.Add(Text(record)));
            poll.Take(0, _ => Assert.Fail("a record too many")).ShouldBeFalse();
        }
        using IConsumer<byte[], byte[]> usual = Open();
        foreach (string text in direct)
        {
            ConsumeResult<byte[], byte[]> r = usual.Consume(TestContext.Current.CancellationToken);
            string headers = string.Concat(r.Message.Headers.Select(h => $" {h.Key}={Convert.ToHexString(h.GetValueBytes() ?? [])}"));
            text.ShouldBe($"{r.Partition.Value}/{r.Offset.Value} {Convert.ToHexString(r.Message.Key ?? [])} {Convert.ToHexString(r.Message.Value ?? [])}{headers}");
        }
    }

    [Fact(Timeout = 60_000)]
    public void What_a_broker_refuses_is_thrown_with_its_reason()
    {
        _cluster.CreateTopic(Topic, 1);
        using IConsumer<byte[], byte[]> consumer = Open(offset: 77);
        var poll = new DirectPoll(consumer);
        KafkaException refusal = Should.Throw<KafkaException>(() =>
        {
            while (true) poll.Take(100, _ => { });
        });
        refusal.Error.Code.ShouldBe(ErrorCode.Local_AutoOffsetReset);
        refusal.Error.Reason.ShouldContain("offset");
    }

    private static byte[] Bytes(Random random, int most)
    {
        byte[] bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Text(DirectPoll.DirectRecord record)
    {
        var text = new StringBuilder($"{record.Partition}/{record.Offset} {Convert.ToHexString(record.Key)} {Convert.ToHexString(record.Value)}");
        for (int n = 0; record.TryHeader(n, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value); n++) text.Append($" {Encoding.UTF8.GetString(name)}={Convert.ToHexString(value)}");
        return text.ToString();
    }

    private IConsumer<byte[], byte[]> Open(long offset = 0)
    {
        IConsumer<byte[], byte[]> consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = _cluster.Servers, GroupId = "g", EnableAutoCommit = false, AutoOffsetReset = AutoOffsetReset.Error })
            .SetErrorHandler((_, _) => { }).SetLogHandler((_, _) => { }).Build();
        consumer.Assign(new TopicPartitionOffset(Topic, 0, offset));
        return consumer;
    }
}
