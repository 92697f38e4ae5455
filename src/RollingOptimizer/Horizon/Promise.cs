using Movc.Domain.Charging;
using Movc.Domain.Fleet;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>What a dispatch owes a plugged-in vehicle: the energy that Charge Only would have in it (satisfaction 1 of MOVC Eq. 41).</summary>
internal static class Promise
{
    /// <summary>Energy owed at an instant of the stay, Wh.</summary>
    /// <param name="shard">The vehicle's shard.</param>
    /// <param name="k">Its row.</param>
    /// <param name="unmanaged">How vehicles charge on their own.</param>
    /// <param name="untilMs">Unix milliseconds UTC, at or after the snapshot.</param>
    public static double Wh(ShardSnapshot shard, int k, UnmanagedCharging unmanaged, long untilMs)
    {
        int now = shard.ChargeOnlyEnergyWh[k];
        return now + unmanaged.StoredWh(shard.CapacityWh[k] - now, shard.UnmanagedW[k], shard.UnmanagedStart[k], shard.AtMs, untilMs, shard.DepartureMs[k]);
    }
}
