using Movc.Domain.Charging;
using Movc.Domain.Dispatch;

namespace Movc.TwinState.Shards;

/// <summary>
/// What a plugged-in vehicle's battery does between reports: it follows its setpoint while that is valid, otherwise it charges as it
/// would on its own; beside it, what Charge Only would have done since plug-in. Energy inside the battery in 1/1,000 Wh, power at
/// the plug in W (MOVC Eq. 16 with η each way).
/// </summary>
internal sealed class StayModel(UnmanagedCharging unmanaged)
{
    /// <summary>Charge Only's energy, Wh, after charging on its own from plug-in.</summary>
    public double ChargeOnlyWh(ShardColumns c, int i, long atMs)
    {
        double atPlugIn = c.ChargeOnlyMilliWh[i] / 1000.0;
        return atPlugIn + unmanaged.StoredWh(c.CapacityWh[i] - atPlugIn, c.UnmanagedW[i], c.UnmanagedStart[i], c.PluggedAtMs[i], atMs, c.DepartureMs[i]);
    }

    /// <summary>Energy that Charge Only draws from the grid between two instants, Wh.</summary>
    public double ChargeOnlyDrawnWh(ShardColumns c, int i, long fromMs, long toMs) =>
        Math.Max(0, ChargeOnlyWh(c, i, toMs) - ChargeOnlyWh(c, i, fromMs)) / DispatchParameters.Efficiency;

    /// <summary>Power that Charge Only would draw now, W.</summary>
    public int ChargeOnlyW(ShardColumns c, int i, long atMs) =>
        unmanaged.PowerW(c.CapacityWh[i] - ChargeOnlyWh(c, i, atMs), c.UnmanagedW[i], c.UnmanagedStart[i], atMs, c.DepartureMs[i]);

    /// <summary>Power at the plug now, W: the setpoint as far as the battery allows, else what the vehicle does on its own.</summary>
    public int PowerW(ShardColumns c, int i, long atMs)
    {
        double missingWh = c.CapacityWh[i] - (c.EnergyMilliWh[i] / 1000.0);
        if (atMs >= c.SetpointUntilMs[i]) return unmanaged.PowerW(missingWh, c.UnmanagedW[i], c.UnmanagedStart[i], atMs, c.DepartureMs[i]);
        int wanted = c.SetpointW[i];
        if (wanted > 0 && missingWh <= 0) return 0;
        return wanted < 0 && c.EnergyMilliWh[i] <= 0 ? 0 : wanted;
    }

    /// <summary>Moves the estimate on to an instant.</summary>
    /// <returns>Energy drawn from the grid, Wh, negative when delivered.</returns>
    public double Advance(ShardColumns c, int i, long toMs)
    {
        double drawn = 0;
        long until = c.SetpointUntilMs[i];
        if (c.EnergyAtMs[i] < until) drawn += Follow(c, i, Math.Min(toMs, until));
        return drawn + Charge(c, i, toMs);
    }

    /// <summary>Takes the estimate back to an instant shortly before the one that it stands at, by the power that stood then.</summary>
    public void TakeBack(ShardColumns c, int i, long toMs)
    {
        int powerW = PowerW(c, i, toMs);
        long ms = c.EnergyAtMs[i] - toMs;
        c.EnergyAtMs[i] = toMs;
        Store(c, i, -Inside(powerW) * (ms / 3600.0));
    }

    /// <summary>Follows the setpoint.</summary>
    private static double Follow(ShardColumns c, int i, long toMs)
    {
        long ms = toMs - c.EnergyAtMs[i];
        if (ms <= 0) return 0;
        c.EnergyAtMs[i] = toMs;
        int powerW = c.SetpointW[i];
        if (powerW == 0) return 0;
        return Store(c, i, Inside(powerW) * (ms / 3600.0));
    }

    /// <summary>Charges on its own.</summary>
    private double Charge(ShardColumns c, int i, long toMs)
    {
        long from = c.EnergyAtMs[i];
        if (toMs <= from) return 0;
        c.EnergyAtMs[i] = toMs;
        if (c.UnmanagedW[i] == 0) return 0;
        double missingWh = c.CapacityWh[i] - (c.EnergyMilliWh[i] / 1000.0);
        return Store(c, i, 1000 * unmanaged.StoredWh(missingWh, c.UnmanagedW[i], c.UnmanagedStart[i], from, toMs, c.DepartureMs[i]));
    }

    /// <summary>Power inside the battery, W, from that at the plug.</summary>
    private static double Inside(int powerW) => powerW > 0 ? powerW * DispatchParameters.Efficiency : powerW / DispatchParameters.Efficiency;

    private static double Store(ShardColumns c, int i, double milliWh)
    {
        long before = c.EnergyMilliWh[i];
        long after = before + (long)Math.Round(milliWh);
        after = Math.Clamp(after, Math.Min(before, 0), Math.Max(before, c.CapacityWh[i] * 1000L));
        c.EnergyMilliWh[i] = (int)after;
        double change = (after - before) / 1000.0;
        return change > 0 ? change / DispatchParameters.Efficiency : change * DispatchParameters.Efficiency;
    }
}
