using Movc.Domain.Charging;
using Movc.Domain.Fleet;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>What is owed to a plugged-in vehicle later in its stay, and what Charge Only would have in it then.</summary>
internal static class Owed
{
    /// <summary>Energy owed at a departure, Wh.</summary>
    /// <param name="neededWh">Asked for, Wh; 0 = not told.</param>
    /// <param name="chargeOnlyWh">Charge Only's energy at that departure, Wh.</param>
    /// <param name="policy">Its reserve is added to what was asked for, and its threshold of satisfaction counts too (MOVC Eq. 41).</param>
    /// <param name="usualNeedWh">Mean of what the vehicle needed at its departures, Wh, 0 = not known; <see cref="FleetOutlook.OwesAll"/> = all that Charge Only would have.</param>
    public static double Wh(int neededWh, double chargeOnlyWh, HorizonPolicy policy, int usualNeedWh) => usualNeedWh == FleetOutlook.OwesAll
        ? chargeOnlyWh
        : Math.Max(Promise.Wh(neededWh == 0 ? 0 : neededWh + ReserveWh(policy, usualNeedWh), chargeOnlyWh), policy.Satisfaction * chargeOnlyWh);

    /// <summary>
    /// How many times the reserve a vehicle holds of which it is not known what it needs as a rule: held by all alike, so much leaves as few
    /// departures short as the reserve shared out by need does (docs/math/rolling-horizon.md).
    /// </summary>
    public const double UnknownFactor = 1.5;

    /// <summary>Held beside what was asked for, Wh: the policy's reserve, more for a vehicle that needs much as a rule and less for one that needs little.</summary>
    public static int ReserveWh(HorizonPolicy policy, int usualNeedWh) =>
        policy.FleetNeedWh > 0 && usualNeedWh > 0 ? (int)((long)policy.ReserveWh * usualNeedWh / policy.FleetNeedWh) : (int)(UnknownFactor * policy.ReserveWh);

    /// <summary>Charge Only's energy at an instant of the stay, Wh.</summary>
    /// <param name="shard">The vehicle's shard.</param>
    /// <param name="k">Its row.</param>
    /// <param name="unmanaged">How vehicles charge on their own.</param>
    /// <param name="untilMs">Unix milliseconds UTC, at or after the snapshot.</param>
    public static double ChargeOnlyWh(ShardSnapshot shard, int k, UnmanagedCharging unmanaged, long untilMs)
    {
        int now = shard.ChargeOnlyEnergyWh[k];
        return now + unmanaged.StoredWh(shard.CapacityWh[k] - now, shard.UnmanagedW[k], shard.UnmanagedStart[k], shard.AtMs, untilMs, shard.DepartureMs[k]);
    }
}
