using Movc.Domain.Dispatch;

namespace Movc.TwinState.Shards;

/// <summary>
/// What a plugged-in vehicle's battery does between reports: it follows its setpoint while that is valid, otherwise it charges
/// at full power until full; beside it, what Charge Only would have done since plug-in. Energy inside the battery in
/// 1/1,000 Wh, power at the plug in W (MOVC Eq. 16 with η each way).
/// </summary>
internal static class StayModel
{
    private const double MsPerHour = 3_600_000.0;

    /// <summary>Charge Only's energy, Wh, after charging at full power from plug-in.</summary>
    public static double ChargeOnlyWh(ShardColumns c, int i, long atMs)
    {
        double gained = DispatchParameters.Efficiency * c.MaxChargeW[i] * (Math.Max(0, atMs - c.PluggedAtMs[i]) / MsPerHour);
        return Math.Min(c.CapacityWh[i], c.PlugInWh[i] + gained);
    }

    /// <summary>Energy that Charge Only draws from the grid between two instants, Wh.</summary>
    public static double ChargeOnlyDrawnWh(ShardColumns c, int i, long fromMs, long toMs) =>
        Math.Max(0, ChargeOnlyWh(c, i, toMs) - ChargeOnlyWh(c, i, fromMs)) / DispatchParameters.Efficiency;

    /// <summary>Power at the plug now, W: the setpoint as far as the battery allows, else full power, 0 when full.</summary>
    public static int PowerW(ShardColumns c, int i, long atMs)
    {
        int wanted = atMs < c.SetpointUntilMs[i] ? c.SetpointW[i] : c.MaxChargeW[i];
        if (wanted > 0 && c.EnergyMilliWh[i] >= c.CapacityWh[i] * 1000L) return 0;
        return wanted < 0 && c.EnergyMilliWh[i] <= 0 ? 0 : wanted;
    }

    /// <summary>Moves the estimate on to an instant.</summary>
    /// <returns>Energy drawn from the grid, Wh, negative when delivered.</returns>
    public static double Advance(ShardColumns c, int i, long toMs)
    {
        double drawn = 0;
        long until = c.SetpointUntilMs[i];
        if (c.EnergyAtMs[i] < until)
        {
            drawn += Step(c, i, Math.Min(toMs, until), c.SetpointW[i]);
        }
        drawn += Step(c, i, toMs, c.MaxChargeW[i]);
        return drawn;
    }

    private static double Step(ShardColumns c, int i, long toMs, int powerW)
    {
        long ms = toMs - c.EnergyAtMs[i];
        if (ms <= 0) return 0;
        c.EnergyAtMs[i] = toMs;
        if (powerW == 0) return 0;
        double inside = powerW > 0 ? powerW * DispatchParameters.Efficiency : powerW / DispatchParameters.Efficiency;
        long before = c.EnergyMilliWh[i];
        long after = before + (long)Math.Round(inside * (ms / 3600.0));
        after = Math.Clamp(after, Math.Min(before, 0), Math.Max(before, c.CapacityWh[i] * 1000L));
        c.EnergyMilliWh[i] = (int)after;
        double change = (after - before) / 1000.0;
        return change > 0 ? change / DispatchParameters.Efficiency : change * DispatchParameters.Efficiency;
    }
}
