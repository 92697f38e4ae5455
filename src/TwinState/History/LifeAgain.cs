using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.TwinState.Shards;

namespace Movc.TwinState.History;

/// <summary>
/// A shard's period lived again: the same comings, goings, uses and needs under setpoints that are given anew and followed by everybody.
/// What was told of setpoints that were not followed is passed over; a reported energy becomes what it said beyond what was believed.
/// </summary>
/// <param name="of">The shard.</param>
/// <param name="state">Its vehicles at the period's start.</param>
/// <param name="corrections">What reports said beyond what was believed.</param>
internal sealed class LifeAgain(PastShard of, ShardState state, IReadOnlyList<ReportCorrection> corrections) : ShardLife(of, state)
{
    private int _next;

    /// <summary>The shard at a boundary to which it was moved.</summary>
    /// <param name="atMs">The boundary.</param>
    /// <param name="known">What is known of departures; null = what was declared.</param>
    public ShardSnapshot Snapshot(long atMs, KnownPlugs? known)
    {
        ShardSnapshot snapshot = State.Snapshot(atMs, journalSequence: 0);
        for (int k = 0; known is not null && k < snapshot.PluggedCount; k++) snapshot.DepartureMs[k] = known.DepartureMs(snapshot.Vehicle[k], atMs, snapshot.DepartureMs[k]);
        return snapshot;
    }

    /// <summary>An interval's setpoints, as they are given now.</summary>
    public void Follow(SetpointBatch batch) => State.Apply(batch);

    public override void OnSetpoints(long journalSequence, SetpointBatch batch)
    {
        // Those of then stand no more.
    }

    protected override void Take(int i, in VehicleEvent e)
    {
        if (e.Type is VehicleEventType.SetpointRejected or VehicleEventType.SetpointTimedOut or VehicleEventType.SetpointNotFollowed) return;
        if (!TellsEnergy(i, in e, out int believedMilliWh))
        {
            Apply(i, in e);
            return;
        }
        ShardColumns c = State.Columns;
        ReportCorrection correction = corrections[_next++];
        int energyWh = (int)Math.Clamp(Math.Round((believedMilliWh + (long)correction.MilliWh) / 1000.0), 0, c.CapacityWh[i]);
        VehicleEvent told = e with { EnergyWh = energyWh, StateOfChargePpm = null };
        Apply(i, in told);
        c.ChargeOnlyMilliWh[i] = correction.ChargeOnlyMilliWh;
    }
}
