using Movc.Database;
using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Movc.Domain.Time;
using Movc.EventLog.Wire;
using Movc.TwinState.Shards;
using Movc.TwinState.Store;

namespace Movc.TwinState.History;

/// <summary>Collects a stretch of a shard's journal and folds it in the order in which things happened.</summary>
/// <param name="state">The shard at the start of the stretch; is changed.</param>
internal sealed class HindsightFold(ShardState state) : IJournalVisitor
{
    private readonly JournalEntries _entries = new();
    private readonly Dictionary<long, SetpointBatch> _setpoints = [];

    public void OnVehicle(int index, ReadOnlySpan<byte> id)
    {
        if (state.Add(id) != index) throw new StoreException($"shard {state.Shard}: vehicle {index} is out of order in the store; it was damaged outside this program");
    }

    public void OnEvent(in EventRow row, ReadOnlySpan<byte> payload) => _entries.OnEvent(in row, payload);

    public void OnSetpoints(long journalSequence, SetpointBatch batch) => _setpoints[batch.AtMs] = batch;

    /// <summary>Folds and notes what each district drew in each interval, kW.</summary>
    public double[][] DistrictKw(long fromMs, int slots)
    {
        int[] order = [.. Enumerable.Range(0, _entries.Rows.Count)];
        Array.Sort(order, (a, b) => (_entries.Rows[a].OccurredMs, a).CompareTo((_entries.Rows[b].OccurredMs, b)));
        double[][]? kw = null;
        int next = 0;
        for (int t = 0; t < slots; t++)
        {
            long endMs = fromMs + ((t + 1) * Slots.Ms);
            for (; next < order.Length && _entries.Rows[order[next]].OccurredMs < endMs; next++) Apply(order[next]);
            state.AdvanceTo(endMs);
            double[] slot = state.Energy.DistrictKw();
            kw ??= [.. slot.Select(_ => new double[slots])];
            for (int d = 0; d < slot.Length; d++) kw[d][t] = slot[d];
            if (_setpoints.TryGetValue(endMs, out SetpointBatch? batch)) state.Apply(batch);
            else state.Energy.Begin(endMs);
        }
        return kw ?? [];
    }

    private void Apply(int entry)
    {
        EventRow row = _entries.Rows[entry];
        if (!VehicleEventCodec.TryDecode(row.Schema, _entries.Payload(entry), row.OccurredMs, row.Quality, out VehicleEvent e))
            throw new StoreException($"shard {state.Shard}: journal entry {row.JournalSequence} does not decode; the store was damaged outside this program, or written by a later version of it");
        state.Apply(row.Vehicle, in e);
    }
}
