using Movc.Domain.Dispatch;

namespace Movc.Audit.Tests;

public sealed class SampleTests
{
    private static readonly AuditOptions Sampled = new() { FullUpTo = 100, SampleSize = 40, BoundUpTo = 100, Seed = 3 };

    [Fact]
    public void A_large_fleet_is_sampled_and_the_report_says_what_it_did_not_check()
    {
        AuditReport report = Plan().Audit(Sampled);
        report.Findings.ShouldBeEmpty();
        (report.Checked, report.Vehicles, report.BoundChecked).ShouldBe((40, 400, false));
        report.ObjectiveKw.ShouldBeNull();
        report.Gap.ShouldBeNull();
        report.NotChecked.Count.ShouldBe(3);
        report.NotChecked[0].ShouldBe("schedules of 360 of 400 vehicles");
        report.NotChecked[2].ShouldStartWith("bound: recomputed up to 100 vehicles, here are 400");
    }

    [Fact]
    public void The_sample_always_holds_the_first_and_the_last_vehicle_and_reaches_every_part()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var source = new Recorder(Plan());
            PlanAuditor.Audit(source.Plan.Instance, source.Result(), Sampled with { Seed = seed });
            source.Asked.Count.ShouldBe(40);
            source.Asked.ShouldBe(source.Asked.Distinct().Order());
            source.Asked[0].ShouldBe(0);
            source.Asked[^1].ShouldBe(399);
            source.Asked.Zip(source.Asked.Skip(1), (a, b) => b - a).Max().ShouldBeLessThanOrEqualTo(22);
        }
    }

    [Fact]
    public void The_same_seed_asks_for_the_same_vehicles_and_another_seed_for_others()
    {
        IReadOnlyList<int> Asked(ulong seed)
        {
            var source = new Recorder(Plan());
            PlanAuditor.Audit(source.Plan.Instance, source.Result(), Sampled with { Seed = seed });
            return source.Asked;
        }
        Asked(5).ShouldBe(Asked(5));
        Asked(5).ShouldNotBe(Asked(6));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(399)]
    public void A_fault_of_the_first_or_last_vehicle_is_found_in_a_sample(int vehicle)
    {
        TestPlan plan = Plan();
        plan.SetPower(vehicle, 2, plan.Schedules[vehicle][2] + .001);
        plan.Kinds(Sampled).ShouldBe([AuditFindingKind.ChargeOverLimit]);
    }

    [Fact]
    public void Setpoints_of_vehicles_outside_the_sample_are_held_against_their_limits()
    {
        TestPlan plan = Plan();
        int unseen = Enumerable.Range(1, 398).First(i => !Asked(plan).Contains(i));
        plan.FirstSlotPowerW[unseen]++;
        plan.Kinds(Sampled).ShouldBe([AuditFindingKind.ChargeOverLimit]);
    }

    [Fact]
    public void Setpoints_that_do_not_sum_to_the_load_are_found()
    {
        TestPlan plan = Plan();
        HashSet<int> seen = [.. Asked(plan)];
        for (int i = 0; i < 400; i++)
        {
            if (!seen.Contains(i)) plan.FirstSlotPowerW[i] -= 10;
        }
        plan.Kinds(Sampled).ShouldBe([AuditFindingKind.FirstSlotDiffers]);
    }

    [Fact]
    public void A_load_that_no_set_of_vehicles_could_make_is_found()
    {
        TestPlan plan = Plan();
        plan.AfterKw[20] += 400 * 7;
        plan.ObjectiveKw *= 2;
        plan.Kinds(Sampled).ShouldBe([AuditFindingKind.AfterLoadDiffers]);
        plan.AfterKw[20] = double.NaN;
        plan.Kinds(Sampled).ShouldBe([AuditFindingKind.NotFinite]);
    }

    [Fact]
    public void An_objective_under_what_the_load_alone_costs_is_found()
    {
        TestPlan plan = Plan();
        plan.ObjectiveKw *= .99;
        plan.BoundKw = 0;
        plan.Kinds(Sampled).ShouldBe([AuditFindingKind.ObjectiveDiffers]);
    }

    [Fact]
    public void Needs_are_checked_for_every_vehicle_even_in_a_sample()
    {
        TestPlan plan = Plan();
        int unseen = Enumerable.Range(1, 398).First(i => !Asked(plan).Contains(i));
        plan.Instance.FinalMinWh[unseen] = plan.Instance.CapacityWh[unseen] + 1;
        plan.Kinds(Sampled).ShouldBe([AuditFindingKind.NeedNotListed]);
    }

    [Fact]
    public void Replaying_makes_no_object_per_vehicle()
    {
        long Allocated(int vehicles)
        {
            TestPlan plan = Plan(vehicles);
            DispatchResult result = plan.Result();
            AuditOptions options = AuditOptions.Default with { BoundUpTo = 0 };
            PlanAuditor.Audit(plan.Instance, result, options);
            long before = GC.GetAllocatedBytesForCurrentThread();
            PlanAuditor.Audit(plan.Instance, result, options);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        // The columns of the effective needs and the list of vehicles are 24 bytes a vehicle with two stays; nothing else may grow.
        (Allocated(1_400) - Allocated(400)).ShouldBeLessThanOrEqualTo(1_000 * 24 + 100);
    }

    private static IReadOnlyList<int> Asked(TestPlan plan)
    {
        var source = new Recorder(plan);
        PlanAuditor.Audit(plan.Instance, source.Result(), Sampled);
        return source.Asked;
    }

    private static TestPlan Plan(int vehicles = 400)
    {
        DispatchInstance x = TestFleet.Mixed(vehicles, 9);
        return new TestPlan(x, TestFleet.ChargeOnly(x), TestFleet.Prices(x, .4));
    }

    private sealed class Recorder(TestPlan plan) : IScheduleSource
    {
        public TestPlan Plan { get; } = plan;

        public List<int> Asked { get; } = [];

        public void Expand(int vehicle, Span<double> powerKw)
        {
            Asked.Add(vehicle);
            Plan.Expand(vehicle, powerKw);
        }

        public DispatchResult Result()
        {
            DispatchResult r = Plan.Result();
            return new DispatchResult
            {
                Status = r.Status, ObjectiveKw = r.ObjectiveKw, BoundKw = r.BoundKw, Seconds = 0, AfterKw = r.AfterKw, Prices = r.Prices,
                FirstSlotPowerW = r.FirstSlotPowerW, Infeasible = r.Infeasible, Schedules = this, WarmPrices = r.WarmPrices,
            };
        }
    }
}
