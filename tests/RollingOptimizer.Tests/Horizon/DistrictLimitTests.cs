using Movc.Domain.Aggregators;
using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Horizon;
using Movc.RollingOptimizer.Setpoints;

namespace Movc.RollingOptimizer.Tests.Horizon;

/// <summary>What a district's vehicles may draw together, in the problem and in the coming interval.</summary>
public sealed class DistrictLimitTests
{
    private const long At = Fleets.At;
    private const double None = double.PositiveInfinity;

    private static readonly HorizonPolicy Policy = Fleets.PresentStays;

    [Fact]
    public void A_limit_holds_for_the_districts_vehicles_less_what_charges_outside_the_plan_and_who_is_to_come()
    {
        Fleets.Vehicle willing = new(60_000, 30_000, 7_000, At + (40 * Slots.Ms), MaxDischargeW: 7_000), alone = willing with { Consent = V2gStrategy.ChargeOnly, ChargeOnlyWh = 59_000, EnergyWh = 59_000 };
        FleetSnapshot fleet = Fleets.Of(At, [willing, willing, alone, willing]);
        Place(fleet, 0, 1, 0, 0);
        FleetLimit limit = Build(fleet, new DistrictLimit(0, "west", 100, 50) { RiseKw = 10, DropKw = 4 }).Instance.Limits.ShouldHaveSingleItem();
        limit.Vehicle.ShouldBe([0, 2]);
        // The one that charges on its own lacks a kilowatt-hour, which is 6 2/3 kW throughout the first interval.
        limit.MaxKw[0].ShouldBe(90 - (20 / 3.0), 1e-9);
        limit.MinKw[0].ShouldBe(-46 - (20 / 3.0), 1e-9);
        (limit.MaxKw[2], limit.MinKw[2]).ShouldBe((90, -46));
        // Without an end for what is delivered.
        Build(fleet, new DistrictLimit(1, "east", 100, None)).Instance.Limits[0].MinKw[0].ShouldBe(double.NegativeInfinity);
        Build(fleet).Instance.Limits.ShouldBeEmpty();
    }

    [Fact]
    public void Setpoints_over_a_limit_are_taken_back_first_of_who_has_most_time_left()
    {
        // Leaving in 5, 2 and 10 hours; all lack the same.
        Fleets.Vehicle Leaving(int hours) => new(60_000, 30_000, 7_000, At + (hours * 6 * Slots.Ms), NeededWh: 35_000, MaxDischargeW: 7_000);
        FleetSnapshot fleet = Fleets.Of(At, [Leaving(5), Leaving(2), Leaving(10)], [Leaving(9)]);
        foreach (ShardSnapshot shard in fleet.Shards) Array.Fill(shard.District, 0);
        fleet.Shards[1].District[0] = 1;
        (int[][] powerW, LimitView view) = Keep(fleet, new DistrictLimit(0, "west", 12, None) { RiseKw = 1, DropKw = 90 }, [7_000, 7_000, 7_000, 7_000]);
        powerW[0].ShouldBe([4_000, 7_000, 0]);
        powerW[1].ShouldBe([7_000], "another district");
        (view.PlannedKw, view.RiseKw, view.Cut, view.IsKept, view.ImportKw, view.ExportKw).ShouldBe((11, 1, 2, true, 12, null));
    }

    [Fact]
    public void What_is_delivered_over_a_limit_is_taken_back_first_of_the_emptiest()
    {
        Fleets.Vehicle With(int wh) => new(60_000, wh, 7_000, At + (60 * Slots.Ms), MaxDischargeW: 7_000);
        FleetSnapshot fleet = Fleets.Of(At, [With(30_000), With(10_000), With(50_000)]);
        Place(fleet, 0, 0, 0);
        (int[][] powerW, LimitView view) = Keep(fleet, new DistrictLimit(0, "west", None, 15) { RiseKw = 90, DropKw = 5 }, [-7_000, -7_000, -7_000]);
        powerW[0].ShouldBe([-3_000, 0, -7_000]);
        (view.PlannedKw, view.Cut, view.IsKept).ShouldBe((-10, 2, true));
    }

    [Fact]
    public void Vehicles_that_nobody_may_dispatch_are_not_cut_and_the_plan_says_that_the_limit_cannot_be_kept()
    {
        Fleets.Vehicle willing = new(60_000, 30_000, 7_000, At + (40 * Slots.Ms), MaxDischargeW: 7_000);
        FleetSnapshot fleet = Fleets.Of(At, [willing, willing with { Consent = V2gStrategy.ChargeOnly, StandingW = 7_000 }]);
        Place(fleet, 0, 0);
        (int[][] powerW, LimitView view) = Keep(fleet, new DistrictLimit(0, "west", 5, None), [7_000]);
        powerW[0][0].ShouldBe(0);
        (view.PlannedKw, view.IsKept, view.Cut).ShouldBe((7, false, 1));
        PlanStatus.Broken([view]).ShouldHaveSingleItem().ShouldBe("the limit of west cannot be kept: with nothing left to take back vehicles draw 7 kW and 0 kW more may be drawn before the next plan, 5 kW are allowed");
        // What is kept free alone may be over it, and so may what is delivered.
        PlanStatus.Broken([view with { PlannedKw = 0, RiseKw = 9 }]).ShouldHaveSingleItem().ShouldContain("draw 0 kW and 9 kW more may be drawn");
        PlanStatus.Broken([view with { ImportKw = null, ExportKw = 3, PlannedKw = -4 }]).ShouldHaveSingleItem().ShouldContain("4 kW are delivered");
        PlanStatus.Broken([view with { IsKept = true }]).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_kept_free_is_learned_from_what_plans_were_missed_by_in_the_last_hour_and_at_this_time_yesterday()
    {
        var margins = new LimitMargins(2);
        margins.Of(0, At).ShouldBe((0, 0));
        void Live(int slot, double plannedKw, double measuredKw)
        {
            margins.Note([plannedKw, 0]);
            margins.Observe(Measured(At + ((slot + 1) * Slots.Ms), [measuredKw, 0], [0, 0]), DispatchMask.None);
        }
        Live(0, 100, 104);
        Live(1, 100, 104);
        margins.Of(0, At + (2 * Slots.Ms)).ShouldBe((4, 0), "always the same");
        Live(2, 100, 98);
        // Mean 2, deviation sqrt(8).
        (double rise, double drop) = margins.Of(0, At + (3 * Slots.Ms));
        rise.ShouldBe(2 + (5 * Math.Sqrt(8)), 1e-9);
        drop.ShouldBe((5 * Math.Sqrt(8)) - 2, 1e-9);
        margins.Of(1, At + (3 * Slots.Ms)).ShouldBe((0, 0), "another district");
        for (int slot = 3; slot < Slots.PerDay; slot++) Live(slot, 100, 100);
        margins.Of(0, At + (100 * Slots.Ms)).ShouldBe((4, 2), "what there was within a day");
        margins.Of(0, At + ((Slots.PerDay + 1) * Slots.Ms)).RiseKw.ShouldBeGreaterThan(4, "about this time yesterday");
        // A process that began within the interval knows nothing of it.
        margins.Note([100, 0]);
        margins.Observe(Measured(At + ((Slots.PerDay + 1) * Slots.Ms), [], []), DispatchMask.None);
        margins.Of(0, At + ((Slots.PerDay + 20) * Slots.Ms)).ShouldBe((0, 0), "more than a day ago");
    }

    [Fact]
    public void While_feeds_are_silent_room_grows_for_who_comes_unheard_as_many_as_came_yesterday()
    {
        var margins = new LimitMargins(1);
        DispatchMask silent = new(new HashedAggregators(2), ["west"], [], ["aggregator-1"]);
        Fleets.Vehicle[] vehicles = [.. Enumerable.Range(0, 400).Select(_ => new Fleets.Vehicle(60_000, 30_000, 7_000, At + (9 * Slots.Ms)))];
        FleetSnapshot Arriving(int slot, double kw)
        {
            ShardSnapshot shard = Fleets.Shard(At + (slot * Slots.Ms), 0, vehicles, slotDistrictKw: [kw], slotDistrictArrivedKw: [kw]);
            Array.Fill(shard.District, 0);
            return new FleetSnapshot(shard.AtMs, [shard]);
        }
        for (int slot = 1; slot <= Slots.PerDay; slot++) margins.Observe(Arriving(slot, 10), DispatchMask.None);
        double share = Enumerable.Range(0, 400).Count(k => silent.Hides(Arriving(0, 0).Shards[0], k)) / 400.0;
        share.ShouldBeInRange(.4, .6);
        // Half of what comes is heard of.
        for (int k = 1; k <= 3; k++)
        {
            margins.Observe(Arriving(Slots.PerDay + k, 10 * (1 - share)), silent);
            margins.Of(0, At + ((Slots.PerDay + k) * Slots.Ms)).RiseKw.ShouldBe(7 + (2 * share * 10 * k), 1e-6, "and the strongest vehicle");
        }
        margins.Observe(Arriving(Slots.PerDay + 4, 10), DispatchMask.None);
        margins.Of(0, At + ((Slots.PerDay + 4) * Slots.Ms)).ShouldBe((7, 7));
    }

    private static FleetSnapshot Measured(long atMs, double[] kw, double[] arrivedKw) => new(atMs, [Fleets.Shard(atMs, 0, [], slotDistrictKw: kw, slotDistrictArrivedKw: arrivedKw)]);

    private static void Place(FleetSnapshot fleet, params int[] districts) => districts.CopyTo(fleet.Shards[0].District, 0);

    private static HorizonProblem Build(FleetSnapshot fleet, params DistrictLimit[] limits) =>
        new HorizonBuilder(new Fleets.UtcCalendar(), UnmanagedCharging.AtOnce).Build(fleet, new KnownCity(new Fleets.RisingLoad()).Forecast(At, 48), [], Policy, new DispatchOrders(DispatchMask.None, limits, []));

    private static (int[][] PowerW, LimitView View) Keep(FleetSnapshot fleet, DistrictLimit limit, int[] planned)
    {
        HorizonProblem problem = Build(fleet, limit);
        WantedPower wanted = SetpointSelector.Wanted(fleet, problem, FakeSolver.Result(problem.Instance, planned), UnmanagedCharging.AtOnce, Policy, DispatchMask.None);
        LimitView view = new LimitGuard(fleet, UnmanagedCharging.AtOnce, Policy).Keep([limit], wanted).ShouldHaveSingleItem();
        return (wanted.PowerW, view);
    }
}
