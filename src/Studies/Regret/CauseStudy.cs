using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.RollingOptimizer.Horizon;
using Movc.RollingOptimizer.Plans;

namespace Movc.Studies.Regret;

/// <summary>
/// Splits a period's regret by its causes: lives the period again and again, each time with one thing more that the plans of then had
/// not, from what happened to perfect foresight. Each rung is held against perfect foresight that leaves in the batteries at the end
/// what the rung left there, so that none gains by what it took out of them; the steps between the rungs add up to the whole loss.
/// </summary>
/// <param name="planner">Plans as the live city did.</param>
/// <param name="solver">Solves the period as one.</param>
public sealed class CauseStudy(PlanAgain planner, IDispatchSolver solver)
{
    /// <summary>Intervals that a period has at least [G]: over less there is no load to make flat.</summary>
    public const int FewestSlots = 6;

    /// <summary>Splits.</summary>
    /// <param name="fleet">The fleet of the period, or a sample of it.</param>
    /// <param name="city">The rest.</param>
    /// <param name="seed">Of the solver's sample where the period is solved as one.</param>
    /// <param name="onProgress">Told of intervals planned, of how many, and what is being done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<CauseFigures> OfAsync(IPastFleet fleet, PastCity city, ulong seed, Action<int, int, string> onProgress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(city);
        ArgumentNullException.ThrowIfNull(onProgress);
        var study = new RegretStudy(solver);
        RegretFigures asItWas = study.Of(Period(city, fleet.AsItWas), seed, cancellationToken);
        var rungs = new List<(string Key, string Cause, string Says, RegretFigures Figures)> { (RegretRung.AsItWas, string.Empty, "as it was", asItWas) };
        int done = 0, all = fleet.Slots * RegretRung.Again.Count;
        foreach (RegretRung rung in RegretRung.Again)
        {
            PastRun run = await LiveAsync(fleet, city, rung, () => onProgress(++done, all, rung.Says), cancellationToken);
            rungs.Add((rung.Key, rung.Cause, rung.Says, study.Of(Period(city, run), seed, cancellationToken)));
        }
        return CauseFigures.Of(rungs, fleet.Vehicles, fleet.AllVehicles);
    }

    /// <summary>Lives the period once more with what a rung knows.</summary>
    internal async Task<PastRun> LiveAsync(IPastFleet fleet, PastCity city, RegretRung rung, Action onSlot, CancellationToken cancellationToken)
    {
        IFleetAgain again = await fleet.AgainAsync(rung.KnowsStays, cancellationToken);
        var afterKw = new double[fleet.Slots];
        (double[]? prices, long pricesMs) = (city.Before?.WarmPrices, city.Before?.View.At.ToUnixTimeMilliseconds() ?? 0);
        for (int slot = 0; slot < fleet.Slots; slot++)
        {
            FleetSnapshot snapshot = again.Snapshot();
            if (rung.IsWithoutReserve)
            {
                // What a vehicle needs as a rule, or that it plugs in only to charge, stands for needs that are not told yet; its own to change, for nobody else has the snapshot.
                foreach (ShardSnapshot shard in snapshot.Shards) Array.Clear(shard.Outlook.UsualNeedWh);
            }
            PlanHead plan = city.Plan(slot);
            RollingOptimizer.Forecast.HorizonForecast forecast = city.Forecast(slot, rung);
            double[]? warm = WarmStart.Shifted(prices, pricesMs, snapshot.AtMs, forecast.Slots);
            (SetpointBatch[] setpoints, prices) = planner.Plan(snapshot, forecast, city.PastOfDay(slot, afterKw), Policy(plan, rung, snapshot), plan.View.Seed, warm, cancellationToken);
            pricesMs = snapshot.AtMs;
            afterKw[slot] = city.AfterKw(slot, await again.FollowAsync(setpoints, cancellationToken));
            onSlot();
        }
        return again.Finish();
    }

    /// <summary>What the plan of then owed, or without what it held for things that it did not know.</summary>
    private static HorizonPolicy Policy(PlanHead plan, RegretRung rung, FleetSnapshot fleet)
    {
        Domain.Queries.PromiseView? promise = plan.View.Promise;
        var policy = new HorizonPolicy(promise?.Satisfaction ?? 0, plan.View.PeakWeight) { ReserveWh = (int)(1000 * (promise?.ReserveKwh ?? 0)), FleetNeedWh = ReserveControl.FleetNeedWh(fleet), Risk = promise?.Risk ?? 0 };
        if (rung.IsWithoutReserve) policy = policy with { ReserveWh = 0, Satisfaction = 0 };
        return rung.KnowsStays ? policy with { ReadySlots = 0, KeepsNeed = false } : policy;
    }

    private static RegretPeriod Period(PastCity city, PastRun run)
    {
        double[] after = [.. Enumerable.Range(0, run.ChargedKw.Length).Select(t => city.AfterKw(t, run.ChargedKw[t] - run.DischargedKw[t]))];
        return new RegretPeriod(run.History, city.OriginalKw, city.ChargeOnlyKw, after, run.ChargeOnlyKw, run.ChargedKw, city.DayOfSlot);
    }
}
