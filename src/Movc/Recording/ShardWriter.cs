using Google.Protobuf;
using Movc.EventLog.Wire.V1;
using Movc.TwinState.Store;
using SetpointBatch = Movc.Domain.Dispatch.SetpointBatch;

namespace Movc.Recording;

/// <summary>Writes a shard's journal as length-delimited messages.</summary>
internal sealed class ShardWriter(CodedOutputStream output, Action<long> onEvents) : IJournalVisitor
{
    private readonly RecordingEntry _event = new() { Event = new RecordedEvent() };

    public long Vehicles { get; private set; }

    public long Events { get; private set; }

    public void OnVehicle(int index, ReadOnlySpan<byte> id)
    {
        output.WriteMessage(new RecordingEntry { Vehicle = new RecordedVehicle { Index = (uint)index, Id = ByteString.CopyFrom(id) } });
        Vehicles++;
    }

    public void OnEvent(in EventRow row, ReadOnlySpan<byte> payload)
    {
        RecordedEvent e = _event.Event;
        e.JournalSequence = (ulong)row.JournalSequence;
        e.Vehicle = (uint)row.Vehicle;
        e.Version = (uint)row.Version;
        e.Type = (uint)row.Schema;
        e.Quality = (uint)row.Quality;
        e.OccurredAtMs = row.OccurredMs;
        e.RecordedAtMs = row.RecordedMs;
        e.Source = (uint)row.Source;
        e.SourceSequence = (ulong)row.SourceSequence;
        e.PreviousSequence = (ulong)row.PreviousSequence;
        e.Payload = ByteString.CopyFrom(payload);
        output.WriteMessage(_event);
        if (++Events % 65_536 == 0) onEvents(65_536);
    }

    public void OnSetpoints(long journalSequence, SetpointBatch batch)
    {
        var setpoints = new RecordedSetpoints { JournalSequence = (ulong)journalSequence, AtMs = batch.AtMs, ValidUntilMs = batch.ValidUntilMs };
        for (int k = 0; k < batch.Count; k++)
        {
            setpoints.Vehicle.Add((uint)batch.Vehicle[k]);
            setpoints.PowerW.Add(batch.PowerW[k]);
        }
        output.WriteMessage(new RecordingEntry { Setpoints = setpoints });
    }
}
