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
        double perfectDischargedKwh = 0;
        for (int t = 0; t < f.Slots; t++)
        {
            // Net and throughput give both parts; the objective holds the throughput of the whole period.
            perfectDischargedKwh -= perfect.AfterKw[t] - instance.LoadKw[t];
        }
        if (Environment.GetEnvironmentVariable("DBG") is not null)
        {
            double diff = 0;
            for (int t = 0; t < f.Slots; t++)
            {
                double p = perfect.AfterKw[t] - instance.LoadKw[t], r = f.ChargedKw[t] - f.DischargedKw[t];
                diff += ((p > 0 ? .9 * p : p / .9) - ((.9 * f.ChargedKw[t]) - (f.DischargedKw[t] / .9))) / 6;
                if (t % 36 == 35) Console.Error.WriteLine(FormattableString.Invariant($"{t / 144} {(t % 144 + 1) / 6,3}h stored perfect-rolling {diff / 1000,8:0.0} MWh  load {period.ChargeOnlyKw[t] / 1000:0.0} rolling {period.AfterKw[t] / 1000:0.0} perfect {perfect.AfterKw[t] / 1000:0.0}"));
            }
            double[] medR = new double[f.Slots], medP = new double[f.Slots];
            foreach (int d in period.DayOfSlot.Distinct())
            {
                int from = Array.IndexOf(period.DayOfSlot, d), to = Array.LastIndexOf(period.DayOfSlot, d) + 1;
                double Med(double[] kw) { double[] c = kw[from..to]; Array.Sort(c); return c[c.Length / 2]; }
                for (int t = from; t < to; t++) (medR[t], medP[t]) = (Med(period.AfterKw), Med(perfect.AfterKw));
            }
            for (int h = 0; h < 24; h++)
            {
                double r = 0, p = 0, rs = 0, ps = 0, ch = 0, dis = 0, br = 0; int n = 0;
                for (int t = 0; t < f.Slots; t++) if (t % 144 / 6 == h) { n++; r += Math.Abs(period.AfterKw[t] - medR[t]); p += Math.Abs(perfect.AfterKw[t] - medP[t]); rs += period.AfterKw[t] - medR[t]; ps += perfect.AfterKw[t] - medP[t]; ch += f.ChargedKw[t]; dis += f.DischargedKw[t]; br += period.WillingChargedKw[t] - f.ChargedKw[t]; }
                Console.Error.WriteLine(FormattableString.Invariant($"{h,2}h |dev| rolling {r / n / 1000,7:0.00} perfect {p / n / 1000,7:0.00}   dev rolling {rs / n / 1000,7:0.00} perfect {ps / n / 1000,7:0.00}  charged {ch / n / 1000,7:0.00} discharged {dis / n / 1000,7:0.00} broken {br / n / 1000,6:0.00}"));
            }
            foreach (int d in period.DayOfSlot.Distinct())
            {
                int from = Array.IndexOf(period.DayOfSlot, d), to = Array.LastIndexOf(period.DayOfSlot, d) + 1;
                double J(double[] kw) => ObjectiveOf.Load(kw.AsSpan(from..to), [], period.DayOfSlot.AsSpan(from..to), 0) / 1000;
                Console.Error.WriteLine(FormattableString.Invariant($"day {d}: spread charge only {J(period.ChargeOnlyKw):0.00} rolling {J(period.AfterKw):0.00} perfect {J(perfect.AfterKw):0.00}"));
            }
        }
        double perfectThroughputKw = ((perfect.ObjectiveKw - ObjectiveOf.Load(perfect.AfterKw, [], period.DayOfSlot, 0)) * f.Slots) / lambda;
        perfectDischargedKwh = (perfectThroughputKw + perfectDischargedKwh) / 2 * Slots.Hours;
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
            PerfectDischargedMwh = perfectDischargedKwh / 1000,
            ExtraWearRmb = f.WearRmb.Sum() - f.ChargeOnlyWearRmb.Sum(),
            StoredMwh = (f.FinalWh.Sum(wh => (long)wh) - f.FinalChargeOnlyWh.Sum(wh => (long)wh)) / 1e6,
            Repaired = perfect.Infeasible.Count,
        };
    }

    private static LoadFigures Figures(double[] kw, int[] day) => LoadFigures.Of([.. kw.Select(v => v / 1000)], day);
}
