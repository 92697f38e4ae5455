using System.Globalization;
using Google.Protobuf;
using Movc.Domain.Aggregators;
using Movc.EventLog;
using Movc.EventLog.Records;
using Movc.EventLog.Wire;
using V1SetpointAck = Movc.EventLog.Wire.V1.SetpointAck;

namespace Movc.RollingOptimizer.Setpoints;

/// <summary>Reads aggregators' answers from the log and hands them to the desk; what is no answer, or to nothing, is counted and told.</summary>
/// <param name="log">Where they come.</param>
/// <param name="desk">Who takes them.</param>
/// <param name="cityMs">City time now, Unix milliseconds UTC.</param>
/// <param name="clock">Wall clock.</param>
public sealed class AckReader(IEventLog log, SetpointDesk desk, Func<long> cityMs, TimeProvider clock)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private long _refused;
    private string _lastRefusal = string.Empty;

    /// <summary>Answers that were refused.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Why the newest was.</summary>
    public string LastRefusal => Volatile.Read(ref _lastRefusal);

    /// <summary>
    /// Reads until the token fires, and gives up once a second what nobody answers. Takes what it reads once setpoints are out: answers that
    /// were given before a restart are read again, and those to the plan that then stands must find it.
    /// </summary>
    /// <remarks>Throws what the first failing part threw, after all have ended.</remarks>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, log.PartitionCount).Select(p => ReadAsync(p, end.Token)).Prepend(TickAsync(end.Token)).Select(OrEndAllAsync));

        async Task OrEndAllAsync(Task part)
        {
            try
            {
                await part;
            }
            catch
            {
                await end.CancelAsync();
                throw;
            }
        }
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken)) await desk.TickAsync(cityMs(), cancellationToken);
    }

    private async Task ReadAsync(int partition, CancellationToken cancellationToken)
    {
        await using ILogConsumer consumer = log.OpenConsumer(Topics.SetpointAcks, "optimizer", partition, ILogConsumer.Earliest);
        await desk.Begun.WaitAsync(cancellationToken);
        while (await consumer.ReadAsync(cancellationToken) is { } batch)
        {
            var acks = new List<SetpointAck>();
            foreach (LogRecord record in batch.Records) Read(in record, acks);
            foreach (SetpointAck ack in acks) Note(await desk.TakeAsync(ack, cancellationToken));
            consumer.Acknowledge(batch.NextOffset);
        }
    }

    private void Read(in LogRecord record, List<SetpointAck> acks)
    {
        try
        {
            acks.Add(SetpointAckCodec.ToAck(V1SetpointAck.Parser.ParseFrom(record.Value)));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException)
        {
            Note(string.Create(CultureInfo.InvariantCulture, $"a record is no answer: {e.Message}"));
        }
    }

    private void Note(string fault)
    {
        if (fault.Length == 0) return;
        Interlocked.Increment(ref _refused);
        Volatile.Write(ref _lastRefusal, fault);
    }
}
