using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Bundles;
using Movc.RollingOptimizer.Model;

namespace Movc.RollingOptimizer.Solver.Tests;

public sealed class LimitTests
{
    private static readonly DispatchSolverOptions Implicit = new() { DenseCells = 0, SampleVehicles = 300, ColdSweeps = 6 };

    [Theory]
    [InlineData(6000, 144, 0)]
    [InlineData(1200, 100, 600_000)]
    public void A_plan_stays_within_its_limits_and_keeps_every_rule_of_every_vehicle(int vehicles, int slots, int denseCells)
    {
        DispatchInstance free = SyntheticFleet.Mixed(vehicles, slots, 22);
        DispatchSolverOptions options = Implicit with { DenseCells = denseCells };
        DispatchResult unlimited = Solve(free, options);
        FleetLimit[] limits = [Squeezed("west", Every(vehicles, 4, 0), free, unlimited, .6), Squeezed("east", Every(vehicles, 4, 1), free, unlimited, .8)];
        DispatchInstance x = free with { Limits = limits };
        DispatchResult result = Solve(x, options);

        CheckResult.Consistent(x, result);
        foreach (FleetLimit limit in limits)
        {
            double[] net = Net(x, result, limit.Vehicle), before = Net(x, unlimited, limit.Vehicle);
            before.Where((kw, t) => kw > limit.MaxKw[t] || kw < limit.MinKw[t]).ShouldNotBeEmpty("the limit must bind");
            // What a plan of whole vehicles may leave uneven: the coming interval is kept to the watt elsewhere.
            double unevenKw = (.005 * before.Max(Math.Abs)) + (3 * x.MaxChargeW.Average() / 1000);
            for (int t = 0; t < slots; t++) net[t].ShouldBeInRange(limit.MinKw[t] - unevenKw, limit.MaxKw[t] + unevenKw, $"{limit.Name}, slot {t}");
        }
        // Proved against the plan without limits: the others take over most of what these may not.
        result.ObjectiveKw.ShouldBeGreaterThan(unlimited.ObjectiveKw);
        result.Gap.ShouldBeLessThan(.01);
    }

    [Fact]
    public void A_limit_that_does_not_bind_changes_nothing()
    {
        DispatchInstance free = SyntheticFleet.Mixed(3000, 100, 24);
        DispatchResult unlimited = Solve(free, Implicit);
        DispatchInstance x = free with { Limits = [Squeezed("west", Every(3000, 3, 0), free, unlimited, 1.01)] };
        DispatchResult result = Solve(x, Implicit);
        result.AfterKw.ShouldBe(unlimited.AfterKw);
        result.FirstSlotPowerW.ShouldBe(unlimited.FirstSlotPowerW);
        PlanBundles.CanBe(result).ShouldBeTrue();
    }

    [Fact]
    public void A_limited_plan_is_the_same_to_the_bit_on_one_two_and_eight_threads_and_no_bundle()
    {
        DispatchInstance free = SyntheticFleet.Mixed(3000, 100, 24);
        DispatchInstance x = free with { Limits = [Squeezed("west", Every(3000, 3, 0), free, Solve(free, Implicit), .5)] };
        DispatchResult one = Solve(x, Implicit with { Threads = 1 });
        foreach (int threads in new[] { 2, 8 })
        {
            DispatchResult many = Solve(x, Implicit with { Threads = threads });
            many.AfterKw.ShouldBe(one.AfterKw);
            many.FirstSlotPowerW.ShouldBe(one.FirstSlotPowerW);
        }
        PlanBundles.CanBe(one).ShouldBeFalse();
    }

    [Fact]
    public void What_no_schedule_can_keep_is_kept_as_far_as_vehicles_can_and_needs_are_met()
    {
        DispatchInstance free = SyntheticFleet.Mixed(2000, 100, 25);
        DispatchResult unlimited = Solve(free, Implicit);
        int[] west = Every(2000, 4, 0);
        DispatchInstance x = free with { Limits = [new FleetLimit("west", west, [.. Enumerable.Repeat(0.0, 100)], [.. Enumerable.Repeat(double.NegativeInfinity, 100)])] };
        DispatchResult result = Solve(x, Implicit);
        CheckResult.Consistent(x, result);
        Net(x, result, west).Max().ShouldBeLessThan(.7 * Net(x, unlimited, west).Max());
    }

    [Fact]
    public void Limits_that_are_none_are_refused_by_name()
    {
        DispatchInstance free = SyntheticFleet.Mixed(20, 30, 26);
        double[] most = [.. Enumerable.Repeat(5.0, 30)], least = [.. Enumerable.Repeat(-5.0, 30)];
        Should.Throw<InputException>(() => Solve(free with { Limits = [new("west", [1, 2], most, least), new("east", [2, 3], most, least)] }, Implicit)).Message.ShouldContain("two limits, the second east");
        Should.Throw<InputException>(() => Solve(free with { Limits = [new("west", [1], least, most)] }, Implicit)).Message.ShouldContain("limit west");
        Should.Throw<ArgumentException>(() => Solve(free with { Limits = [new("west", [2, 1], most, least)] }, Implicit));
        Should.Throw<ArgumentException>(() => Solve(free with { Limits = [new("west", [1], most[1..], least)] }, Implicit));
    }

    /// <summary>A limit at a share of what a plan has the vehicles draw and deliver at most.</summary>
    private static FleetLimit Squeezed(string name, int[] vehicles, DispatchInstance x, DispatchResult plan, double share)
    {
        double[] net = Net(x, plan, vehicles);
        return new FleetLimit(name, vehicles, [.. net.Select(_ => share * net.Max())], [.. net.Select(_ => share * net.Min())]);
    }

    private static int[] Every(int vehicles, int nth, int from) => [.. Enumerable.Range(0, vehicles).Where(i => i % nth == from)];

    private static double[] Net(DispatchInstance x, DispatchResult result, int[] vehicles)
    {
        double[] net = new double[x.SlotCount], power = new double[x.SlotCount];
        foreach (int i in vehicles)
        {
            result.Schedules.Expand(i, power);
            for (int t = 0; t < net.Length; t++) net[t] += power[t];
        }
        return net;
    }

    private static DispatchResult Solve(DispatchInstance x, DispatchSolverOptions options) => new DispatchSolver(options).Solve(x, 7, null, CancellationToken.None);
}
