using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.TwinState.Shards;

namespace Movc.TwinState.History;

/// <summary>A shard's period as it was, and after it as far as it is looked ahead: what happened is noted for those who live it again.</summary>
internal sealed class RecordedLife : ShardLife
{
    private readonly long _fromMs;
    private readonly int _slots;
    private readonly List<ReportCorrection> _corrections = [];
    private bool _isOver;

    public RecordedLife(PastShard of, ShardState state)
        : base(of, state)
    {
        (_fromMs, _slots) = (of.FromMs, of.Slots);
        ShardColumns c = state.Columns;
        for (int i = 0; i < c.Count; i++)
        {
            // Away at the start: since it left, with what it had then.
            if (!c.IsPlugged(i) && c.PlugToldMs[i] > 0) Plugs.Leave(i, c.PlugToldMs[i], c.Habits.Of(i).LeftWh * 1000, owedWh: 0);
        }
    }

    /// <summary>When its vehicles were away.</summary>
    public PlugLog Plugs { get; } = new();

    /// <summary>What reports of energies said beyond what was believed, in the order of the journal.</summary>
    public IReadOnlyList<ReportCorrection> Corrections => _corrections;

    /// <summary>The period is over; what comes after it is no part of its figures.</summary>
    public void Close()
    {
        End(_slots - 1);
        _isOver = true;
    }

    public override void OnSetpoints(long journalSequence, SetpointBatch batch)
    {
        int slot = (int)((batch.AtMs - _fromMs) / Slots.Ms);
        if (!_isOver && slot > 0) End(slot - 1);
        else State.AdvanceTo(batch.AtMs);
        State.Apply(Chosen(batch));
    }

    protected override void Take(int i, in VehicleEvent e)
    {
        bool tells = TellsEnergy(i, in e, out int believedMilliWh);
        Apply(i, in e);
        if (!tells) return;
        ShardColumns c = State.Columns;
        _corrections.Add(new ReportCorrection((c.ReportedWh[i] * 1000) - believedMilliWh, c.ChargeOnlyMilliWh[i]));
    }

    protected override void Apply(int i, in VehicleEvent e)
    {
        ShardColumns c = State.Columns;
        bool wasPlugged = c.IsPlugged(i);
        int neededWh = c.NeededWh[i];
        if (_isOver) State.Apply(i, in e);
        else base.Apply(i, in e);
        bool isPlugged = c.IsPlugged(i);
        if (wasPlugged && !isPlugged) Plugs.Leave(i, c.PlugToldMs[i], c.EnergyMilliWh[i], (int)Math.Ceiling(Promise.Wh(neededWh, c.ChargeOnlyMilliWh[i] / 1000.0)));
        else if (!wasPlugged && isPlugged) Plugs.Return(i, c.PluggedAtMs[i], c.EnergyMilliWh[i], c.MaxChargeW[i], c.MaxDischargeW[i]);
    }
}
