using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Habits;
using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>Puts a shard's willing vehicles into a horizon's columns: their present stay as it was told, those after it as they are expected.</summary>
/// <param name="columns">Where to.</param>
/// <param name="shard">The shard.</param>
/// <param name="position">Its position in the snapshot.</param>
/// <param name="span">The horizon.</param>
/// <param name="unmanaged">How vehicles charge that nobody dispatches.</param>
/// <param name="policy">What is owed to drivers.</param>
/// <param name="recharge">Share of what is used within the horizon that Charge Only takes in again at stays still to come.</param>
internal sealed class HorizonVehicles(
    HorizonColumns columns, ShardSnapshot shard, int position, HorizonSpan span, UnmanagedCharging unmanaged, HorizonPolicy policy, double recharge)
{
    private readonly FleetOutlook _outlook = shard.Outlook;
    private readonly List<int> _leaving = [];
    private readonly List<(int Row, OwedFirst Owed)> _owing = [];

    /// <summary>Adds a plugged-in vehicle to which a setpoint can be sent now; false for one that charges on its own, until it leaves or has what it was promised.</summary>
    /// <param name="k">Row of the shard.</param>
    /// <param name="fixedAfter">Takes what it charges outside the plan.</param>
    public bool TryAddPlugged(int k, FixedLoad fixedAfter)
    {
        if (!ExpectedDeparture.TryOf(shard, k, out long departureMs) || departureMs - shard.AtMs < Slots.Ms)
        {
            if (departureMs > shard.AtMs) _leaving.Add(k);
            AddAlone(k, fixedAfter);
            return false;
        }
        if (OwedFirst.TryOf(shard, k, departureMs, unmanaged, policy, out OwedFirst owed))
        {
            fixedAfter.Of(shard.District[k]).Add(owed.PowerW, owed.MissingWh, owed.Start, shard.DepartureMs[k]);
            _owing.Add((k, owed));
            return false;
        }
        AddPresent(k, k, 0, shard.EnergyWh[k], departureMs, fixedAfter);
        return true;
    }

    /// <summary>Adds a vehicle that charges on its own as long as it stays.</summary>
    public void AddAlone(int k, FixedLoad fixedAfter) =>
        fixedAfter.Of(shard.District[k]).Add(shard.UnmanagedW[k], shard.CapacityWh[k] - shard.EnergyWh[k], shard.UnmanagedStart[k], shard.DepartureMs[k]);

    /// <summary>Adds the present stay from a slot on, and those expected after it.</summary>
    private void AddPresent(int k, int row, int from, int energyWh, long departureMs, FixedLoad fixedAfter)
    {
        int end = (int)Math.Min(span.Slots, (departureMs - shard.AtMs) / Slots.Ms);
        bool isCut = end == span.Slots;
        // Up to the departure, or to the horizon's end for a stay that the horizon cuts off.
        long untilMs = Math.Min(departureMs, shard.AtMs + (span.Slots * Slots.Ms));
        double chargeOnlyWh = Owed.ChargeOnlyWh(shard, k, unmanaged, untilMs), owedWh = Owed.Wh(shard.NeededWh[k], chargeOnlyWh, policy, _outlook.UsualNeedWh[k]);
        int gap = _outlook.GapOffset[k], lastGap = _outlook.GapOffset[k + 1];
        bool looksBeyond = policy.LooksBeyondStays && !isCut && gap < lastGap;
        columns.Begin(position, row, shard.CapacityWh[k], energyWh, FloorWh(shard.NeededWh[k]));
        double usedWh = looksBeyond ? _outlook.UsedWh[gap] : 0;
        int first = from;
        if (from < span.Anchor && span.Anchor < end)
        {
            columns.Stay(from, span.Anchor, shard.MaxChargeW[k], shard.MaxDischargeW[k], Owed.ChargeOnlyWh(shard, k, unmanaged, shard.AtMs + (span.Anchor * Slots.Ms)), 0);
            from = span.Anchor;
        }
        else if (looksBeyond && span.Anchor >= end && span.Anchor < _outlook.ToSlot[gap] && _outlook.ToSlot[gap] != FleetOutlook.NotBack)
        {
            // Away at the anchor: it takes along what it must hold then.
            owedWh = Math.Max(owedWh, chargeOnlyWh);
        }
        int ready = end - policy.ReadySlots;
        if (!isCut && from < ready && ready < end)
        {
            // Who leaves earlier than declared takes the reserve along too.
            columns.Stay(from, ready, shard.MaxChargeW[k], shard.MaxDischargeW[k], owedWh, 0);
            from = ready;
        }
        columns.Stay(from, end, shard.MaxChargeW[k], shard.MaxDischargeW[k], isCut ? (span.Anchor == end ? chargeOnlyWh : 0) : owedWh, usedWh);
        if (!isCut) AddBrokenSlot(fixedAfter, k, end - first, energyWh, untilMs, end, owedWh);
        if (looksBeyond) AddExpected(gap, lastGap, chargeOnlyWh, UsualW(k, shard.MaxChargeW[k]), shard.MaxChargeW[k], shard.MaxDischargeW[k], Wanted(shard.NeededWh[k], _outlook.UsualNeedWh[k]));
        columns.End();
    }

    private double FloorWh(int neededWh) => policy.KeepsNeed ? neededWh : 0;

    /// <summary>Adds those to which nothing can be sent now: they charge first what they were promised, are about to leave, or away and expected back.</summary>
    /// <param name="fixedAfter">Takes what they charge outside the plan.</param>
    public void AddOthers(FixedLoad fixedAfter)
    {
        foreach ((int k, OwedFirst owed) in _owing)
        {
            ExpectedDeparture.TryOf(shard, k, out long departureMs);
            int end = (int)Math.Min(span.Slots, (departureMs - shard.AtMs) / Slots.Ms), from = owed.DoneAtSlot(unmanaged, shard.AtMs, shard.DepartureMs[k], end);
            if (from < end) AddPresent(k, ~k, from, (int)(shard.EnergyWh[k] + owed.MissingWh), departureMs, fixedAfter);
            else if (policy.LooksBeyondStays) AddLeaving(k);
        }
        if (!policy.LooksBeyondStays) return;
        foreach (int k in _leaving) AddLeaving(k);
        for (int a = 0; a < _outlook.AwayCount; a++)
        {
            int row = shard.PluggedCount + a;
            AddReturning(
                row, _outlook.GapOffset[row], _outlook.GapOffset[row + 1], _outlook.CapacityWh[a], _outlook.EnergyWh[a], _outlook.ChargeOnlyEnergyWh[a],
                _outlook.MaxChargeW[a], _outlook.MaxDischargeW[a], Wanted(_outlook.NeededWh[a], _outlook.UsualNeedWh[row]));
        }
    }

    private void AddLeaving(int k)
    {
        int gap = _outlook.GapOffset[k], lastGap = _outlook.GapOffset[k + 1];
        if (gap == lastGap) return;
        double chargeOnlyWh = Owed.ChargeOnlyWh(shard, k, unmanaged, shard.DepartureMs[k]);
        double leavesWh = Math.Max(shard.EnergyWh[k], Owed.Wh(shard.NeededWh[k], chargeOnlyWh, policy, _outlook.UsualNeedWh[k]));
        AddReturning(k, gap, lastGap, shard.CapacityWh[k], leavesWh, chargeOnlyWh, shard.MaxChargeW[k], shard.MaxDischargeW[k], Wanted(shard.NeededWh[k], _outlook.UsualNeedWh[k]));
    }

    /// <summary>What a driver asked for, and what is held for expected departures.</summary>
    private readonly record struct Kept(int NeededWh, double Wh);

    private Kept Wanted(int neededWh, int usualNeedWh) => new(neededWh, usualNeedWh == FleetOutlook.OwesAll ? double.PositiveInfinity : neededWh + Owed.ReserveWh(policy, usualNeedWh));

    private int UsualW(int row, int lastW) => _outlook.UsualChargeW[row] > 0 ? _outlook.UsualChargeW[row] : lastW;

    /// <summary>Between the last whole slot and the departure it charges what its promise still lacks.</summary>
    private void AddBrokenSlot(FixedLoad fixedAfter, int k, int slots, int energyWh, long untilMs, int end, double owedWh)
    {
        double whPerHour = DispatchParameters.Efficiency * shard.MaxChargeW[k];
        double reachableWh = Math.Min(shard.CapacityWh[k], energyWh + (whPerHour * slots * Slots.Hours));
        double restHours = ((untilMs - shard.AtMs) / 3_600_000.0) - (end * Slots.Hours);
        fixedAfter.Of(shard.District[k]).AddInSlot(end, Math.Clamp(owedWh - reachableWh, 0, whPerHour * restHours) / DispatchParameters.Efficiency);
    }

    private void AddReturning(int row, int gap, int lastGap, int capacityWh, double leftWh, double chargeOnlyWh, int chargeW, int dischargeW, Kept kept)
    {
        columns.Begin(position, ~row, capacityWh, (int)(leftWh - _outlook.UsedWh[gap]), FloorWh(kept.NeededWh));
        AddExpected(gap, lastGap, chargeOnlyWh, UsualW(row, chargeW), chargeW, dischargeW, kept);
        columns.End();
    }

    /// <summary>Adds the stays that follow on the gaps of a row.</summary>
    private void AddExpected(int gap, int lastGap, double chargeOnlyWh, int chargeW, int lastChargeW, int lastDischargeW, Kept kept)
    {
        int dischargeW = lastChargeW > 0 ? (int)((long)lastDischargeW * chargeW / lastChargeW) : 0;
        for (; gap < lastGap && _outlook.FromSlot[gap] < span.Slots; gap++)
        {
            chargeOnlyWh = Math.Max(0, chargeOnlyWh - ((1 - recharge) * _outlook.UsedWh[gap]));
            int from = _outlook.ToSlot[gap], end = gap + 1 < lastGap ? Math.Min(_outlook.FromSlot[gap + 1], span.Slots) : span.Slots;
            if (from >= span.Slots) break;
            bool leaves = end < span.Slots;
            double usedWh = leaves ? _outlook.UsedWh[gap + 1] : 0, owedWh = leaves ? Math.Max(Math.Max(Math.Min(kept.Wh, chargeOnlyWh), usedWh), policy.Satisfaction * chargeOnlyWh) : 0;
            (int stayW, int stayDischargeW) = (chargeW, dischargeW);
            if (_outlook.Known is { } known)
            {
                // Lived through again with what came to be.
                if (known.ChargeW[gap] != ExpectedGap.NotKnown) (stayW, stayDischargeW) = (known.ChargeW[gap], known.DischargeW[gap]);
                if (leaves && known.OwedWh[gap + 1] != ExpectedGap.NotKnown) owedWh = Math.Max(known.OwedWh[gap + 1], usedWh);
            }
            if (from < span.Anchor && span.Anchor < end)
            {
                columns.Stay(from, span.Anchor, stayW, stayDischargeW, chargeOnlyWh, 0);
                from = span.Anchor;
            }
            else if (leaves ? span.Anchor >= end && span.Anchor < _outlook.ToSlot[gap + 1] && _outlook.ToSlot[gap + 1] != FleetOutlook.NotBack : span.Anchor == end)
            {
                owedWh = Math.Max(owedWh, chargeOnlyWh);
            }
            columns.Stay(from, end, stayW, stayDischargeW, owedWh, usedWh);
        }
    }
}
