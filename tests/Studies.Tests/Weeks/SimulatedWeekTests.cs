using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Mobility;
using Movc.Domain.Simulation;
using Movc.Domain.Time;
using Movc.Ingest.Simulation.People;
using Movc.Studies.Dispatch;
using Movc.Studies.Validation;
using Movc.Studies.Weeks;

namespace Movc.Studies.Tests.Weeks;

public class SimulatedWeekTests
{
    [Fact]
    public void A_week_is_the_same_on_any_number_of_threads()
    {
        var settings = new WeekSettings { Vehicles = 9000, Seed = 7, Days = 2 };
        SimulatedWeek one = SmallWeeks.Simulate(settings, 1), many = SmallWeeks.Simulate(settings, 5);
        many.Parts.Count.ShouldBe(3);
        for (int p = 0; p < 3; p++) many.Parts[p].Stays.ShouldBe(one.Parts[p].Stays);
        double[] a = SmallWeeks.Problem(one, threads: 1).Instance.LoadKw, b = SmallWeeks.Problem(many, threads: 5).Instance.LoadKw;
        b.ShouldBe(a);
        WeekFacts.Of(many, 5, TestContext.Current.CancellationToken).StoredKwh.ShouldBe(WeekFacts.Of(one, 1, TestContext.Current.CancellationToken).StoredKwh);
    }

    [Fact]
    public void Its_curves_are_those_that_the_validation_finds_in_the_lives_themselves()
    {
        SimulatedWeek week = SmallWeeks.Base;
        int from = 2 * TravelRhythm.SlotsPerWeek;
        var facts = new FleetFacts(week.People, from, week.Slots, 0);
        FleetSimulation.Run(week.People, week.Settings.Seed, week.Settings.Vehicles, 0, from + week.Slots + Slots.PerDay, _ => new FleetFacts(week.People, from, week.Slots, 0), (f, _, life) => f.Add(life), facts.Merge, cancellationToken: TestContext.Current.CancellationToken);
        var curves = WeekFacts.Of(week, 0, TestContext.Current.CancellationToken);
        curves.StoredKwh.Average().ShouldBe(facts.StoredKwh, 5e-3);
        curves.ChargingPotentialKwh.Take(week.Slots).Average().ShouldBe(facts.ChargingPotentialKwh, 2e-2);
        curves.DischargingPotentialKwh.Take(week.Slots).Average().ShouldBe(facts.DischargingPotentialKwh, 2e-2);
        double[] load = SmallWeeks.Problem(week).ChargeOnlyKw;
        for (int t = 0; t < load.Length; t++)
            load[t].ShouldBe(facts.LoadKw(PlaceKind.Home)[t] + facts.LoadKw(PlaceKind.Work)[t] + facts.LoadKw(PlaceKind.Other)[t], 1e-6);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public void Owners_decide_as_in_a_simulation_with_that_compensation(double gamma)
    {
        SimulatedWeek week = SmallWeeks.Base;
        WeekProblem problem = SmallWeeks.Problem(week, gamma: gamma);
        var lived = new Dictionary<int, V2gStrategy>();
        FleetSimulation.Run(
            CityPeople.Of(SmallWeeks.Shenzhen, gamma: gamma), week.Settings.Seed, week.Settings.Vehicles, 0, 1, _ => new Dictionary<int, V2gStrategy>(),
            (sums, v, life) => sums[v] = life.Strategy,
            sums =>
            {
                foreach ((int v, V2gStrategy s) in sums) lived[v] = s;
            },
            cancellationToken: TestContext.Current.CancellationToken);
        problem.Vehicle.Zip(problem.Strategy).ShouldBe(lived.Where(l => l.Value != V2gStrategy.ChargeOnly).OrderBy(l => l.Key).Select(l => (l.Key, l.Value)));
    }

    [Fact]
    public void Quick_charging_at_home_comes_with_its_share_and_moves_nobody_else()
    {
        SimulatedWeek none = SmallWeeks.Base;
        SimulatedWeek half = SmallWeeks.Simulate(none.Settings with { QuickAtHomeShare = 0.5 }), all = SmallWeeks.Simulate(none.Settings with { QuickAtHomeShare = 1 });
        int QuickAtHome(SimulatedWeek week) => week.Parts.Sum(p => p.Stays.Count(s => s is { Place: PlaceKind.Home, Mode: ChargingMode.Quick }));
        QuickAtHome(none).ShouldBe(0);
        QuickAtHome(half).ShouldBeGreaterThan(100);
        QuickAtHome(half).ShouldBeInRange((int)(0.4 * QuickAtHome(all)), (int)(0.6 * QuickAtHome(all)));
        // Where people go does not depend on it.
        for (int p = 0; p < none.Parts.Count; p++)
            all.Parts[p].Stays.Select(s => (s.StartSlot, s.EndSlot, s.District)).ShouldBe(none.Parts[p].Stays.Select(s => (s.StartSlot, s.EndSlot, s.District)));
    }

    [Fact]
    public void A_week_is_a_feasible_dispatch_problem_whatever_takes_part()
    {
        foreach (StrategyMix mix in Enum.GetValues<StrategyMix>())
        {
            foreach (double satisfaction in (double[])[0, 0.7, 1])
            {
                WeekProblem problem = SmallWeeks.Problem(SmallWeeks.Base, mix, satisfaction: satisfaction);
                Domain.Dispatch.DispatchInstance x = problem.Instance;
                for (int i = 0; i < x.VehicleCount; i++)
                {
                    long energy = x.InitialWh[i];
                    energy.ShouldBeInRange(0, x.CapacityWh[i]);
                    // Full power from the first slot of each session until full or gone: what Charge Only has at least at a departure.
                    for (int s = x.StayOffset[i]; s < x.StayOffset[i + 1]; s++)
                    {
                        WeekStay stay = problem.Week.Parts[problem.Vehicle[i] / FleetSimulation.ChunkVehicles].StaysOf(problem.Vehicle[i] % FleetSimulation.ChunkVehicles)[s - x.StayOffset[i]];
                        energy += stay.StoredWh;
                        energy.ShouldBeLessThanOrEqualTo(x.CapacityWh[i]);
                        energy.ShouldBeGreaterThanOrEqualTo(x.NeededAtDepartureWh[s]);
                        if (x.EndSlot[s] < x.SlotCount) x.NeededAtDepartureWh[s].ShouldBeGreaterThanOrEqualTo(Math.Min((int)energy, (int)(satisfaction * energy)));
                        energy -= x.TripWhAfter[s];
                        energy.ShouldBeGreaterThanOrEqualTo(0);
                    }
                    energy.ShouldBe(x.FinalMinWh[i]);
                }
            }
        }
    }
}
