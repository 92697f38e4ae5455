using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>Which setpoints must go out: those that differ from what the vehicle does anyway in the coming interval.</summary>
internal static class SetpointSelector
{
    /// <summary>One batch a shard, empty where nothing changes: its arrival is what lets the shard go on.</summary>
    public static SetpointBatch[] Select(FleetSnapshot fleet, HorizonProblem problem, DispatchResult result)
    {
        long untilMs = fleet.AtMs + (DispatchParameters.SetpointValidSlots * Slots.Ms);
        var batches = new SetpointBatch[fleet.Shards.Count];
        int i = 0;
        for (int s = 0; s < batches.Length; s++)
        {
            ShardSnapshot shard = fleet.Shards[s];
            var vehicle = new List<int>();
            var power = new List<int>();
            for (int k = 0; k < shard.PluggedCount; k++)
            {
                bool takesPart = i < problem.Row.Length && problem.Shard[i] == s && problem.Row[i] == k;
                // A vehicle that no longer takes part goes back to charging at full power.
                int wantedW = takesPart ? result.FirstSlotPowerW[i] : shard.MaxChargeW[k];
                if (takesPart) i++;
                if (Stands(shard, k, wantedW, takesPart, fleet.AtMs + Slots.Ms)) continue;
                vehicle.Add(shard.Vehicle[k]);
                power.Add(wantedW);
            }
            batches[s] = new SetpointBatch(shard.Shard, fleet.AtMs, untilMs, [.. vehicle], [.. power]);
        }
        return batches;
    }

    private static bool Stands(ShardSnapshot shard, int k, int wantedW, bool takesPart, long slotEndMs)
    {
        bool hasSetpoint = shard.SetpointUntilMs[k] != 0;
        if (!takesPart && !hasSetpoint) return true;
        // A setpoint that ends within the interval would fall back to charging before the next plan.
        if (hasSetpoint && shard.SetpointUntilMs[k] < slotEndMs) return false;
        bool full = shard.EnergyWh[k] >= shard.CapacityWh[k];
        return shard.StandingW[k] == wantedW || (!takesPart && full && shard.StandingW[k] == 0);
    }
}
