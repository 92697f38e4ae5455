using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.Studies.Points;

namespace Movc.Studies.Regret;

/// <summary>Reckons what a period kept of the gain that perfect foresight would have had under the same constraints.</summary>
/// <param name="solver">Solves the period.</param>
public sealed class RegretStudy(IDispatchSolver solver)
{
    /// <summary>Reckons.</summary>
    /// <param name="period">The period.</param>
    /// <param name="seed">Of the solver's sample.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public RegretFigures Of(RegretPeriod period, ulong seed, CancellationToken cancellationToken)
    {
        FleetHistory f = period.Fleet;
        double lambda = DispatchParameters.Lambda;
        DispatchInstance instance = PerfectForesight.Of(period);
        DispatchResult perfect = solver.Solve(instance, seed, null, cancellationToken);
        // What was drawn between whole intervals was out of anybody's reach and counts on every side alike.
        double[] brokenKw = [.. period.WillingChargedKw.Zip(f.ChargedKw, (all, whole) => Math.Max(0, all - whole))];
        double broken = lambda * brokenKw.Average();
        double[] throughputKw = [.. f.ChargedKw.Zip(f.DischargedKw, (c, d) => c + d)];
        return new RegretFigures(
            DateTimeOffset.FromUnixTimeMilliseconds(f.FromMs), f.Slots, f.VehicleCount,
            ObjectiveOf.Load(period.ChargeOnlyKw, period.WillingChargeOnlyKw, period.DayOfSlot, lambda),
            ObjectiveOf.Load(period.AfterKw, throughputKw, period.DayOfSlot, lambda) + broken,
            perfect.ObjectiveKw + broken, perfect.BoundKw + broken,
            Figures(period.ChargeOnlyKw, period.DayOfSlot), Figures(period.AfterKw, period.DayOfSlot), Figures(perfect.AfterKw, period.DayOfSlot))
        {
            Departures = f.Departures,
            DeparturesUnderPromise = f.DeparturesUnderPromise,
            Satisfaction = f.Departures == 0 ? 1 : f.Satisfaction / f.Departures,
            DischargedMwh = f.DischargedWh.Sum() / 1e6,
            PerfectDischargedMwh = DischargedKwh(instance, perfect, period.DayOfSlot) / 1000,
            ExtraWearRmb = f.WearRmb.Sum() - f.ChargeOnlyWearRmb.Sum(),
            StoredMwh = (f.FinalWh.Sum(wh => (long)wh) - f.FinalChargeOnlyWh.Sum(wh => (long)wh)) / 1e6,
            Repaired = perfect.Infeasible.Count,
        };
    }

    /// <summary>What a plan delivers, kWh: charged + discharged is in its objective (MOVC Eq. 15), charged − discharged in its load.</summary>
    private static double DischargedKwh(DispatchInstance instance, DispatchResult plan, int[] dayOfSlot)
    {
        double throughputKw = (plan.ObjectiveKw - ObjectiveOf.Load(plan.AfterKw, [], dayOfSlot, 0)) * instance.SlotCount / instance.Lambda;
        return (throughputKw - (plan.AfterKw.Sum() - instance.LoadKw.Sum())) / 2 * Slots.Hours;
    }

    private static LoadFigures Figures(double[] kw, int[] day) => LoadFigures.Of([.. kw.Select(v => v / 1000)], day);
}
