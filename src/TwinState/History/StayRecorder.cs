using Movc.Domain.Dispatch;
using Movc.TwinState.Shards;
using Movc.TwinState.Store;

namespace Movc.TwinState.History;

/// <summary>Folds a shard's journal through a period and notes the stays of its willing vehicles.</summary>
internal sealed class StayRecorder : IJournalVisitor
{
    private readonly ShardState _state;
    private readonly ShardFolder _folder;
    private readonly long _toMs;

    /// <param name="state">The shard at the period's start, the setpoints of its first interval applied.</param>
    /// <param name="after">Journal sequence that it stands at.</param>
    /// <param name="fromMs">Start of the period.</param>
    /// <param name="slots">Its length.</param>
    public StayRecorder(ShardState state, long after, long fromMs, int slots)
    {
        _state = state;
        _folder = new ShardFolder(state, after);
        _toMs = fromMs + (slots * Domain.Time.Slots.Ms);
        Ledger = new StayLedger(state, fromMs, slots);
    }

    public StayLedger Ledger { get; }

    public JournalRange Range(long through) => _folder.Range(through);

    /// <summary>The period is over: moves the vehicles to its end and notes what is under way.</summary>
    public void Finish()
    {
        if (_state.SetpointsAtMs >= _toMs) return;
        _state.AdvanceTo(_toMs);
        Ledger.Note(_toMs);
    }

    public void OnVehicle(int index, ReadOnlySpan<byte> id) => _folder.OnVehicle(index, id);

    public void OnEvent(in EventRow row, ReadOnlySpan<byte> payload)
    {
        ShardColumns c = _state.Columns;
        int i = row.Vehicle;
        bool wasPlugged = i < c.Count && c.IsPlugged(i);
        int neededWh = wasPlugged ? c.NeededWh[i] : 0;
        _folder.OnEvent(in row, payload);
        Ledger.Follow(i, wasPlugged, neededWh);
    }

    public void OnSetpoints(long journalSequence, SetpointBatch batch)
    {
        _folder.OnSetpoints(journalSequence, batch);
        Ledger.Note(batch.AtMs);
    }
}
