using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.Domain.Flexibility;
using Movc.Domain.Queries;
using Movc.RollingOptimizer.Flexibility;
using Movc.RollingOptimizer.Model;
using Movc.RollingOptimizer.Solver;
using Movc.RollingOptimizer.Tests.Horizon;

namespace Movc.RollingOptimizer.Tests.Flexibility;

/// <summary>What is said to be deliverable is delivered by schedules that keep every promise; what is said to be impossible is.</summary>
public sealed class DeliverySolverTests
{
    private static readonly DispatchSolver Solver = new(DispatchSolverOptions.Live);
    private static readonly DeliverySolver Deliveries = new(Solver, 2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void A_delivery_keeps_the_limits_takes_off_what_was_asked_and_costs_no_less_than_its_bound(double share)
    {
        (DispatchInstance x, DispatchResult plan) = Planned();
        foreach (var window in new[] { new DeliveryWindow(1, 4), new DeliveryWindow(70, 76) })
        {
            double kw = share * Deliveries.MostKw(x, plan, window, Token);
            if (kw <= 1) continue;
            Delivery found = Deliveries.Seek(x, plan, window, kw, 1, proves: true, Token);
            found.BoundKw.ShouldBeLessThanOrEqualTo(found.CostKw + 1e-6);
            found.BoundKw.ShouldBeGreaterThanOrEqualTo(plan.BoundKw - plan.ObjectiveKw - 1e-9);
            if (found.Deliverable != Deliverable.Yes) continue;
            found.DeliveredKw.ShouldAllBe(d => d >= (1 - DeliverySolver.Tolerance) * kw - 1e-9);
            // Made again from the schedules: those planned anew, and the others as by the plan.
            double[] load = Load(x, plan, found);
            for (int t = window.From; t < window.To; t++) (plan.AfterKw[t] - load[t]).ShouldBe(found.DeliveredKw[t - window.From], 1e-6 * Math.Abs(load[t]));
            CheckPromises(x, found);
        }
    }

    [Fact]
    public void More_than_the_certified_most_is_impossible_and_nearly_that_is_found()
    {
        (DispatchInstance x, DispatchResult plan) = Planned();
        var window = new DeliveryWindow(70, 73);
        double mostKw = Deliveries.MostKw(x, plan, window, Token);
        Deliveries.Seek(x, plan, window, 1.001 * mostKw, 1, proves: true, Token).Deliverable.ShouldBe(Deliverable.No);
        // By hand: the least that each vehicle can draw in the window is one of its own optima under a price on the window alone.
        double[] price = [.. Enumerable.Range(0, x.SlotCount).Select(t => t >= window.From && t < window.To ? 1.0 : 0)];
        double planned = Enumerable.Range(window.From, window.Slots).Sum(t => plan.AfterKw[t] - x.LoadKw[t]);
        DispatchInstance free = x with { LoadKw = [.. price.Select(p => 1e6 * p)], PastLoadKw = [] };
        DispatchResult pushed = Solver.Solve(free, 1, null, Token);
        double reached = planned - Enumerable.Range(window.From, window.Slots).Sum(t => pushed.AfterKw[t] - free.LoadKw[t]);
        (reached / window.Slots).ShouldBeLessThanOrEqualTo(mostKw * (1 + 1e-9));
        (reached / window.Slots).ShouldBeGreaterThan(0.9 * mostKw);
    }

    [Fact]
    public async Task The_desk_answers_within_the_horizon_alone()
    {
        (DispatchInstance x, DispatchResult plan) = Planned();
        var desk = new FlexibilityDesk(null, TimeProvider.System);
        (await desk.AskAsync(new FlexibilityAsk(default, default, 1), Token)).ShouldBeNull();
        (await desk.CurveAsync(Token)).ShouldBeNull();
        DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(Fleets.At);
        PlanView view = Plans.StoredPlans.Plan(Fleets.At, plan.ObjectiveKw, 1).View;
        desk.Note(view, Fleets.Of(Fleets.At, [[]]), x, plan);
        FlexibilityAnswer answer = (await desk.AskAsync(new FlexibilityAsk(at.AddMinutes(405), at.AddMinutes(455), 0.02), Token)).ShouldNotBeNull();
        (answer.From, answer.To, answer.DeliveredMw.Count).ShouldBe((at.AddMinutes(400), at.AddMinutes(460), 6));
        answer.CompensationRmb.ShouldBeNull();
        answer.TouchedSample.ShouldBeGreaterThan(0);
        foreach ((double from, double to, double mw, string reason) in new[] { (0.0, 30.0, 1.0, "the next interval"), (10, 10, 1, "to:"), (10, 100_000, 1, "the plan's end"), (10, 30, 0, "mw"), (10, 30, double.NaN, "mw"), (10, 30, -5, "mw") })
            (await Should.ThrowAsync<InputException>(async () => await desk.AskAsync(new FlexibilityAsk(at.AddMinutes(from), at.AddMinutes(to), mw), Token))).Message.ShouldContain(reason);
        SupplyCurve curve = (await desk.CurveAsync(Token)).ShouldNotBeNull();
        curve.Points.Count(p => p.IsMost).ShouldBe(4);
        foreach (IGrouping<int, SupplyPoint> of in curve.Points.GroupBy(p => p.Minutes)) of.ShouldAllBe(p => p.Mw <= of.Single(m => m.IsMost).Mw + 1e-9);
        (await desk.CurveAsync(Token)).ShouldBeSameAs(curve);
    }

    private static (DispatchInstance Instance, DispatchResult Plan) Planned()
    {
        DispatchInstance x = SyntheticFleet.Mixed(700, 96, 5);
        return (x, Solver.Solve(x, 1, null, Token));
    }

    private static double[] Load(DispatchInstance x, DispatchResult plan, Delivery found)
    {
        var load = (double[])x.LoadKw.Clone();
        var power = new double[x.SlotCount];
        var anew = new Dictionary<int, int>();
        for (int k = 0; k < found.Vehicle.Length; k++) anew.Add(found.Vehicle[k], k);
        for (int i = 0; i < x.VehicleCount; i++)
        {
            if (anew.TryGetValue(i, out int place)) found.Schedules!.Expand(place, power);
            else plan.Schedules.Expand(i, power);
            for (int t = 0; t < power.Length; t++) load[t] += power[t];
        }
        return load;
    }

    private static void CheckPromises(DispatchInstance x, Delivery found)
    {
        var power = new double[x.SlotCount];
        for (int k = 0; k < found.Vehicle.Length; k += 7)
        {
            int i = found.Vehicle[k];
            found.Schedules!.Expand(k, power);
            double wh = x.InitialWh[i];
            int t = 0;
            for (int s = x.StayOffset[i]; s < x.StayOffset[i + 1]; s++)
            {
                for (; t < x.StartSlot[s]; t++) power[t].ShouldBe(0);
                for (; t < x.EndSlot[s]; t++)
                {
                    power[t].ShouldBeInRange((-x.MaxDischargeW[s] / 1000.0) - 1e-9, (x.MaxChargeW[s] / 1000.0) + 1e-9);
                    wh += 1000 * x.SlotHours * (power[t] > 0 ? x.Efficiency * power[t] : power[t] / x.Efficiency);
                    wh.ShouldBeInRange(-1, x.CapacityWh[i] + 1);
                }
                wh.ShouldBeGreaterThanOrEqualTo(x.NeededAtDepartureWh[s] - 1);
                wh -= x.TripWhAfter[s];
            }
            wh.ShouldBeGreaterThanOrEqualTo(x.FinalMinWh[i] - 1);
        }
    }
}
