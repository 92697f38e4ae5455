using Movc.Domain;
using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Horizon;
using Movc.RollingOptimizer.Plans;
using Movc.RollingOptimizer.Solver;
using Movc.Studies.Regret;

namespace Movc.Studies.Tests.Regret;

/// <summary>The ladder from what happened to perfect foresight, on a fleet whose every move is known.</summary>
public class CauseStudyTests
{
    private const int Slots10 = 48;
    private const int Horizon = 48;

    // J is some 20 kW here; what a solve leaves over and sums' last bits are under this.
    private const double DustKw = .01;

    private static readonly Lazy<Task<CauseFigures>> Usual = new(() => SplitAsync(Obedient, LoadKw, reserveKwh: 20)), Mistaken = new(() => SplitAsync(Obedient, t => 100 - LoadKw(t), reserveKwh: 20));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_steps_add_up_to_the_whole_loss_and_no_rung_is_under_what_perfect_foresight_proves()
    {
        CauseFigures causes = await Mistaken.Value;
        causes.Rungs.Select(r => r.Name).ShouldBe(["as-it-was", "everybody-follows", "without-reserve", "load-known", "vehicles-known", "perfect-foresight"]);
        causes.Rungs.Select(r => r.Cause).ShouldBe(["", "non-compliance", "reserve", "load forecast", "vehicle forecast", "horizon"]);
        causes.LossKw.ShouldBeGreaterThan(1);
        causes.Rungs.Sum(r => r.StepKw).ShouldBe(causes.LossKw, 1e-9);
        causes.Rungs.Sum(r => r.StepShare).ShouldBe(1 - causes.Kept, 1e-9);
        causes.Rungs[^1].LossKw.ShouldBe(0);
        for (int r = 1; r < causes.Rungs.Count; r++) (causes.Rungs[r - 1].ObjectiveKw - causes.Rungs[r].ObjectiveKw).ShouldBe(causes.Rungs[r].StepKw, 1e-9);
        (causes.Rungs[0].ObjectiveKw, causes.Rungs[0].StepKw).ShouldBe((causes.Rungs[0].RunKw, 0));
        // What each rung came to is a feasible point of the problem it is held against.
        foreach (CauseRung rung in causes.Rungs) rung.RunKw.ShouldBeGreaterThanOrEqualTo(rung.PerfectBoundKw * (1 - 1e-6), rung.Name);
        causes.Rungs[4].LossKw.ShouldBeLessThan(causes.LossKw);
        causes.Rungs.ShouldAllBe(r => r.DeparturesUnderPromise == null || r.DeparturesUnderPromise == 0);
    }

    [Fact]
    public async Task Where_everybody_followed_nothing_is_lost_to_non_compliance_and_the_rung_is_what_happened_to_the_last_bit()
    {
        CauseFigures causes = await Usual.Value;
        causes.Rungs[1].RunKw.ShouldBe(causes.Rungs[0].RunKw);
        causes.Rungs[1].StepKw.ShouldBe(0);
    }

    [Fact]
    public async Task A_fleet_that_followed_nothing_lost_by_that_what_its_plans_would_have_gained()
    {
        CauseFigures deaf = await SplitAsync(Deaf, LoadKw, reserveKwh: 20), obedient = await Usual.Value;
        deaf.Kept.ShouldBe(0, 1e-9);
        deaf.Rungs[1].StepKw.ShouldBeGreaterThan(obedient.Rungs[1].StepKw + 1);
        // Lived again they are one and the same.
        for (int r = 1; r <= 4; r++) deaf.Rungs[r].RunKw.ShouldBe(obedient.Rungs[r].RunKw, DustKw, deaf.Rungs[r].Name);
    }

    [Fact]
    public async Task A_load_that_came_as_it_was_foreseen_lost_nothing_and_one_foreseen_upside_down_did()
    {
        (await Usual.Value).Rungs[3].StepKw.ShouldBe(0, DustKw);
        (await Mistaken.Value).Rungs[3].StepKw.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task What_is_held_in_reserve_costs_and_nothing_where_nothing_is_held()
    {
        CauseFigures with = await Usual.Value, without = await SplitAsync(Obedient, LoadKw, reserveKwh: 0, usedWh: 0);
        with.Rungs[2].StepKw.ShouldBeGreaterThan(.1);
        without.Rungs[2].StepKw.ShouldBe(0);
    }

    [Fact]
    public async Task Stays_that_came_as_they_were_declared_and_usual_lose_less_than_others()
    {
        CauseFigures usual = await SplitAsync(Obedient, LoadKw, reserveKwh: 20, isUsual: true), unusual = await Usual.Value;
        unusual.Rungs[4].StepKw.ShouldBeGreaterThan(usual.Rungs[4].StepKw);
    }

    [Fact]
    public void A_period_of_which_a_plan_is_missing_is_refused()
    {
        var fleet = new TwoStayFleet(Vehicles(false, 4_000), Slots10) { AsItWas = Nothing };
        PlanHead[] heads = [.. Heads(fleet, LoadKw, 0).Where((_, t) => t != 7)];
        Should.Throw<InputException>(() => new PastCity(fleet, Realized(fleet), heads, UtcCalendar.Instance)).Message.ShouldContain("no plan is stored of the interval at 2022-07-18 01:10Z");
    }

    private static PastRun Nothing => new(null!, new double[Slots10], new double[Slots10], new double[Slots10]);

    private static double LoadKw(int t) => 50 + (30 * Math.Sin(Math.Tau * t / 40));

    private static async Task<CauseFigures> SplitAsync(
        Func<CauseStudy, TwoStayFleet, Func<int, double>, double, Task<PastRun>> live, Func<int, double> forecast, double reserveKwh, int usedWh = 4_000, bool isUsual = false)
    {
        var fleet = new TwoStayFleet(Vehicles(isUsual, usedWh), Slots10);
        var solver = new DispatchSolver(new DispatchSolverOptions { Threads = 1, DenseSweeps = 20 });
        var study = new CauseStudy(new PlanAgain(UtcCalendar.Instance, UnmanagedCharging.AtOnce, solver), solver);
        fleet.AsItWas = await live(study, fleet, forecast, reserveKwh);
        int planned = 0;
        CauseFigures causes = await study.OfAsync(fleet, new PastCity(fleet, Realized(fleet), Heads(fleet, forecast, reserveKwh), UtcCalendar.Instance), 1, (done, all, _) => planned += all == 4 * Slots10 ? 1 : 0, Token);
        planned.ShouldBe(4 * Slots10);
        return causes;
    }

    /// <summary>What the fleet would have done by itself is what it did.</summary>
    private static async Task<PastRun> Deaf(CauseStudy study, TwoStayFleet fleet, Func<int, double> forecast, double reserveKwh)
    {
        IFleetAgain alone = await fleet.AgainAsync(false, Token);
        for (int t = 0; t < Slots10; t++) await alone.FollowAsync([new SetpointBatch(0, 0, 0, [], [])], Token);
        return alone.Finish();
    }

    /// <summary>It follows its plans: a city of which only its load is known lives what it then has lived.</summary>
    private static async Task<PastRun> Obedient(CauseStudy study, TwoStayFleet fleet, Func<int, double> forecast, double reserveKwh)
    {
        fleet.AsItWas = Nothing;
        return await study.LiveAsync(fleet, new PastCity(fleet, Realized(fleet), Heads(fleet, forecast, reserveKwh), UtcCalendar.Instance), RegretRung.Again[0], () => { }, Token);
    }

    private static TwoStayFleet.Vehicle[] Vehicles(bool isUsual, int usedWh)
    {
        var random = new Random(3);
        return
        [
            .. Enumerable.Range(0, 12).Select(_ =>
            {
                int leave = random.Next(10, 24), back = leave + random.Next(3, 12);
                (int early, int late) = (random.Next(0, 6), random.Next(-8, 9));
                return new TwoStayFleet.Vehicle(random.Next(15_000, 40_000), leave, back, usedWh, 12_000, isUsual ? leave : leave + early, isUsual ? back : Math.Max(leave + early + 1, back + late));
            }),
        ];
    }

    private static RealizedSlot[] Realized(TwoStayFleet fleet) =>
    [
        .. Enumerable.Range(0, Slots10).Select(t =>
        {
            PastRun was = fleet.AsItWas;
            return new RealizedSlot(fleet.FromMs + (t * Slots.Ms), LoadKw(t), LoadKw(t) + was.ChargeOnlyKw[t], LoadKw(t) + (was.ChargedKw[t] - was.DischargedKw[t]))
            {
                Willing = new WillingSlot(was.ChargeOnlyKw[t], was.ChargedKw[t], was.DischargedKw[t]),
            };
        }),
    ];

    private static PlanHead[] Heads(TwoStayFleet fleet, Func<int, double> forecast, double reserveKwh) =>
    [
        .. Enumerable.Range(0, Slots10).Select(t =>
        {
            DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(fleet.FromMs + (t * Slots.Ms));
            double[] kw = [.. Enumerable.Range(t, Horizon).Select(forecast)];
            return new PlanHead(
                new PlanView("id", at, t, "solved", "", 0, 0, 0, 0, 0, 0, "h", 7, [0], new LoadCurves(at, Slots.Minutes, kw, kw, kw), new AuditView(0, 0, 0, ""), at, Promise: new PromiseView(0, reserveKwh, 0, 0)), []);
        }),
    ];
}
