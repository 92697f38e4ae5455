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
    /// <param name="mostUsedWh">Most that the vehicle is known to use between two stays at the plug, Wh: drivers ask for a day at most, and some plug in every third. −1 = not known: then all that Charge Only would have is kept.</param>
    public static double Wh(int neededWh, double chargeOnlyWh, HorizonPolicy policy, int mostUsedWh) => mostUsedWh < 0
        ? chargeOnlyWh
        : Math.Max(Promise.Wh(neededWh == 0 ? 0 : Math.Max(neededWh, mostUsedWh) + policy.ReserveWh, chargeOnlyWh), policy.Satisfaction * chargeOnlyWh);

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
