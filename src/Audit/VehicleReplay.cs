using Movc.Domain.Dispatch;

namespace Movc.Audit;

/// <summary>
/// Drives one schedule through the battery (MOVC Eqs. 17-35): E_{t+1} = E_t + η·c·Δ − d·Δ/η, the trip's drain where a stay ends.
/// Power is one signed number a slot, so charging and discharging at once cannot be expressed, and needs no check.
/// </summary>
internal static class VehicleReplay
{
    /// <summary>Checks one vehicle.</summary>
    /// <returns>Whether every power is a finite number; only then may they be added up.</returns>
    public static bool Check(DispatchInstance x, EffectiveNeeds needs, int vehicle, ReadOnlySpan<double> powerKw, FindingLog log)
    {
        for (int t = 0; t < powerKw.Length; t++)
        {
            if (double.IsFinite(powerKw[t])) continue;
            log.Add(AuditFindingKind.NotFinite, vehicle, t, $"the power is {powerKw[t]} kW");
            return false;
        }
        var battery = new Battery(x, vehicle, log);
        int slot = 0;
        battery.Look(slot);
        for (int s = x.StayOffset[vehicle]; s < x.StayOffset[vehicle + 1]; s++)
        {
            for (; slot < x.StartSlot[s]; slot++) Away(ref battery, powerKw[slot], vehicle, slot, log);
            for (; slot < x.EndSlot[s]; slot++)
            {
                double powerW = powerKw[slot] * 1000;
                if (powerW > x.MaxChargeW[s] + AuditTolerances.PowerW)
                    log.Add(AuditFindingKind.ChargeOverLimit, vehicle, slot, $"it charges {powerW:0.###} W where {x.MaxChargeW[s]} W is the most");
                if (-powerW > x.MaxDischargeW[s] + AuditTolerances.PowerW)
                    log.Add(AuditFindingKind.DischargeOverLimit, vehicle, slot, $"it discharges {-powerW:0.###} W where {x.MaxDischargeW[s]} W is the most");
                battery.Step(powerW, slot);
            }
            if (needs.NeedWh[s] > 0 && battery.EnergyWh < needs.NeedWh[s] - AuditTolerances.EnergyWh)
                log.Add(AuditFindingKind.NeedMissed, vehicle, slot, $"it leaves with {battery.EnergyWh:0.###} Wh where {needs.NeedWh[s]} Wh is needed");
            battery.EnergyWh -= needs.TripWh[s];
            battery.Look(slot);
        }
        for (; slot < powerKw.Length; slot++) Away(ref battery, powerKw[slot], vehicle, slot, log);
        // A floor of zero is the battery's own, and looked at already.
        if (needs.FinalMinWh[vehicle] > 0 && battery.EnergyWh < needs.FinalMinWh[vehicle] - AuditTolerances.EnergyWh)
            log.Add(AuditFindingKind.FinalFloorMissed, vehicle, slot, $"it ends with {battery.EnergyWh:0.###} Wh where {needs.FinalMinWh[vehicle]} Wh is the floor");
        return true;
    }

    private static void Away(ref Battery battery, double powerKw, int vehicle, int slot, FindingLog log)
    {
        double powerW = powerKw * 1000;
        if (Math.Abs(powerW) > AuditTolerances.AwayW)
            log.Add(AuditFindingKind.PowerWhileAway, vehicle, slot, $"it takes {powerW:0.###} W outside its stays");
        battery.Step(powerW, slot);
    }

    private struct Battery(DispatchInstance x, int vehicle, FindingLog log)
    {
        public double EnergyWh = x.InitialWh[vehicle];

        private readonly double _inWhPerW = x.SlotHours * x.Efficiency, _outWhPerW = x.SlotHours / x.Efficiency, _capacityWh = x.CapacityWh[vehicle];

        // A battery that left its bounds is reported once until it is back inside.
        private bool _under, _over;

        public void Step(double powerW, int slot)
        {
            EnergyWh += powerW * (powerW > 0 ? _inWhPerW : _outWhPerW);
            Look(slot + 1);
        }

        public void Look(int slot)
        {
            bool under = EnergyWh < -AuditTolerances.EnergyWh;
            bool over = EnergyWh > _capacityWh + AuditTolerances.EnergyWh;
            if (under && !_under) log.Add(AuditFindingKind.EnergyUnderZero, vehicle, slot, $"it stores {EnergyWh:0.###} Wh, under zero");
            if (over && !_over) log.Add(AuditFindingKind.EnergyOverCapacity, vehicle, slot, $"it stores {EnergyWh:0.###} Wh where {_capacityWh} Wh is its capacity");
            (_under, _over) = (under, over);
        }
    }
}
