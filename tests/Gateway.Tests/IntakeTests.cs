using System.Collections.Concurrent;
using System.Text;
using Movc.EventLog;
using Movc.EventLog.InProcess;
using Movc.EventLog.Records;
using Movc.Gateway.Intake;

namespace Movc.Gateway.Tests;

public class IntakeTests
{
    private const string Event = """{ "specversion": "1.0", "id": "1", "source": "a", "type": "movc.vehicle.unplugged.v1", "subject": "v", "time": "2024-03-04T06:00:00Z", "data": { "energyWh": 1 } }""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Requests_share_their_producers_and_one_that_failed_is_given_up()
    {
        var log = new CountingLog();
        var intake = new LogEventIntake(log, TimeProvider.System);
        for (int n = 0; n < 5; n++) (await intake.AcceptAsync(Encoding.UTF8.GetBytes(Event), "application/cloudevents+json", Token)).Accepted.ShouldBe(1);
        log.Opened.ShouldBe([Topics.VehicleEvents, Topics.DeadLetter]);
        log.Fails = true;
        await Should.ThrowAsync<LogException>(async () => await intake.AcceptAsync(Encoding.UTF8.GetBytes(Event), "application/cloudevents+json", Token));
        log.Fails = false;
        (await intake.AcceptAsync(Encoding.UTF8.GetBytes(Event), "application/cloudevents+json", Token)).Accepted.ShouldBe(1);
        log.Opened.Count.ShouldBe(4);
    }

    private sealed class CountingLog : IEventLog
    {
        private readonly InProcessEventLog _inner = new(1);

        public ConcurrentQueue<string> Opened { get; } = new();

        public bool Fails { get; set; }

        public int PartitionCount => 1;

        public bool OutlivesReaders => false;

        public ILogProducer OpenProducer(string topic)
        {
            Opened.Enqueue(topic);
            return new Producer(this, _inner.OpenProducer(topic));
        }

        public ILogConsumer OpenConsumer(string topic, string group, int partition, long fromOffset) => _inner.OpenConsumer(topic, group, partition, fromOffset);

        public Task ShareAsync(string topic, string group, Func<int, CancellationToken, Task> work, CancellationToken cancellationToken) => _inner.ShareAsync(topic, group, work, cancellationToken);

        public ValueTask DisposeAsync() => _inner.DisposeAsync();

        private sealed class Producer(CountingLog log, ILogProducer inner) : ILogProducer
        {
            public ValueTask SendAsync(int partition, RecordBatch batch, CancellationToken cancellationToken) =>
                log.Fails ? ValueTask.FromException(new LogException("a record was not taken")) : inner.SendAsync(partition, batch, cancellationToken);

            public ValueTask FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
        }
    }
}
