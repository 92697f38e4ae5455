using Movc.Domain.Fleet;
using Movc.Domain.Habits;
using Movc.Domain.Time;
using Movc.TwinState.Ids;

namespace Movc.TwinState.Shards;

/// <summary>Puts what is expected of a shard's willing vehicles into columns; keeps its room from one interval to the next.</summary>
/// <param name="model">Expects them.</param>
/// <param name="knowsStays">Whether what it expects is what came to be, so that more is known of it than in a live city.</param>
internal sealed class OutlookBuilder(FleetModel model, bool knowsStays = false)
{
    private readonly ExpectedGap[] _gaps = new ExpectedGap[FleetOutlook.MaxGaps];
    private readonly List<int> _offset = [];
    private readonly List<int> _usualW = [];
    private readonly List<int> _needWh = [];
    private readonly List<ushort> _from = [];
    private readonly List<ushort> _to = [];
    private readonly List<int> _usedWh = [];
    private readonly List<int> _away = [];
    private readonly List<int> _owedWh = [];
    private readonly List<int> _chargeW = [];
    private readonly List<int> _dischargeW = [];

    /// <summary>Builds.</summary>
    /// <param name="c">The shard's vehicles, moved to the instant.</param>
    /// <param name="ids">Theirs.</param>
    /// <param name="atMs">The instant, on an interval's boundary.</param>
    public FleetOutlook Build(ShardColumns c, VehicleIdTable ids, long atMs)
    {
        foreach (List<int> list in (ReadOnlySpan<List<int>>)[_offset, _usualW, _needWh, _usedWh, _away, _owedWh, _chargeW, _dischargeW]) list.Clear();
        _from.Clear();
        _to.Clear();
        _offset.Add(0);
        for (int i = 0; i < c.Count; i++)
        {
            if (!c.IsPlugged(i)) continue;
            if (c.Consent[i] != V2gStrategy.ChargeOnly) Add(c, ids, i, atMs);
            EndRow(c, i);
        }
        for (int i = 0; i < c.Count; i++)
        {
            // Who never was plugged in has shown neither a habit nor a power.
            if (c.IsPlugged(i) || c.Consent[i] == V2gStrategy.ChargeOnly || c.MaxChargeW[i] == 0 || !Add(c, ids, i, atMs)) continue;
            _away.Add(i);
            EndRow(c, i);
        }
        return new FleetOutlook
        {
            GapOffset = [.. _offset],
            UsualChargeW = [.. _usualW],
            UsualNeedWh = [.. _needWh],
            FromSlot = [.. _from],
            ToSlot = [.. _to],
            UsedWh = [.. _usedWh],
            Vehicle = [.. _away],
            CapacityWh = Of(c.CapacityWh),
            EnergyWh = Of(i => c.Habits.Of(i).LeftWh),
            ChargeOnlyEnergyWh = Of(i => ChargeOnlyLeftWh(c, i)),
            MaxChargeW = Of(c.MaxChargeW),
            MaxDischargeW = Of(c.MaxDischargeW),
            NeededWh = Of(c.NeededWh),
            Known = knowsStays ? new KnownStays([.. _owedWh], [.. _chargeW], [.. _dischargeW]) : null,
        };
    }

    private bool Add(ShardColumns c, VehicleIdTable ids, int i, long atMs)
    {
        VehicleHabit habit = c.Habits.Of(i);
        bool isPlugged = c.IsPlugged(i);
        var moment = new PlugMoment(atMs, isPlugged, isPlugged ? c.PluggedAtMs[i] : c.PlugToldMs[i], c.DepartureMs[i]);
        int count = model.Outlook.Expect(ids.Utf8(i), in habit, in moment, atMs + (FleetOutlook.Slots * Slots.Ms), model.Calendar, _gaps);
        int first = _from.Count;
        for (int g = 0; g < count; g++)
        {
            ExpectedGap gap = _gaps[g];
            int from = Slot(gap.FromMs - atMs), to = gap.ToMs == long.MaxValue ? FleetOutlook.NotBack : Math.Max(from + 1, Slot(gap.ToMs - atMs + Slots.Ms - 1));
            if (from >= FleetOutlook.Slots || (!isPlugged && g == 0 && to >= FleetOutlook.Slots)) break;
            if (_from.Count > first && from <= _to[^1])
            {
                // Back and gone within a slot: no stay that could be used.
                _to[^1] = (ushort)Math.Max(to, _to[^1]);
                _usedWh[^1] += gap.UsedWh;
                if (knowsStays) (_chargeW[^1], _dischargeW[^1]) = (gap.ChargeW, gap.DischargeW);
                continue;
            }
            _from.Add((ushort)from);
            _to.Add((ushort)to);
            _usedWh.Add(gap.UsedWh);
            if (!knowsStays) continue;
            _owedWh.Add(gap.OwedWh);
            _chargeW.Add(gap.ChargeW);
            _dischargeW.Add(gap.DischargeW);
        }
        return _from.Count > first;
    }

    private void EndRow(ShardColumns c, int i)
    {
        VehicleHabit habit = c.Habits.Of(i);
        _offset.Add(_from.Count);
        _usualW.Add(habit.UsualChargeW);
        // Who plugs in to charge and not whenever it stays comes back when nobody knows: it leaves with what it came for.
        _needWh.Add(c.Consent[i] == V2gStrategy.WhenCharging ? FleetOutlook.OwesAll : habit.UsualNeedWh);
    }

    private int[] Of(int[] column) => Of(i => column[i]);

    private int[] Of(Func<int, int> value)
    {
        int[] values = new int[_away.Count];
        for (int k = 0; k < values.Length; k++) values[k] = value(_away[k]);
        return values;
    }

    /// <summary>Charge Only's energy as it left: what it has now, and what the twin was told that the trip has taken so far.</summary>
    private static int ChargeOnlyLeftWh(ShardColumns c, int i) => (c.ChargeOnlyMilliWh[i] / 1000) + Math.Max(0, c.Habits.Of(i).LeftWh - (c.EnergyMilliWh[i] / 1000));

    private static int Slot(long ms) => (int)Math.Clamp(ms / Slots.Ms, 0, FleetOutlook.NotBack);
}
