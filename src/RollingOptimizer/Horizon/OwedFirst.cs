using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>
/// How a vehicle charges that lacks part of what it was promised: as it would on its own, so that it always has what Charge Only would have
/// given of it, whenever it leaves; at full power where it has fallen behind that.
/// </summary>
/// <param name="MissingWh">What is lacking, Wh.</param>
/// <param name="PowerW">Power at the plug while it draws, W.</param>
/// <param name="Start">When it draws.</param>
internal readonly record struct OwedFirst(double MissingWh, int PowerW, UnmanagedStart Start)
{
    // Energy is estimated on whole watt-hours.
    private const double ToleranceWh = 1;

    /// <summary>Reads it; false for a vehicle that lacks nothing.</summary>
    /// <param name="shard">The vehicle's shard.</param>
    /// <param name="k">Its row.</param>
    /// <param name="departureMs">When it leaves.</param>
    /// <param name="unmanaged">How vehicles charge on their own.</param>
    /// <param name="policy">What is owed.</param>
    /// <param name="owed">How it charges.</param>
    public static bool TryOf(ShardSnapshot shard, int k, long departureMs, UnmanagedCharging unmanaged, HorizonPolicy policy, out OwedFirst owed)
    {
        owed = default;
        int neededWh = shard.NeededWh[k], energyWh = shard.EnergyWh[k];
        if (!policy.KeepsNeed || energyWh >= neededWh) return false;
        double missingWh = Promise.Wh(neededWh, Owed.ChargeOnlyWh(shard, k, unmanaged, departureMs)) - energyWh;
        if (missingWh <= ToleranceWh) return false;
        bool isBehind = shard.UnmanagedW[k] == 0 || energyWh + ToleranceWh < Math.Min(neededWh, shard.ChargeOnlyEnergyWh[k]);
        owed = isBehind ? new OwedFirst(missingWh, shard.MaxChargeW[k], UnmanagedStart.AtOnce) : new OwedFirst(missingWh, shard.UnmanagedW[k], shard.UnmanagedStart[k]);
        return true;
    }

    /// <summary>Power in the slot that begins at an instant, W: no more than what is lacking.</summary>
    public int SlotW(UnmanagedCharging unmanaged, long atMs, long departureMs)
    {
        int powerW = unmanaged.PowerW(MissingWh, PowerW, Start, atMs, departureMs);
        return (int)Math.Min(powerW, Math.Ceiling(MissingWh / (DispatchParameters.Efficiency * Slots.Hours)));
    }

    /// <summary>First slot at whose start nothing is lacking any more, counted from an instant on a slot's boundary; <paramref name="slots"/> = none of them.</summary>
    public int DoneAtSlot(UnmanagedCharging unmanaged, long atMs, long departureMs, int slots)
    {
        (int low, int high) = (1, slots);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (unmanaged.StoredWh(MissingWh, PowerW, Start, atMs, atMs + (middle * Slots.Ms), departureMs) + ToleranceWh >= MissingWh) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
