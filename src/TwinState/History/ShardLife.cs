using Movc.Database;
using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Movc.Domain.Time;
using Movc.EventLog.Wire;
using Movc.TwinState.Shards;
using Movc.TwinState.Store;

namespace Movc.TwinState.History;

/// <summary>
/// The chosen vehicles of a shard in a period that is over: their state, their stays, and what the willing ones drew interval by interval.
/// How events reach the state, and whose setpoints stand, is up to who lives it.
/// </summary>
internal abstract class ShardLife : IJournalVisitor
{
    private readonly PastShard _of;
    private readonly int[] _local;

    /// <param name="of">The shard.</param>
    /// <param name="state">Its vehicles at the period's start.</param>
    protected ShardLife(PastShard of, ShardState state)
    {
        _of = of;
        _local = [.. of.Local];
        State = state;
        State.AdvanceTo(of.FromMs);
        Ledger = new StayLedger(state, of.FromMs, of.Slots);
        ChargeOnlyKw = new double[of.Slots];
        ChargedKw = new double[of.Slots];
        DischargedKw = new double[of.Slots];
    }

    public ShardState State { get; }

    /// <summary>Their stays in the period.</summary>
    public StayLedger Ledger { get; }

    /// <summary>What the willing vehicles would have drawn on their own, kW per slot.</summary>
    public double[] ChargeOnlyKw { get; }

    /// <summary>What they drew, kW per slot.</summary>
    public double[] ChargedKw { get; }

    /// <summary>What they delivered, kW per slot.</summary>
    public double[] DischargedKw { get; }

    /// <summary>Moves the vehicles to the end of a slot of the period, and takes up what it came to.</summary>
    public void End(int slot)
    {
        long atMs = _of.FromMs + ((slot + 1) * Slots.Ms);
        State.AdvanceTo(atMs);
        EnergyAccount energy = State.Energy;
        ChargeOnlyKw[slot] = energy.WillingChargeOnlyWh / 1000.0 / Slots.Hours;
        ChargedKw[slot] = energy.WillingChargedWh / 1000.0 / Slots.Hours;
        DischargedKw[slot] = energy.WillingDischargedWh / 1000.0 / Slots.Hours;
        Ledger.Note(atMs);
    }

    public void OnVehicle(int index, ReadOnlySpan<byte> id)
    {
        // The shard knows its vehicles.
    }

    public void OnEvent(in EventRow row, ReadOnlySpan<byte> payload)
    {
        int i = _local[row.Vehicle];
        if (i == PastShard.NotChosen) return;
        if (i == PastShard.ToCome) _local[row.Vehicle] = i = State.Add(_of.Id(row.Vehicle));
        if (!VehicleEventCodec.TryDecode(row.Schema, payload, row.OccurredMs, row.Quality, out VehicleEvent e))
            throw new StoreException($"shard {State.Shard}: journal entry {row.JournalSequence} does not decode; the store was damaged outside this program, or written by a later version of it");
        Take(i, in e);
    }

    public abstract void OnSetpoints(long journalSequence, SetpointBatch batch);

    /// <summary>Takes an event of a vehicle.</summary>
    protected abstract void Take(int i, in VehicleEvent e);

    /// <summary>Applies an event and notes what it did to the stay.</summary>
    protected virtual void Apply(int i, in VehicleEvent e)
    {
        ShardColumns c = State.Columns;
        bool wasPlugged = c.IsPlugged(i);
        int neededWh = c.NeededWh[i];
        State.Apply(i, in e);
        Ledger.Follow(i, wasPlugged, neededWh);
    }

    /// <summary>The part of recorded setpoints that is of the chosen vehicles.</summary>
    protected SetpointBatch Chosen(SetpointBatch batch)
    {
        var vehicle = new List<int>();
        var power = new List<int>();
        for (int k = 0; k < batch.Count; k++)
        {
            if (_local[batch.Vehicle[k]] is not (>= 0 and var i)) continue;
            vehicle.Add(i);
            power.Add(batch.PowerW[k]);
        }
        return batch with { Vehicle = [.. vehicle], PowerW = [.. power] };
    }

    /// <summary>Whether an event tells an energy that is news: then the estimate before it, brought up to its instant.</summary>
    protected bool TellsEnergy(int i, in VehicleEvent e, out int believedMilliWh)
    {
        ShardColumns c = State.Columns;
        believedMilliWh = 0;
        if (e.Type == VehicleEventType.Registered || (e.EnergyWh is null && e.StateOfChargePpm is null)) return false;
        if (e.OccurredAtMs < c.EnergyToldMs[i]) return false;
        State.Energy.Settle(i, e.OccurredAtMs);
        believedMilliWh = c.EnergyMilliWh[i];
        return true;
    }
}
