using Movc.Domain.Dispatch;

namespace Movc.Audit.Tests;

public sealed class LoweredNeedTests
{
    // 10,000 Wh and six slots at 7 kW: 16,300 Wh at departure is the most that can be had.
    private const int ReachableWh = 16_300;

    [Fact]
    public void A_need_out_of_reach_may_be_lowered_to_what_can_be_reached_if_it_is_listed()
    {
        TestPlan plan = Plan(needWh: 20_000);
        List(plan, 20_000, ReachableWh);
        plan.Audit().Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_lowered_need_still_has_to_be_met()
    {
        TestPlan plan = Plan(needWh: 20_000);
        List(plan, 20_000, ReachableWh);
        plan.SetPower(0, 5, plan.Schedules[0][5] - (.001 * 6 / .9));
        plan.Audit().Findings.ShouldHaveSingleItem().Message.ShouldContain("it leaves with 16299 Wh where 16300 Wh is needed");
    }

    [Fact]
    public void A_need_lowered_without_listing_it_is_found()
    {
        TestPlan plan = Plan(needWh: 20_000);
        AuditFinding finding = plan.Audit().Findings.ShouldHaveSingleItem();
        finding.Kind.ShouldBe(AuditFindingKind.NeedNotListed);
        finding.Message.ShouldContain("it needs 20000 Wh at departure, can have 16300 Wh at most");
    }

    [Fact]
    public void A_need_lowered_without_cause_is_found()
    {
        TestPlan plan = Plan(needWh: 16_000);
        List(plan, 16_000, 12_000);
        plan.SetPower(0, 5, 0);
        plan.SetPower(0, 4, 0);
        plan.Kinds().ShouldBe([AuditFindingKind.NeedLoweredWithoutCause, AuditFindingKind.NeedMissed]);
    }

    [Fact]
    public void A_need_lowered_further_than_it_must_is_found()
    {
        TestPlan plan = Plan(needWh: 20_000);
        List(plan, 20_000, ReachableWh - 2);
        plan.Kinds().ShouldBe([AuditFindingKind.NeedNotListed, AuditFindingKind.NeedLoweredWithoutCause]);
    }

    [Fact]
    public void A_listing_without_any_need_like_it_is_found()
    {
        TestPlan plan = Plan(needWh: 5_000);
        List(plan, 20_000, ReachableWh);
        plan.Infeasible.Add(new InfeasibleVehicle(7, "needed at departure is out of reach", 1, 1));
        plan.Audit().Findings.Select(f => f.Kind).ShouldBe([AuditFindingKind.NeedLoweredWithoutCause, AuditFindingKind.NeedLoweredWithoutCause]);
    }

    [Fact]
    public void A_final_floor_out_of_reach_is_treated_like_a_need()
    {
        TestPlan plan = Plan(needWh: 0);
        plan.Instance.FinalMinWh[0] = 30_000;
        plan.Prove();
        plan.Kinds().ShouldBe([AuditFindingKind.NeedNotListed]);
        // 16,300 Wh less the trip's 1,000 Wh, plus five slots of 1,050 Wh.
        List(plan, 30_000, 20_550);
        plan.Audit().Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_trip_no_schedule_can_drive_is_trimmed_if_it_is_listed()
    {
        TestPlan plan = Plan(needWh: 0);
        plan.Instance.TripWhAfter[0] = 17_000;
        plan.Instance.FinalMinWh[0] = 5_250;
        plan.Prove();
        plan.Kinds().ShouldBe([AuditFindingKind.NeedNotListed]);
        List(plan, 17_000, ReachableWh);
        plan.Audit().Findings.ShouldBeEmpty();
    }

    [Fact]
    public void The_bound_is_that_of_the_repaired_instance()
    {
        TestPlan plan = Plan(needWh: 20_000);
        List(plan, 20_000, ReachableWh);
        TestPlan same = Plan(needWh: ReachableWh);
        plan.Audit().BoundKw.ShouldBe(same.Audit().BoundKw);
        plan.Audit().BoundKw!.Value.ShouldBeGreaterThan(0);
    }

    private static void List(TestPlan plan, int wantedWh, int reachableWh)
    {
        plan.Infeasible.Add(new InfeasibleVehicle(0, "needed at departure is out of reach", wantedWh, reachableWh));
        plan.Status = DispatchStatus.Repaired;
    }

    private static TestPlan Plan(int needWh)
    {
        var columns = new TestFleet.Columns();
        columns.CapacityWh.Add(60_000);
        columns.InitialWh.Add(10_000);
        columns.FinalMinWh.Add(0);
        columns.Stay(0, 6, 7_000, 7_000, needWh, 1_000);
        columns.Stay(7, 12, 7_000, 7_000, 0, 0);
        columns.StayOffset.Add(2);
        DispatchInstance x = columns.Build(Enumerable.Repeat(50.0, 12).ToArray(), new int[12], []);
        var plan = new TestPlan(x, TestFleet.ChargeOnly(x), new double[12]);
        plan.Prove();
        return plan;
    }
}
