using Google.Protobuf;
using Movc.Domain.Fleet;
using Movc.EventLog;
using Movc.EventLog.Records;
using Movc.EventLog.Wire;
using FleetPart = Movc.EventLog.Wire.V1.FleetPart;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>Puts the fleet together from the parts that shards in other processes send over the log.</summary>
/// <param name="log">Its partitions are the shards.</param>
/// <param name="afterMs">Instants up to this one were planned already; their parts are passed over.</param>
public sealed class FleetReader(IEventLog log, long afterMs) : IFleetSnapshots
{
    private readonly FleetSnapshotCollector _collector = new(log.PartitionCount);

    /// <summary>Records that held no part of the fleet, and were passed over.</summary>
    public long Unreadable => Interlocked.Read(ref _unreadable);

    private long _unreadable;

    /// <summary>The newest instant of which every part has come, Unix milliseconds UTC; <see cref="long.MinValue"/> before the first.</summary>
    public long LatestMs => _collector.Latest?.AtMs ?? long.MinValue;

    public ValueTask<FleetSnapshot?> NextAsync(CancellationToken cancellationToken) => _collector.NextAsync(cancellationToken);

    /// <summary>Reads what the log holds and what comes, until it ends or the token fires.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(Enumerable.Range(0, log.PartitionCount).Select(p => ReadAsync(p, cancellationToken)));
        }
        finally
        {
            _collector.Complete();
        }
    }

    private async Task ReadAsync(int partition, CancellationToken cancellationToken)
    {
        await using ILogConsumer consumer = log.OpenConsumer(Topics.Fleet, "optimizer", partition, ILogConsumer.Earliest);
        while (await consumer.ReadAsync(cancellationToken) is { } batch)
        {
            foreach (LogRecord record in batch.Records) Take(in record, partition);
            consumer.Acknowledge(batch.NextOffset);
        }
    }

    private void Take(in LogRecord record, int partition)
    {
        try
        {
            FleetPart part = FleetPart.Parser.ParseFrom(record.Value);
            if (part.Shard != partition) throw new InvalidDataException("a shard's part lies in another's partition");
            if (part.AtMs > afterMs) _collector.Add(FleetPartCodec.ToSnapshot(part));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException)
        {
            Interlocked.Increment(ref _unreadable);
        }
    }
}
