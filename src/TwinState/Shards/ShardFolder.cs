using Movc.Database;
using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Movc.EventLog.Wire;
using Movc.TwinState.Store;

namespace Movc.TwinState.Shards;

/// <summary>Rebuilds a shard's state from its journal.</summary>
internal sealed class ShardFolder(ShardState state) : IJournalVisitor
{
    private long _lastSequence;

    public long Entries { get; private set; }

    public void OnVehicle(int index, ReadOnlySpan<byte> id)
    {
        int added = state.Add(id);
        if (added != index) throw new StoreException($"shard {state.Shard}: vehicle {index} is missing from the store; it was damaged outside this program");
    }

    public void OnEvent(in EventRow row, ReadOnlySpan<byte> payload)
    {
        Expect(row.JournalSequence);
        if (!VehicleEventCodec.TryDecode(row.Type, payload, row.OccurredMs, row.Quality, out VehicleEvent e))
            throw new StoreException($"shard {state.Shard}: journal entry {row.JournalSequence} does not decode; the store was damaged outside this program");
        state.Apply(row.Vehicle, in e);
        state.Columns.LastSequence[row.Vehicle] = row.JournalSequence;
        state.Counters.Accepted++;
    }

    public void OnSetpoints(long journalSequence, SetpointBatch batch)
    {
        Expect(journalSequence);
        state.AdvanceTo(batch.AtMs);
        state.Apply(batch);
    }

    private void Expect(long sequence)
    {
        if (sequence != _lastSequence + 1)
            throw new StoreException($"shard {state.Shard}: journal entry {_lastSequence + 1} is missing; the store was damaged outside this program");
        _lastSequence = sequence;
        Entries++;
    }
}
