using System.Text;
using Google.Protobuf;
using Movc.Domain.Queries;
using Movc.Domain.Events;
using Movc.Domain.Sources;
using Movc.EventLog;
using Movc.EventLog.Records;
using Movc.EventLog.Wire;
using V1DeadLetter = Movc.EventLog.Wire.V1.DeadLetter;

namespace Movc.Ingest.Publishing;

/// <summary>
/// Writes a source's events to the log: keys them by vehicle, numbers them densely per partition and batches them.
/// Blocks the source's thread while the log is full. One thread at a time.
/// </summary>
public sealed class VehicleEventPublisher : IVehicleEventSink
{
    private readonly ILogProducer _events;
    private readonly ILogProducer _deadLetters;
    private readonly byte[] _source;
    private readonly RecordBatch[] _open;
    private readonly long[] _nextSequence;
    private readonly long[] _fromMs;
    private readonly CancellationToken _cancellationToken;
    private RecordBatch _openLetters = new();
    private bool _lettersOnTheirWay;

    /// <param name="log">Where to.</param>
    /// <param name="sourceUri">CloudEvents source.</param>
    /// <param name="resume">For every partition, where the source stands: events before the instant are passed over, the next gets the sequence.</param>
    /// <param name="cancellationToken">Ends a wait for room.</param>
    public VehicleEventPublisher(IEventLog log, string sourceUri, IReadOnlyList<SourcePosition> resume, CancellationToken cancellationToken)
    {
        if (resume.Count != log.PartitionCount) throw new ArgumentException($"{resume.Count} positions for {log.PartitionCount} partitions", nameof(resume));
        _events = log.OpenProducer(Topics.VehicleEvents);
        _deadLetters = log.OpenProducer(Topics.DeadLetter);
        _source = Encoding.UTF8.GetBytes(sourceUri);
        _open = [.. Enumerable.Range(0, log.PartitionCount).Select(_ => new RecordBatch())];
        _fromMs = [.. resume.Select(r => r.ReachedMs)];
        _nextSequence = [.. resume.Select(r => r.NextSequence)];
        _cancellationToken = cancellationToken;
    }

    /// <summary>True while the facts that stand at the source's start are told: those lie before it, and a partition that has passed the start has them.</summary>
    public bool IsInitial { get; set; }

    /// <summary>City time that the source has come to, which says what a partition has; null = each event's own time says it. A source may tell late what happened before.</summary>
    public long? ToldAtMs { get; set; }

    /// <summary>Events sent.</summary>
    public long Sent { get; private set; }

    public void Emit(ReadOnlySpan<byte> vehicleId, in VehicleEvent vehicleEvent)
    {
        int partition = Murmur2.Partition(vehicleId, _open.Length);
        if (HasIt(partition, vehicleEvent.OccurredAtMs)) return;
        VehicleEventWriter.Append(_open[partition], _source, vehicleId, _nextSequence[partition]++, partition, in vehicleEvent);
        Sent++;
        if (_open[partition].IsFull) Send(partition);
    }

    public void EmitStored(ReadOnlySpan<byte> vehicleId, EventSchema schema, long occurredAtMs, Quality quality, ReadOnlySpan<byte> payload)
    {
        int partition = Murmur2.Partition(vehicleId, _open.Length);
        if (HasIt(partition, occurredAtMs)) return;
        VehicleEventWriter.Append(_open[partition], _source, vehicleId, _nextSequence[partition]++, partition, schema, occurredAtMs, quality, payload);
        Sent++;
        if (_open[partition].IsFull) Send(partition);
    }

    public void PutAside(DeadLetter letter)
    {
        var message = new V1DeadLetter
        {
            RecordedAtMs = letter.RecordedAtMs,
            Reason = letter.Reason.ToName(),
            Detail = letter.Detail,
            Source = letter.Source,
            Reference = letter.Reference,
            Payload = ByteString.CopyFrom(letter.Payload.Span),
        };
        if (letter.Key is not null) message.Key = letter.Key;
        _openLetters.Begin(Encoding.UTF8.GetBytes(letter.Source));
        message.WriteTo(_openLetters.End(message.CalculateSize()));
        if (_openLetters.IsFull) SendLetters();
    }

    /// <summary>Sends what is open.</summary>
    public void Send()
    {
        for (int partition = 0; partition < _open.Length; partition++)
        {
            if (_open[partition].Count > 0) Send(partition);
        }
        if (_openLetters.Count > 0) SendLetters();
    }

    /// <summary>Tells every partition that everything before the instant was sent.</summary>
    public void SendProgress(long atMs)
    {
        Send();
        // After a restart a source begins at the last progress told: what was put aside before it must be durable by then.
        if (_lettersOnTheirWay) _deadLetters.FlushAsync(_cancellationToken).AsTask().GetAwaiter().GetResult();
        _lettersOnTheirWay = false;
        for (int partition = 0; partition < _open.Length; partition++)
        {
            // A partition that is further already keeps what it knows.
            if (atMs >= _fromMs[partition]) VehicleEventWriter.AppendProgress(_open[partition], _source, atMs, _nextSequence[partition]);
        }
        Send();
    }

    /// <summary>Waits until everything sent is durable.</summary>
    public async Task FlushAsync()
    {
        await _events.FlushAsync(_cancellationToken);
        await _deadLetters.FlushAsync(_cancellationToken);
    }

    private bool HasIt(int partition, long occurredAtMs) => IsInitial ? _fromMs[partition] != long.MinValue : (ToldAtMs ?? occurredAtMs) < _fromMs[partition];

    private void Send(int partition)
    {
        RecordBatch full = _open[partition];
        _open[partition] = new RecordBatch(RecordBatch.TargetBytes + 2048);
        Wait(_events.SendAsync(partition, full, _cancellationToken));
    }

    private void SendLetters()
    {
        RecordBatch full = _openLetters;
        _openLetters = new RecordBatch();
        _lettersOnTheirWay = true;
        Wait(_deadLetters.SendAsync(0, full, _cancellationToken));
    }

    // The sources are plain loops on a thread of their own; blocking it here is the back-pressure.
    private static void Wait(ValueTask send)
    {
        if (!send.IsCompletedSuccessfully) send.AsTask().GetAwaiter().GetResult();
    }
}
