using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Metrics;
using Movc.Domain.Simulation;
using Movc.RollingOptimizer.Solver;
using Movc.Studies.Dispatch;
using Movc.Studies.Points;
using Movc.Studies.Weeks;

namespace Movc.Studies.Tests.Points;

public class DispatchFactsTests
{
    private static readonly WeekProblem Problem = SmallWeeks.Problem(SmallWeeks.Base, satisfaction: 0.5);
    private static readonly DispatchResult Plan = new DispatchSolver().Solve(Problem.Instance, 1, null, CancellationToken.None);

    [Fact]
    public void Every_figure_is_that_of_a_slow_walk_through_every_slot()
    {
        DispatchInstance x = Problem.Instance;
        DispatchFacts facts = Facts(Plan.Schedules, 0);
        double[] kw = new double[x.SlotCount];
        double satisfied = 0, paid = 0;
        long departures = 0;
        for (int i = 0; i < x.VehicleCount; i++)
        {
            Plan.Schedules.Expand(i, kw);
            double energy = x.InitialWh[i] / 1000.0, own = energy, discharged = 0, wear = 0, ownWear = 0;
            WeekPart part = Problem.Week.Parts[Problem.Vehicle[i] / FleetSimulation.ChunkVehicles];
            ReadOnlySpan<WeekStay> stays = part.StaysOf(Problem.Vehicle[i] - part.FirstVehicle);
            int s = x.StayOffset[i];
            for (int t = 0; t <= x.SlotCount; t++)
            {
                // A stay's end comes before the next one's beginning.
                if (s < x.StayOffset[i + 1] && x.EndSlot[s] == t)
                {
                    WeekStay stay = stays[s - x.StayOffset[i]];
                    ownWear += Wear(own, own + (stay.StoredWh / 1000.0), x.CapacityWh[i]);
                    own += stay.StoredWh / 1000.0;
                    if (stay.EndSlot <= x.SlotCount)
                    {
                        satisfied += own <= 0 ? 1 : Math.Min(1, energy / own);
                        departures++;
                        wear += Wear(energy, energy - (x.TripWhAfter[s] / 1000.0), x.CapacityWh[i]);
                        ownWear += Wear(own, own - (x.TripWhAfter[s] / 1000.0), x.CapacityWh[i]);
                        energy -= x.TripWhAfter[s] / 1000.0;
                        own -= x.TripWhAfter[s] / 1000.0;
                    }
                    s++;
                }
                if (t == x.SlotCount || kw[t] == 0) continue;
                double next = energy + (kw[t] > 0 ? 0.9 * kw[t] / 6 : kw[t] / 6 / 0.9);
                wear += Wear(energy, next, x.CapacityWh[i]);
                energy = next;
                if (kw[t] < 0) discharged -= kw[t] / 6;
            }
            paid += discharged * (Problem.Strategy[i] == V2gStrategy.WhenStaying ? 0.15 : 0.03);
            facts.DischargedKwh[i].ShouldBe(discharged, 1e-9);
            facts.DegradationRmb[i].ShouldBe(wear, 1e-6);
            facts.DegradationChargeOnlyRmb[i].ShouldBe(ownWear, 1e-6);
            energy.ShouldBeGreaterThanOrEqualTo((x.FinalMinWh[i] / 1000.0) - 0.01);
        }
        facts.Violations.ShouldBe(0);
        facts.Departures.ShouldBe(departures);
        facts.SatisfactionSum.ShouldBe(satisfied, 1e-6 * satisfied);
        facts.CompensationRmb.ShouldBe(paid, 1e-9 * paid);
        facts.SatisfactionBins.Sum().ShouldBe(departures);
        facts.LowestSatisfaction.ShouldBeGreaterThan(0.4999);
        facts.Districts.Sum(d => d.TakePart).ShouldBe(x.VehicleCount);
        facts.Districts.Sum(d => d.CompensationRmb).ShouldBe(paid, 1e-9 * paid);
        facts.Districts.Sum(d => d.DischargedKwh).ShouldBe(facts.DischargedKwh.Sum(), 1e-6);
    }

    [Fact]
    public void Loads_of_the_schedules_are_those_of_the_plan()
    {
        DispatchFacts facts = Facts(Plan.Schedules, 0);
        for (int t = 0; t < Plan.AfterKw.Length; t++)
        {
            Plan.AfterKw[t].ShouldBe(Problem.Instance.LoadKw[t] + facts.ChargingKw[t] - facts.DischargingKw[t], 1e-3);
            facts.DistrictKw.Sum(d => d[t]).ShouldBe(facts.ChargingKw[t] - facts.DischargingKw[t], 1e-6);
        }
        double[] throughput = [.. facts.ChargingKw.Zip(facts.DischargingKw, (c, d) => c + d)];
        ObjectiveOf.Load(Plan.AfterKw, throughput, Problem.Instance.DayOfSlot, Problem.Instance.Lambda).ShouldBe(Plan.ObjectiveKw, 1e-6 * Plan.ObjectiveKw);
    }

    [Fact]
    public void Sums_are_the_same_on_any_number_of_threads()
    {
        DispatchFacts one = Facts(Plan.Schedules, 1), many = Facts(Plan.Schedules, 3);
        many.StoredKwh.ShouldBe(one.StoredKwh);
        many.ChargingKw.ShouldBe(one.ChargingKw);
        many.CompensationRmb.ShouldBe(one.CompensationRmb);
    }

    [Fact]
    public void Vehicles_that_do_nothing_are_seen_to_do_nothing()
    {
        DispatchFacts facts = Facts(new Idle(), 0);
        facts.DischargedKwh.ShouldAllBe(kwh => kwh == 0);
        facts.ChargingKw.ShouldAllBe(kw => kw == 0);
        facts.CompensationRmb.ShouldBe(0);
        // Nobody charges, so many leave with less than Charge Only would have given them.
        (facts.SatisfactionSum / facts.Departures).ShouldBeLessThan(0.9);
        facts.StoredKwh.Sum().ShouldBeLessThan(facts.StoredChargeOnlyKwh.Sum());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-7.0)]
    [InlineData(7.0)]
    [InlineData(80.0)]
    public void Schedules_that_break_limits_are_found(double kw)
    {
        // Planted: nothing charged, everything emptied, everything overfilled, more than any charger gives.
        Facts(new Constant(kw), 0).Violations.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void A_city_in_which_nobody_takes_part_has_figures_all_the_same()
    {
        // Five owners without a compensation.
        var point = new StudyPoint { City = "shenzhen", Season = Ingest.Simulation.Season.Winter, Gamma = 0, Fleet = 5, Days = 1, Seed = 1, Batches = new BatchOptions(2, true) };
        PointResult none = new PointRunner(new WeekSource(null, 0), 0).Run(SmallWeeks.Shenzhen, point, _ => { }, TestContext.Current.CancellationToken).Figures;
        none.Participation.Share.ShouldBe(0);
        none.Solve.Status.ShouldBe("empty");
        none.CompensationRmb.ShouldBe(0);
        none.DischargedKwh.ShouldBe(new Inequality(0, 0, 0, 0));
        none.Satisfaction.Mean.ShouldBe(1);
        none.PaperWay.ShouldBeNull();
        none.After.PeakMw.ShouldBe(none.ChargeOnly.PeakMw, 1e-9);
    }

    private static DispatchFacts Facts(IScheduleSource schedules, int threads) =>
        DispatchFacts.Of(Problem, schedules, SmallWeeks.Shenzhen.Districts.Count, threads, TestContext.Current.CancellationToken);

    private static double Wear(double from, double to, int capacityWh) => BatteryDegradation.CostRmb(from, to, capacityWh / 1000.0);

    private sealed class Constant(double kw) : IScheduleSource
    {
        public void Expand(int vehicle, Span<double> powerKw) => powerKw.Fill(kw);
    }

    private sealed class Idle : IScheduleSource
    {
        public void Expand(int vehicle, Span<double> powerKw) => powerKw.Clear();
    }
}
