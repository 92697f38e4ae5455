using System.Globalization;
using System.Text;
using Movc.Domain.Fleet;
using Movc.EventLog;
using Movc.EventLog.Wire;
using FleetPart = Movc.EventLog.Wire.V1.FleetPart;

namespace Movc.TwinState.Snapshots;

/// <summary>Sends shards' snapshots over the log, for an optimizer in another process; from any thread.</summary>
internal sealed class FleetPublisher(IEventLog log)
{
    private readonly ILogProducer _producer = log.OpenProducer(Topics.Fleet);
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Sends; completes when the log has it for certain, because the shard waits for what is made of it.</summary>
    public async ValueTask SendAsync(ShardSnapshot snapshot, CancellationToken cancellationToken)
    {
        FleetPart message = FleetPartCodec.ToMessage(snapshot);
        string shard = string.Create(CultureInfo.InvariantCulture, $"{snapshot.Shard}");
        byte[] id = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{shard}/{snapshot.AtMs}"));
        await _one.WaitAsync(cancellationToken);
        try
        {
            await _producer.SendAsync(snapshot.Shard, CloudEventRecord.Of(Encoding.UTF8.GetBytes(shard), id, "movc:twin"u8, "movc.fleet.part.v1"u8, snapshot.AtMs, message), cancellationToken);
        }
        finally
        {
            _one.Release();
        }
        await _producer.FlushAsync(cancellationToken);
    }
}
