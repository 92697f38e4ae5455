using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Metrics;
using Movc.Domain.Time;
using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Simulation.People;
using Movc.RollingOptimizer.Solver;
using Movc.Studies.Dispatch;
using Movc.Studies.Weeks;

namespace Movc.Studies.Points;

/// <summary>Answers study points: a simulated week, its dispatch solved at once, every figure of it. Not for several threads at once.</summary>
/// <param name="weeks">Where weeks come from.</param>
/// <param name="threads">0 = all processors; results are the same for any number.</param>
public sealed class PointRunner(WeekSource weeks, int threads)
{
    private SimulatedWeek? _factsOf;
    private WeekFacts? _facts;

    /// <summary>Where the last point's week came from.</summary>
    public string LastWeekOrigin => weeks.LastOrigin;

    /// <summary>Runs a point.</summary>
    /// <param name="city">The parameters of its city.</param>
    /// <param name="point">The point.</param>
    /// <param name="step">Told what is being done.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    public PointAnswer Run(CityParameters city, StudyPoint point, Action<string> step, CancellationToken cancellationToken)
    {
        SimulatedWeek week = weeks.Get(city, point.Week, step, cancellationToken);
        step("summing up the week");
        if (!ReferenceEquals(_factsOf, week)) (_factsOf, _facts) = (week, WeekFacts.Of(week, threads, cancellationToken));
        var problem = WeekProblem.Of(
            week,
            new WeekProblemOptions
            {
                LoadKw = WeekLoad.Of(city, city.CityVehicles * (double)point.Vehicles / point.Fleet, point.Season, point.Days),
                Willingness = CityPeople.WillingnessOf(city, point.Gamma),
                Strategy = point.Strategy,
                Satisfaction = point.Satisfaction,
                FinalFloor = point.FinalFloor,
                Lambda = point.Lambda,
            },
            threads, cancellationToken);
        step(FormattableString.Invariant($"solving {problem.Instance.VehicleCount:N0} vehicles"));
        DispatchResult plan = new DispatchSolver(new DispatchSolverOptions { Threads = threads }).Solve(problem.Instance, (ulong)point.Seed, null, cancellationToken);
        step("walking the schedules");
        var facts = DispatchFacts.Of(problem, plan.Schedules, city.Districts.Count, threads, cancellationToken);
        // Every schedule was walked: a plan that breaks a limit must not become a figure. Needs that were out of reach were lowered and are listed.
        if (facts.Violations > plan.Infeasible.Count)
            throw new InvalidOperationException(FormattableString.Invariant($"the plan of {point.Canonical} breaks {facts.Violations} limits"));
        BatchedDispatch? batches = point.Batches is { } how && problem.Instance.VehicleCount > 0
            ? BatchedDispatch.Solve(problem, how, point.Seed, threads, step, cancellationToken)
            : null;
        return Describe(city, point, problem, plan, facts, _facts!, batches);
    }

    private static PointAnswer Describe(
        CityParameters city, StudyPoint point, WeekProblem problem, DispatchResult plan, DispatchFacts facts, WeekFacts week, BatchedDispatch? batches)
    {
        DispatchInstance x = problem.Instance;
        // From the vehicles simulated to the city's.
        double scale = point.Fleet / (double)point.Vehicles, mega = scale / 1000;
        double[] original = Scaled(problem.Options.LoadKw, mega), after = Scaled(plan.AfterKw, mega);
        double[] chargeOnly = [.. problem.Options.LoadKw.Select((kw, t) => (kw + problem.ChargeOnlyKw[t]) * mega)];
        LoadFigures before = LoadFigures.Of(original, x.DayOfSlot), own = LoadFigures.Of(chargeOnly, x.DayOfSlot), now = LoadFigures.Of(after, x.DayOfSlot);
        double ownObjectiveKw = ObjectiveOf.Load([.. x.LoadKw.Select((kw, t) => kw + x.BaselineEvKw[t])], x.BaselineEvKw, x.DayOfSlot, x.Lambda);
        int vws = problem.Strategy.Count(s => s == V2gStrategy.WhenStaying), vwc = problem.Strategy.Length - vws;
        double dischargedKwh = facts.DischargedKwh.Sum();
        var figures = new PointResult
        {
            Point = point,
            CityName = city.Name,
            ParametersHash = city.Hash,
            Participation = new ParticipationFigures(point.Fleet, (int)Math.Round(vws * scale), (int)Math.Round(vwc * scale)),
            Solve = new SolveFigures(DispatchStatusNames.Of(plan.Status), plan.ObjectiveKw * scale, plan.BoundKw * scale, plan.Gap, ownObjectiveKw * scale, plan.Infeasible.Count),
            Original = before,
            ChargeOnly = own,
            After = now,
            PeakShavingMw = before.PeakMw - now.PeakMw,
            PeakShavingOverChargeOnlyMw = own.PeakMw - now.PeakMw,
            ValleyFillingMw = now.ValleyMw - before.ValleyMw,
            ValleyFillingOverChargeOnlyMw = now.ValleyMw - own.ValleyMw,
            Energy = new EnergyFigures(
                problem.ChargeOnlyKw.Sum() * Slots.Hours * mega, facts.ChargingKw.Sum() * Slots.Hours * mega, dischargedKwh * mega,
                dischargedKwh / problem.Week.Settings.Vehicles * 7 / point.Days,
                week.StoredKwh.Average(), week.ChargingPotentialKwh.Average(), week.DischargingPotentialKwh.Average()),
            CompensationRmb = facts.CompensationRmb * scale,
            Satisfaction = new SatisfactionFigures(
                facts.Departures, facts.Departures == 0 ? 1 : facts.SatisfactionSum / facts.Departures,
                facts.Departures == 0 ? 1 : facts.FullDepartures / (double)facts.Departures, facts.LowestSatisfaction,
                [.. facts.SatisfactionBins.Select(n => facts.Departures == 0 ? 0 : n / (double)facts.Departures)]),
            DischargedKwh = InequalityOf(facts.DischargedKwh),
            DegradationRmb = InequalityOf(facts.DegradationRmb),
            DegradationChargeOnlyRmb = InequalityOf(facts.DegradationChargeOnlyRmb),
            Districts = Districts(city, problem.Week, facts, scale),
            PaperWay = batches is null
                ? null
                : new BatchFigures(
                    batches.Batches, batches.ObjectiveKw * scale, (batches.ObjectiveKw - plan.ObjectiveKw) / Math.Max(1e-9, ownObjectiveKw - plan.ObjectiveKw),
                    LoadFigures.Of(Scaled(batches.AfterKw, mega), x.DayOfSlot), batches.DischargedKwh * mega, batches.LargestGap),
        };
        var curves = new PointCurves
        {
            OriginalMw = original,
            ChargeOnlyMw = chargeOnly,
            AfterMw = after,
            ChargingMw = Scaled(facts.ChargingKw, mega),
            DischargingMw = Scaled(facts.DischargingKw, mega),
            StoredChargeOnlyKwh = week.StoredKwh,
            StoredAfterKwh = [.. week.StoredKwh.Select((kwh, t) => kwh + ((facts.StoredKwh[t] - facts.StoredChargeOnlyKwh[t]) / problem.Week.Settings.Vehicles))],
            ChargingPotentialKwh = week.ChargingPotentialKwh[..x.SlotCount],
            DischargingPotentialKwh = week.DischargingPotentialKwh[..x.SlotCount],
        };
        return new PointAnswer(figures, curves);
    }

    private static DistrictFigures[] Districts(CityParameters city, SimulatedWeek week, DispatchFacts facts, double scale)
    {
        var homes = new int[city.Districts.Count];
        foreach (WeekPart part in week.Parts)
        {
            foreach (WeekVehicle vehicle in part.Vehicles) homes[vehicle.HomeDistrict]++;
        }
        return [.. city.Districts.Select((d, i) =>
        {
            DistrictSums sums = facts.Districts[i];
            return new DistrictFigures(
                d.Name, d.LongitudeDeg, d.LatitudeDeg, d.AreaKm2, (int)Math.Round(homes[i] * scale), (int)Math.Round(sums.TakePart * scale),
                sums.ChargedKwh * scale / 1000, sums.DischargedKwh * scale / 1000, Math.Max(0, -facts.DistrictKw[i].Min()) * scale / 1000,
                sums.CompensationRmb * scale, sums.Departures == 0 ? 1 : sums.SatisfactionSum / sums.Departures);
        })];
    }

    /// <summary>Figures of values that are 0 or more but for rounding; zeros where nobody takes part.</summary>
    private static Inequality InequalityOf(double[] values) =>
        values.Length == 0 ? new Inequality(0, 0, 0, 0) : Inequality.Of(Array.ConvertAll(values, v => Math.Max(0, v)));

    private static double[] Scaled(double[] values, double factor) => Array.ConvertAll(values, v => v * factor);
}
