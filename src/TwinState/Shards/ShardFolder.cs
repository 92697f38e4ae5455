using Movc.Database;
using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Movc.Domain.Time;
using Movc.EventLog.Wire;
using Movc.TwinState.Ids;
using Movc.TwinState.Store;

namespace Movc.TwinState.Shards;

/// <summary>Brings a shard's state on by its journal, from where the state stands.</summary>
/// <param name="state">Empty, or restored from an image.</param>
/// <param name="after">Journal sequence that the state stands at, 0 = the beginning.</param>
/// <param name="untilMs">Of the interval that holds this instant, events that happened at it or later are passed over; <see cref="long.MaxValue"/> = none.</param>
internal sealed class ShardFolder(ShardState state, long after = 0, long untilMs = long.MaxValue) : IJournalVisitor
{
    private readonly VehicleIdTable _ids = new();
    private readonly int _firstVehicle = state.Columns.Count;
    private readonly long _lastIntervalMs = Slots.Floor(untilMs);
    private readonly long _after = after;
    private long _lastSequence = after;

    /// <summary>What it needs of the journal up to a place.</summary>
    public JournalRange Range(long through) => new(_after, through, _firstVehicle);

    /// <summary>Entries folded.</summary>
    public long Entries { get; private set; }

    public void OnVehicle(int index, ReadOnlySpan<byte> id)
    {
        // A vehicle joins the state with its first event, so that a state of the past knows no vehicle of the future.
        if (_firstVehicle + _ids.Add(id) != index) throw new StoreException($"shard {state.Shard}: vehicle {_firstVehicle + _ids.Count - 1} is missing from the store; it was damaged outside this program");
    }

    public void OnEvent(in EventRow row, ReadOnlySpan<byte> payload)
    {
        Expect(row.JournalSequence);
        if (row.OccurredMs >= untilMs && state.SetpointsAtMs >= _lastIntervalMs) return;
        while (state.Columns.Count <= row.Vehicle)
        {
            if (state.Columns.Count >= _firstVehicle + _ids.Count) throw new StoreException($"shard {state.Shard}: vehicle {state.Columns.Count} is missing from the store; it was damaged outside this program");
            state.Add(_ids.Utf8(state.Columns.Count - _firstVehicle));
        }
        if (!VehicleEventCodec.TryDecode(row.Schema, payload, row.OccurredMs, row.Quality, out VehicleEvent e))
            throw new StoreException($"shard {state.Shard}: journal entry {row.JournalSequence} does not decode; the store was damaged outside this program, or written by a later version of it");
        state.Apply(row.Vehicle, in e);
        if (state.Columns.Version[row.Vehicle] != row.Version && untilMs == long.MaxValue)
            throw new StoreException($"shard {state.Shard}: journal entry {row.JournalSequence} is version {row.Version} of its vehicle, {state.Columns.Version[row.Vehicle]} was expected; the store was damaged outside this program");
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
