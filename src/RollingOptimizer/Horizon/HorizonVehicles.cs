using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>Puts a shard's willing vehicles into a horizon's columns: their present stay as it was told, those after it as they are expected.</summary>
/// <param name="columns">Where to.</param>
/// <param name="shard">The shard.</param>
/// <param name="position">Its position in the snapshot.</param>
/// <param name="slots">Length of the horizon.</param>
/// <param name="unmanaged">How vehicles charge that nobody dispatches.</param>
/// <param name="policy">What is owed to drivers.</param>
/// <param name="recharge">Share of what is used within the horizon that Charge Only takes in again at stays still to come.</param>
internal sealed class HorizonVehicles(
    HorizonColumns columns, ShardSnapshot shard, int position, int slots, UnmanagedCharging unmanaged, HorizonPolicy policy, double recharge)
{
    private readonly List<int> _leaving = [];

    /// <summary>Adds a plugged-in vehicle to which a setpoint can be sent now; false for one that charges on its own until it leaves.</summary>
    /// <param name="k">Row of the shard.</param>
    /// <param name="fixedAfter">Takes what the last, broken slot before a departure must still add.</param>
    public bool TryAddPlugged(int k, ChargingCurve fixedAfter)
    {
        if (shard.DepartureMs[k] == 0) return false;
        int staySlots = (int)Math.Min(slots, (shard.DepartureMs[k] - shard.AtMs) / Slots.Ms);
        if (staySlots < 1)
        {
            if (shard.DepartureMs[k] > shard.AtMs) _leaving.Add(k);
            return false;
        }
        bool isCut = staySlots == slots;
        int chargeW = shard.MaxChargeW[k];
        // Up to the departure, or to the horizon's end for a stay that the horizon cuts off.
        long untilMs = Math.Min(shard.DepartureMs[k], shard.AtMs + (slots * Slots.Ms));
        double chargeOnlyWh = Owed.ChargeOnlyWh(shard, k, unmanaged, untilMs), owedWh = Owed.Wh(shard.NeededWh[k], chargeOnlyWh, policy);
        int gap = shard.Outlook.GapOffset[k], lastGap = shard.Outlook.GapOffset[k + 1];
        bool looksBeyond = policy.LooksBeyondStays && !isCut && gap < lastGap;
        columns.Begin(position, k, shard.CapacityWh[k], shard.EnergyWh[k]);
        columns.Stay(0, staySlots, chargeW, shard.MaxDischargeW[k], isCut ? 0 : owedWh, looksBeyond ? shard.Outlook.UsedWh[gap] : 0);
        if (!isCut) AddBrokenSlot(fixedAfter, k, staySlots, untilMs, owedWh);
        double finalWh = isCut ? chargeOnlyWh : 0;
        if (looksBeyond) finalWh = AddExpected(k, gap, lastGap, chargeOnlyWh, chargeW, shard.MaxDischargeW[k], shard.NeededWh[k]);
        columns.End(finalWh);
        return true;
    }

    /// <summary>Adds those to which nothing can be sent now: about to leave, or away and expected back.</summary>
    public void AddOthers()
    {
        FleetOutlook outlook = shard.Outlook;
        foreach (int k in _leaving)
        {
            int gap = outlook.GapOffset[k], lastGap = outlook.GapOffset[k + 1];
            if (gap == lastGap) continue;
            double chargeOnlyWh = Owed.ChargeOnlyWh(shard, k, unmanaged, shard.DepartureMs[k]);
            double leavesWh = Math.Max(shard.EnergyWh[k], Owed.Wh(shard.NeededWh[k], chargeOnlyWh, policy));
            AddReturning(~k, gap, lastGap, shard.CapacityWh[k], leavesWh, chargeOnlyWh, shard.MaxChargeW[k], shard.MaxDischargeW[k], shard.NeededWh[k]);
        }
        for (int a = 0; a < outlook.AwayCount; a++)
        {
            int row = shard.PluggedCount + a;
            AddReturning(
                ~row, outlook.GapOffset[row], outlook.GapOffset[row + 1], outlook.CapacityWh[a], outlook.EnergyWh[a], outlook.ChargeOnlyEnergyWh[a],
                outlook.MaxChargeW[a], outlook.MaxDischargeW[a], outlook.NeededWh[a]);
        }
    }

    /// <summary>Between the last whole slot and the departure it charges what its promise still lacks.</summary>
    private void AddBrokenSlot(ChargingCurve fixedAfter, int k, int staySlots, long untilMs, double owedWh)
    {
        double whPerHour = DispatchParameters.Efficiency * shard.MaxChargeW[k];
        double reachableWh = Math.Min(shard.CapacityWh[k], shard.EnergyWh[k] + (whPerHour * staySlots * Slots.Hours));
        double restHours = ((untilMs - shard.AtMs) / 3_600_000.0) - (staySlots * Slots.Hours);
        fixedAfter.AddInSlot(staySlots, Math.Clamp(owedWh - reachableWh, 0, whPerHour * restHours) / DispatchParameters.Efficiency);
    }

    private void AddReturning(int row, int gap, int lastGap, int capacityWh, double leftWh, double chargeOnlyWh, int chargeW, int dischargeW, int neededWh)
    {
        columns.Begin(position, row, capacityWh, (int)(leftWh - shard.Outlook.UsedWh[gap]));
        double finalWh = AddExpected(~row, gap, lastGap, chargeOnlyWh, chargeW, dischargeW, neededWh);
        columns.End(finalWh);
    }

    /// <summary>Adds the stays that follow on the gaps of a row.</summary>
    /// <returns>What Charge Only would leave at the horizon's end, Wh.</returns>
    private double AddExpected(int row, int gap, int lastGap, double chargeOnlyWh, int lastChargeW, int lastDischargeW, int neededWh)
    {
        FleetOutlook outlook = shard.Outlook;
        int chargeW = outlook.UsualChargeW[row] > 0 ? outlook.UsualChargeW[row] : lastChargeW;
        int dischargeW = lastChargeW > 0 ? (int)((long)lastDischargeW * chargeW / lastChargeW) : 0;
        double usedWh = 0;
        for (; gap < lastGap && outlook.FromSlot[gap] < slots; gap++)
        {
            usedWh += outlook.UsedWh[gap];
            int from = outlook.ToSlot[gap], next = gap + 1 < lastGap ? outlook.FromSlot[gap + 1] : slots;
            if (from >= slots) break;
            bool leaves = next < slots;
            double nextWh = leaves ? outlook.UsedWh[gap + 1] : 0;
            columns.Stay(from, Math.Min(next, slots), chargeW, dischargeW, leaves ? Math.Max(neededWh, nextWh) : 0, nextWh);
        }
        return Math.Max(0, chargeOnlyWh - ((1 - recharge) * usedWh));
    }
}
