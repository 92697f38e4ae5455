using Movc.Domain.Fleet;
using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>When a plugged-in vehicle is going to leave: as declared, else as it is used to.</summary>
internal static class ExpectedDeparture
{
    /// <summary>Reads it.</summary>
    /// <param name="shard">The vehicle's shard.</param>
    /// <param name="k">Its row.</param>
    /// <param name="departureMs">Unix milliseconds UTC; beyond all that is looked ahead for one that is used to stay.</param>
    /// <returns>False for one of which nothing is known: neither a departure nor a need, told or learned.</returns>
    public static bool TryOf(ShardSnapshot shard, int k, out long departureMs)
    {
        departureMs = shard.DepartureMs[k];
        if (departureMs != 0) return true;
        if (shard.NeededWh[k] == 0) return false;
        FleetOutlook outlook = shard.Outlook;
        int gap = outlook.GapOffset[k];
        departureMs = shard.AtMs + (Slots.Ms * (gap < outlook.GapOffset[k + 1] ? outlook.FromSlot[gap] : FleetOutlook.Slots + 1));
        return true;
    }
}
