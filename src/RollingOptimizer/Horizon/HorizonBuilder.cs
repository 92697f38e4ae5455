using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Setpoints;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>
/// Makes an interval's dispatch problem from the fleet as it stands and from what is expected of it. Each vehicle must leave with what
/// its driver asked for, no more than Charge Only would have given (<see cref="Promise"/>), and hold what Charge Only would have
/// left it at one instant of the horizon (<see cref="HorizonAnchor"/>), so that no plan lives on batteries that it drains. A vehicle without consent, masked, or of which neither a
/// departure nor a habit is known charges on its own.
/// </summary>
public sealed class HorizonBuilder(ICityCalendar calendar, UnmanagedCharging unmanaged)
{
    /// <summary>Builds the problem.</summary>
    /// <param name="fleet">The fleet at the first slot's start.</param>
    /// <param name="forecast">What the city is expected to draw.</param>
    /// <param name="pastAfterKw">Load after dispatch of the present calendar day's slots already gone, kW, oldest first; may be empty.</param>
    /// <param name="policy">What is owed to drivers, and how far the plan looks.</param>
    /// <param name="orders">Vehicles that it may not use, and what districts may draw; null = nothing was ordered.</param>
    public HorizonProblem Build(FleetSnapshot fleet, HorizonForecast forecast, double[] pastAfterKw, HorizonPolicy policy, DispatchOrders? orders = null)
    {
        int slots = forecast.Slots;
        (DispatchMask mask, IReadOnlyList<DistrictLimit> limits, _) = orders ?? DispatchOrders.None;
        HorizonTariff? tariff = unmanaged.Tariff is { } clock ? new HorizonTariff(clock, fleet.AtMs, slots) : null;
        ChargingCurve willing = new(fleet.AtMs, slots, tariff), others = new(fleet.AtMs, slots, tariff), alone = new(fleet.AtMs, slots, tariff), baseline = new(fleet.AtMs, slots, tariff);
        var limited = new LimitedDistricts(limits, () => new ChargingCurve(fleet.AtMs, slots, tariff));
        FixedLoad fixedAfter = limited.FixedLoad(alone), unwilling = limited.FixedLoad(others);
        var columns = new HorizonColumns(fleet.Shards.Sum(s => s.PluggedCount + s.Outlook.AwayCount), fleet.Shards.Sum(s => (2 * s.PluggedCount) + s.Outlook.AwayCount + s.Outlook.GapCount));
        foreach (ShardSnapshot shard in fleet.Shards)
        {
            for (int k = 0; k < shard.PluggedCount; k++)
            {
                double missingWh = shard.CapacityWh[k] - shard.ChargeOnlyEnergyWh[k];
                if (shard.Consent[k] == V2gStrategy.ChargeOnly) unwilling.Of(shard.District[k]).Add(shard.UnmanagedW[k], missingWh, shard.UnmanagedStart[k], shard.DepartureMs[k]);
                else willing.Add(shard.UnmanagedW[k], missingWh, shard.UnmanagedStart[k], shard.DepartureMs[k]);
            }
        }
        double[] willingKnownKw = willing.ToKw(), othersKw = forecast.OthersKw ?? others.ToKw();
        double[] willingKw = forecast.WillingChargeOnlyKw ?? willingKnownKw;
        double recharge = RechargeShare(fleet, willingKw, willingKnownKw);
        int anchor = policy.LooksBeyondStays ? HorizonAnchor.Of([.. forecast.OriginalKw.Zip(othersKw, (a, b) => a + b)]) : slots;
        for (int s = 0; s < fleet.Shards.Count; s++)
        {
            ShardSnapshot shard = fleet.Shards[s];
            var vehicles = new HorizonVehicles(columns, shard, s, new HorizonSpan(slots, anchor), unmanaged, policy, recharge);
            for (int k = 0; k < shard.PluggedCount; k++)
            {
                if (shard.Consent[k] == V2gStrategy.ChargeOnly) continue;
                if (mask.Hides(shard, k)) vehicles.AddAlone(k, fixedAfter);
                else if (vehicles.TryAddPlugged(k, fixedAfter)) baseline.Add(shard.UnmanagedW[k], shard.CapacityWh[k] - shard.ChargeOnlyEnergyWh[k], shard.UnmanagedStart[k], shard.DepartureMs[k]);
            }
            vehicles.AddOthers(fixedAfter);
        }
        double[] fixedKw = alone.ToKw();
        var loadKw = new double[slots];
        var chargeOnlyKw = new double[slots];
        var day = new int[slots];
        int firstDay = calendar.DayNumber(fleet.AtMs);
        for (int t = 0; t < slots; t++)
        {
            chargeOnlyKw[t] = forecast.OriginalKw[t] + othersKw[t] + willingKw[t];
            loadKw[t] = forecast.OriginalKw[t] + othersKw[t] + fixedKw[t];
            day[t] = calendar.DayNumber(fleet.AtMs + (t * Slots.Ms)) - firstDay;
        }
        DispatchInstance instance = columns.Instance(loadKw, baseline.ToKw(), day, pastAfterKw, policy.PeakWeight) with { Limits = limited.Of(fleet, columns) };
        return new HorizonProblem(instance, columns.Shard, columns.Row, forecast.OriginalKw, chargeOnlyKw);
    }

    /// <summary>Share of what the willing vehicles are expected to use within the horizon that Charge Only would have them take in again at stays still to come, 0 to 1.</summary>
    private static double RechargeShare(FleetSnapshot fleet, double[] willingKw, double[] knownKw)
    {
        double laterWh = 0, usedWh = 0;
        for (int t = 0; t < willingKw.Length; t++) laterWh += 1000 * DispatchParameters.Efficiency * Slots.Hours * (willingKw[t] - knownKw[t]);
        foreach (ShardSnapshot shard in fleet.Shards)
        {
            for (int g = 0; g < shard.Outlook.GapCount; g++)
            {
                if (shard.Outlook.FromSlot[g] < willingKw.Length) usedWh += shard.Outlook.UsedWh[g];
            }
        }
        return usedWh > 0 ? Math.Clamp(laterWh / usedWh, 0, 1) : 0;
    }
}
