using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Setpoints;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>Which setpoints must go out: those that differ from what the vehicle does anyway in the coming interval.</summary>
internal static class SetpointSelector
{
    /// <summary>One batch a shard, empty where nothing changes: its arrival is what lets the shard go on.</summary>
    public static SetpointBatch[] Select(FleetSnapshot fleet, HorizonProblem problem, DispatchResult result, UnmanagedCharging unmanaged, HorizonPolicy policy, DispatchMask? mask = null) =>
        Changed(fleet, Wanted(fleet, problem, result, unmanaged, policy, mask ?? DispatchMask.None));

    /// <summary>What every vehicle is to do.</summary>
    public static WantedPower Wanted(FleetSnapshot fleet, HorizonProblem problem, DispatchResult result, UnmanagedCharging unmanaged, HorizonPolicy policy, DispatchMask mask)
    {
        var wanted = new WantedPower(fleet);
        int i = 0;
        for (int s = 0; s < fleet.Shards.Count; s++)
        {
            ShardSnapshot shard = fleet.Shards[s];
            for (int k = 0; k < shard.PluggedCount; k++)
            {
                ref bool takesPart = ref wanted.TakesPart[s][k];
                ref int wantedW = ref wanted.PowerW[s][k];
                takesPart = i < problem.Row.Length && problem.Shard[i] == s && problem.Row[i] == k;
                if (takesPart) wantedW = result.FirstSlotPowerW[i++];
                else if (mask.Hides(shard, k)) wantedW = Alone(shard, k, unmanaged);
                else if (TryOwedFirst(shard, k, unmanaged, policy, out wantedW)) takesPart = true;
                else wantedW = Released(shard, k, unmanaged, policy);
            }
            // Vehicles of the shard to which nothing can be sent now.
            while (i < problem.Row.Length && problem.Shard[i] == s) i++;
        }
        return wanted;
    }

    /// <summary>Setpoints for those that would do something else.</summary>
    public static SetpointBatch[] Changed(FleetSnapshot fleet, WantedPower wanted)
    {
        long untilMs = fleet.AtMs + (DispatchParameters.SetpointValidSlots * Slots.Ms);
        var batches = new SetpointBatch[fleet.Shards.Count];
        for (int s = 0; s < batches.Length; s++)
        {
            ShardSnapshot shard = fleet.Shards[s];
            var vehicle = new List<int>();
            var power = new List<int>();
            for (int k = 0; k < shard.PluggedCount; k++)
            {
                int wantedW = wanted.PowerW[s][k];
                if (Stands(shard, k, wantedW, wanted.TakesPart[s][k], fleet.AtMs + Slots.Ms)) continue;
                vehicle.Add(shard.Vehicle[k]);
                power.Add(wantedW);
            }
            batches[s] = new SetpointBatch(shard.Shard, fleet.AtMs, untilMs, [.. vehicle], [.. power]);
        }
        return batches;
    }

    /// <summary>Power of a vehicle that first charges what it was promised, W.</summary>
    private static bool TryOwedFirst(ShardSnapshot shard, int k, UnmanagedCharging unmanaged, HorizonPolicy policy, out int powerW)
    {
        powerW = 0;
        if (shard.Consent[k] == V2gStrategy.ChargeOnly || !ExpectedDeparture.TryOf(shard, k, out long departureMs) || departureMs - shard.AtMs < Slots.Ms) return false;
        if (!OwedFirst.TryOf(shard, k, departureMs, unmanaged, policy, out OwedFirst owed)) return false;
        powerW = owed.SlotW(unmanaged, shard.AtMs, shard.DepartureMs[k]);
        return true;
    }

    /// <summary>
    /// Power of a vehicle that no longer takes part, W: about to leave, what it still lacks of its promise; else what it does on its own.
    /// </summary>
    private static int Released(ShardSnapshot shard, int k, UnmanagedCharging unmanaged, HorizonPolicy policy)
    {
        long departureMs = shard.DepartureMs[k];
        if (departureMs <= shard.AtMs) return Alone(shard, k, unmanaged);
        double owedWh = Owed.Wh(shard.NeededWh[k], Owed.ChargeOnlyWh(shard, k, unmanaged, departureMs), policy, shard.Outlook.UsualNeedWh[k]);
        double hours = (departureMs - shard.AtMs) / 3_600_000.0;
        double lacking = (owedWh - shard.EnergyWh[k]) / (DispatchParameters.Efficiency * hours);
        return (int)Math.Clamp(Math.Ceiling(lacking), 0, shard.MaxChargeW[k]);
    }

    private static int Alone(ShardSnapshot shard, int k, UnmanagedCharging unmanaged) =>
        unmanaged.PowerW(shard.CapacityWh[k] - shard.EnergyWh[k], shard.UnmanagedW[k], shard.UnmanagedStart[k], shard.AtMs, shard.DepartureMs[k]);

    private static bool Stands(ShardSnapshot shard, int k, int wantedW, bool takesPart, long slotEndMs)
    {
        bool hasSetpoint = shard.SetpointUntilMs[k] != 0;
        if (!takesPart && !hasSetpoint) return true;
        // A setpoint that ends within the interval would fall back to charging before the next plan.
        if (hasSetpoint && shard.SetpointUntilMs[k] < slotEndMs) return false;
        // A session that waits for cheap hours may stop on its own before the slot is over.
        if (!hasSetpoint && wantedW > 0 && shard.UnmanagedStart[k] == UnmanagedStart.Cheapest) return false;
        bool full = shard.EnergyWh[k] >= shard.CapacityWh[k];
        return shard.StandingW[k] == wantedW || (!takesPart && full && shard.StandingW[k] == 0);
    }
}
