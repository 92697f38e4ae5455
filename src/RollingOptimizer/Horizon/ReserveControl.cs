using Movc.Domain.Fleet;
using Movc.Domain.Queries;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>
/// Sets the reserve so that the share of departures under their need comes to half the risk that was promised: each one over it raises the
/// reserve, each departure that went well lowers it a little, so that over time both balance whatever the needs are like (an integral
/// controller, as in adaptive conformal prediction; docs/math/rolling-horizon.md).
/// </summary>
/// <param name="policy">Risk, and where the reserve begins.</param>
public sealed class ReserveControl(HorizonPolicy policy)
{
    /// <summary>Share of the risk that is aimed at [G]: aimed at as a whole, every other fortnight would be over it by chance.</summary>
    public const double Aim = 0.5;

    /// <summary>How far a day moves it on which nobody left short, or twice as many as aimed at, Wh [G].</summary>
    public const double StepWh = 1_000;

    /// <summary>Beyond it nobody is helped: it is more than batteries hold at the need's side [G].</summary>
    public const double MaxWh = 40_000;

    private double _reserveWh = policy.ReserveWh;
    private (long Departures, long Under)? _last;

    /// <summary>Goes on where a plan stood.</summary>
    public void Restore(PromiseView? promise)
    {
        if (promise is null) return;
        _last = (promise.Departures, promise.Under);
        if (policy.Risk > 0) _reserveWh = promise.ReserveKwh * 1000;
    }

    /// <summary>Mean of what the vehicles of a fleet need at their departures, Wh; 0 = not known of any.</summary>
    public static int FleetNeedWh(FleetSnapshot fleet)
    {
        long sum = 0, count = 0;
        foreach (ShardSnapshot shard in fleet.Shards)
        {
            foreach (int needWh in shard.Outlook.UsualNeedWh)
            {
                if (needWh <= 0) continue;
                sum += needWh;
                count++;
            }
        }
        return count == 0 ? 0 : (int)(sum / count);
    }

    /// <summary>Takes what happened since the last call.</summary>
    /// <returns>What the next plan promises.</returns>
    public PromiseView Next(FleetSnapshot fleet)
    {
        long departures = 0, under = 0, vehicles = 0;
        foreach (ShardSnapshot shard in fleet.Shards)
        {
            departures += shard.Departures;
            under += shard.DeparturesUnderPromise;
            vehicles += shard.RegisteredCount;
        }
        if (policy.Risk > 0 && _last is { } last)
        {
            double over = (under - last.Under) - (Aim * policy.Risk * (departures - last.Departures));
            // About one departure a vehicle and day; a small city must not leap at each one that is short.
            _reserveWh = Math.Clamp(_reserveWh + (StepWh * over / Math.Max(1, Aim * policy.Risk * vehicles)), 0, MaxWh);
        }
        _last = (departures, under);
        return new PromiseView(policy.Risk, _reserveWh / 1000, departures, under);
    }
}
