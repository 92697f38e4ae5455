using System.Text;
using Movc.Domain.Aggregators;
using Movc.Domain.Dispatch;
using Movc.Domain.Time;
using Movc.EventLog;
using Movc.EventLog.InProcess;
using Movc.EventLog.Wire;
using Movc.RollingOptimizer.Setpoints;
using Movc.RollingOptimizer.Tests.Horizon;

namespace Movc.RollingOptimizer.Tests.Setpoints;

/// <summary>Answers that come over the log, through restarts and failures.</summary>
public sealed class AckReaderTests : IAsyncDisposable
{
    private const string Aggregator = "aggregator-1";
    private readonly InProcessEventLog _log = new(1, 1024);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task An_answer_from_before_a_restart_finds_the_plan_that_is_sent_again()
    {
        SetpointDesk desk = Desk(_log);
        var reader = new AckReader(_log, desk, () => Fleets.At, TimeProvider.System);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task reading = reader.RunAsync(end.Token);
        // Answered, then the program was killed: the answers to this plan and to the one before are there before the plan is.
        await AnswerAsync(Fleets.At - Slots.Ms);
        await AnswerAsync(Fleets.At);
        await SendAsync(desk);
        await UntilAsync(() => desk.View()[0].Last.Accepted == 1);
        desk.Silent.ShouldBeEmpty();
        // One to nothing is refused all the same.
        await AnswerAsync(Fleets.At + Slots.Ms);
        await UntilAsync(() => reader.Refused > 0);
        reader.Refused.ShouldBe(1);
        reader.LastRefusal.ShouldContain("nothing is awaited");
        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(reading);
    }

    [Fact]
    public async Task A_failure_of_the_log_is_not_kept_silent()
    {
        // What the twin is to be told can go nowhere.
        SetpointDesk desk = Desk(new FullDisk());
        Task reading = new AckReader(_log, desk, () => Fleets.At, TimeProvider.System).RunAsync(Token);
        await SendAsync(desk);
        await AnswerAsync(Fleets.At, new SetpointException("a", SetpointOutcome.Rejected, null));
        (await Should.ThrowAsync<IOException>(reading.WaitAsync(TimeSpan.FromSeconds(20), Token))).Message.ShouldBe(FullDisk.Fault);
    }

    private static SetpointDesk Desk(IEventLog events) => new(new DeskOptions(new HashedAggregators(1)), new ExceptionEvents(events));

    /// <summary>A setpoint of one vehicle, at <see cref="Fleets.At"/>.</summary>
    private static async Task SendAsync(SetpointDesk desk)
    {
        var batch = new SetpointBatch(0, Fleets.At, Fleets.At + (DispatchParameters.SetpointValidSlots * Slots.Ms), [0], [700]);
        await desk.SentAsync("plan", [batch], [["a"]], [AggregatorParts.Of(batch, ["a"], desk.Aggregators, [])], Token);
    }

    private async Task AnswerAsync(long setpointAtMs, params SetpointException[] exceptions)
    {
        byte[] key = Encoding.UTF8.GetBytes(Aggregator);
        var ack = new SetpointAck(Aggregator, setpointAtMs, null, setpointAtMs + 1_000, AckKind.Accepted, exceptions);
        ILogProducer producer = _log.OpenProducer(Topics.SetpointAcks);
        await producer.SendAsync(0, CloudEventRecord.Of(key, key, "test"u8, SetpointAckCodec.TypeUtf8, setpointAtMs, SetpointAckCodec.ToMessage(ack)), Token);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (!holds()) await Task.Delay(20, patience.Token);
    }

    /// <summary>A log to which nothing can be written.</summary>
    private sealed class FullDisk : IEventLog
    {
        public const string Fault = "no space left on device";

        public int PartitionCount => 1;

        public bool OutlivesReaders => false;

        public ILogProducer OpenProducer(string topic) => throw new IOException(Fault);

        public ILogConsumer OpenConsumer(string topic, string group, int partition, long fromOffset) => throw new NotSupportedException();

        public Task ShareAsync(string topic, string group, Func<int, CancellationToken, Task> work, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
