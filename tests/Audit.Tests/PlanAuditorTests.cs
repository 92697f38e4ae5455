using Movc.Domain.Dispatch;

namespace Movc.Audit.Tests;

public sealed class PlanAuditorTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 2)]
    [InlineData(60, 3)]
    public void A_right_plan_has_no_finding(int vehicles, int seed)
    {
        AuditReport report = TestPlan.ChargeOnly(TestFleet.Mixed(vehicles, seed)).Audit();
        report.Findings.ShouldBeEmpty();
        report.NotChecked.ShouldBeEmpty();
        report.BoundChecked.ShouldBeTrue();
        report.ToView().ShouldBe(new Domain.Queries.AuditView(vehicles, vehicles, 0, string.Empty));
    }

    [Fact]
    public void Charging_one_watt_over_the_limit_is_found()
    {
        TestPlan plan = Plan();
        plan.SetPower(4, 2, plan.Schedules[4][2] + .001);
        AuditFinding finding = plan.Audit().Findings.ShouldHaveSingleItem();
        finding.Kind.ShouldBe(AuditFindingKind.ChargeOverLimit);
        (finding.Vehicle, finding.Slot).ShouldBe((4, 2));
        finding.Message.ShouldContain(" W where ");
    }

    [Fact]
    public void Discharging_one_watt_over_the_limit_is_found()
    {
        TestPlan plan = Plan();
        plan.Instance.MaxDischargeW[2 * 4] = 0;
        plan.SetPower(4, 3, -.001);
        plan.Kinds().ShouldBe([AuditFindingKind.DischargeOverLimit]);
    }

    [Fact]
    public void A_sign_that_is_flipped_is_found()
    {
        TestPlan plan = Plan();
        plan.Schedules[4] = [.. plan.Schedules[4].Select(p => -p)];
        plan.Kinds().ShouldContain(AuditFindingKind.EnergyUnderZero);
        plan.Kinds().ShouldContain(AuditFindingKind.AfterLoadDiffers);
    }

    [Fact]
    public void One_watt_hour_under_a_need_is_found()
    {
        TestPlan plan = Plan();
        int leaves = plan.Instance.EndSlot[2 * 3];
        plan.Instance.NeededAtDepartureWh[2 * 3] = (int)EnergyAtEnd(plan, 3, leaves);
        plan.Prove();
        plan.Audit().Findings.ShouldBeEmpty();
        // 1.5 Wh less in the battery than charged before: rounding the need down to a whole Wh had left at most 1 Wh of it free.
        plan.SetPower(3, leaves - 1, plan.Schedules[3][leaves - 1] - (.0015 * 6 / .9));
        AuditFinding finding = plan.Audit().Findings.First(f => f.Kind == AuditFindingKind.NeedMissed);
        (finding.Vehicle, finding.Slot).ShouldBe((3, leaves));
        plan.Kinds().ShouldBe([AuditFindingKind.NeedMissed]);
    }

    [Fact]
    public void A_need_one_watt_hour_over_what_the_schedule_brings_is_found()
    {
        TestPlan plan = WholeNumbers();
        plan.Instance.NeededAtDepartureWh[0] = 14_200;
        plan.Prove();
        plan.Audit().Findings.ShouldBeEmpty();
        plan.SetPower(0, 0, plan.Schedules[0][0] - (.001 * 6 / .9));
        plan.Kinds().ShouldBe([AuditFindingKind.NeedMissed]);
    }

    [Fact]
    public void Ending_one_watt_hour_under_the_floor_is_found()
    {
        TestPlan plan = WholeNumbers();
        plan.Instance.FinalMinWh[0] = 14_200;
        plan.Prove();
        plan.Audit().Findings.ShouldBeEmpty();
        plan.SetPower(0, 3, plan.Schedules[0][3] - (.001 * 6 / .9));
        plan.Kinds().ShouldBe([AuditFindingKind.FinalFloorMissed]);
    }

    [Fact]
    public void A_battery_over_its_capacity_is_reported_where_it_leaves_its_bounds_and_once()
    {
        TestPlan plan = WholeNumbers();
        plan.Instance.CapacityWh[0] = 12_000;
        AuditFinding finding = plan.Audit().Findings.ShouldHaveSingleItem();
        (finding.Kind, finding.Slot).ShouldBe((AuditFindingKind.EnergyOverCapacity, 2));
    }

    [Fact]
    public void Discharging_what_is_not_there_is_found()
    {
        TestPlan plan = WholeNumbers();
        plan.Instance.InitialWh[0] = 10;
        plan.SetPower(0, 0, -.1);
        plan.Kinds().ShouldBe([AuditFindingKind.EnergyUnderZero]);
    }

    [Fact]
    public void A_trip_that_takes_more_than_the_schedule_left_is_found()
    {
        TestPlan plan = WholeNumbers();
        plan.Instance.InitialWh[0] = 0;
        plan.Instance.EndSlot[0] = 3;
        plan.Instance.TripWhAfter[0] = 3_150;
        plan.SetPower(0, 3, 0);
        plan.Prove();
        plan.Audit().Findings.ShouldBeEmpty();
        plan.SetPower(0, 1, 6.9);
        plan.Kinds().ShouldBe([AuditFindingKind.EnergyUnderZero]);
    }

    [Fact]
    public void Power_while_driving_is_found()
    {
        TestPlan plan = Plan();
        int drives = plan.Instance.EndSlot[2 * 5];
        plan.SetPower(5, drives, .001);
        AuditFinding finding = plan.Audit().Findings.ShouldHaveSingleItem();
        (finding.Kind, finding.Vehicle, finding.Slot).ShouldBe((AuditFindingKind.PowerWhileAway, 5, drives));
    }

    [Fact]
    public void A_vehicle_that_is_dropped_is_found_in_the_load_and_in_its_floor()
    {
        TestPlan plan = Plan();
        Array.Clear(plan.Schedules[6]);
        AuditFindingKind[] kinds = plan.Kinds();
        kinds.ShouldContain(AuditFindingKind.AfterLoadDiffers);
        kinds.ShouldContain(AuditFindingKind.FinalFloorMissed);
        kinds.ShouldContain(AuditFindingKind.ObjectiveDiffers);
        kinds.ShouldContain(AuditFindingKind.FirstSlotDiffers);
    }

    [Fact]
    public void A_load_that_is_tampered_with_in_one_slot_is_found_there()
    {
        TestPlan plan = Plan();
        plan.AfterKw[17] += .01;
        AuditFinding finding = plan.Audit().Findings.ShouldHaveSingleItem();
        (finding.Kind, finding.Slot).ShouldBe((AuditFindingKind.AfterLoadDiffers, 17));
    }

    [Theory]
    [InlineData(1e-4)]
    [InlineData(-1e-4)]
    public void An_objective_that_is_a_ten_thousandth_off_is_found(double relative)
    {
        TestPlan plan = Plan();
        plan.ObjectiveKw *= 1 + relative;
        plan.Kinds().ShouldBe([AuditFindingKind.ObjectiveDiffers]);
    }

    [Fact]
    public void The_slots_already_gone_count_in_the_objective_of_their_day()
    {
        TestPlan plan = Plan();
        DispatchInstance with = plan.Instance;
        plan.ObjectiveKw = TestFleet.ObjectiveKw(TestFleet.Mixed(20, 7, past: 0), plan.Schedules);
        with.PastLoadKw.ShouldNotBeEmpty();
        plan.Kinds().ShouldBe([AuditFindingKind.ObjectiveDiffers]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_setpoint_one_watt_off_its_schedule_is_found(int watts)
    {
        TestPlan plan = Plan();
        plan.FirstSlotPowerW[8] += watts;
        AuditFinding finding = plan.Audit().Findings.ShouldHaveSingleItem();
        (finding.Kind, finding.Vehicle, finding.Slot).ShouldBe((AuditFindingKind.FirstSlotDiffers, 8, 0));
    }

    [Theory]
    [InlineData(3.4569, 3456, true)]
    [InlineData(3.4569, 3457, true)]
    [InlineData(3.4569, 3455, false)]
    [InlineData(3.4569, 3458, false)]
    [InlineData(3.4561, 3457, false)]
    [InlineData(-3.4569, -3456, true)]
    [InlineData(-3.4569, -3457, true)]
    [InlineData(-3.4569, -3455, false)]
    [InlineData(-3.4561, -3457, false)]
    [InlineData(3.4569, -3457, false)]
    public void A_setpoint_is_its_schedules_power_to_the_nearest_watt_or_with_the_fraction_cut_off(double powerKw, int setpointW, bool right)
    {
        TestPlan plan = WholeNumbers();
        plan.SetPower(0, 0, powerKw);
        plan.FirstSlotPowerW[0] = setpointW;
        plan.Kinds().ShouldBe(right ? [] : [AuditFindingKind.FirstSlotDiffers]);
    }

    [Fact]
    public void A_schedule_with_a_slot_that_was_never_written_is_found()
    {
        TestPlan plan = Plan();
        plan.Schedules[1] = plan.Schedules[1][..^1];
        AuditReport report = plan.Audit();
        AuditFinding finding = report.Findings.ShouldHaveSingleItem();
        (finding.Kind, finding.Vehicle, finding.Slot).ShouldBe((AuditFindingKind.NotFinite, 1, 35));
        report.ObjectiveKw.ShouldBeNull();
        report.NotChecked.ShouldHaveSingleItem().ShouldContain("objective");
    }

    [Fact]
    public void Columns_of_the_wrong_length_are_found()
    {
        TestPlan plan = Plan();
        plan.AfterKw = plan.AfterKw[1..];
        plan.FirstSlotPowerW = [];
        plan.Audit().Findings.Select(f => f.Kind).ShouldBe([AuditFindingKind.WrongLength, AuditFindingKind.WrongLength]);
    }

    [Fact]
    public void A_bound_over_the_objective_is_found_without_looking_at_a_vehicle()
    {
        TestPlan plan = Plan();
        plan.BoundKw = plan.ObjectiveKw * 1.001;
        plan.Kinds(new AuditOptions { BoundUpTo = 0 }).ShouldBe([AuditFindingKind.BoundOverObjective]);
    }

    [Theory]
    [InlineData(DispatchStatus.Repaired)]
    [InlineData(DispatchStatus.Empty)]
    public void A_status_that_contradicts_the_plan_is_found(DispatchStatus status)
    {
        TestPlan plan = Plan();
        plan.Status = status;
        plan.Kinds().ShouldBe([AuditFindingKind.StatusContradicts]);
    }

    [Fact]
    public void Findings_are_worded_up_to_the_cap_and_counted_beyond_it()
    {
        TestPlan plan = Plan();
        for (int t = 0; t < 12; t++) plan.Schedules[4][t] += 1;
        plan.FollowSchedules();
        AuditReport report = plan.Audit(new AuditOptions { MaxFindings = 3 });
        report.Findings.Count.ShouldBe(3);
        report.FindingCount.ShouldBe(plan.Audit().Findings.Count);
        report.ToView().Findings.ShouldBeGreaterThanOrEqualTo(12);
        report.ToView().FirstFinding.ShouldStartWith("vehicle 4, slot 0: it charges ");
    }

    [Fact]
    public void An_instance_whose_stays_overlap_is_refused_because_nothing_can_be_replayed()
    {
        TestPlan plan = Plan();
        plan.Instance.StartSlot[1] = plan.Instance.EndSlot[0] - 1;
        Should.Throw<ArgumentException>(() => plan.Audit()).Message.ShouldContain("stay 1 of vehicle 0 overlaps");
    }

    [Fact]
    public void An_empty_fleet_leaves_the_load_as_it_is()
    {
        DispatchInstance x = TestFleet.Mixed(0, 1);
        var plan = new TestPlan(x, [], TestFleet.Prices(x, 0)) { Status = DispatchStatus.Empty };
        AuditReport report = plan.Audit();
        report.Findings.ShouldBeEmpty();
        report.BoundKw.ShouldBe(0);
    }

    private static TestPlan Plan() => TestPlan.ChargeOnly(TestFleet.Mixed(20, 7));

    /// <summary>One vehicle, four slots at 7 kW: 10 kWh becomes 14.2 kWh exactly.</summary>
    private static TestPlan WholeNumbers()
    {
        var columns = new TestFleet.Columns();
        columns.CapacityWh.Add(60_000);
        columns.InitialWh.Add(10_000);
        columns.FinalMinWh.Add(0);
        columns.Stay(0, 4, 7_000, 7_000, 0, 0);
        columns.StayOffset.Add(1);
        DispatchInstance x = columns.Build([100, 120, 90, 80], [0, 0, 0, 0], []);
        var plan = new TestPlan(x, TestFleet.ChargeOnly(x), new double[4]);
        plan.BoundKw = 0;
        return plan;
    }

    private static double EnergyAtEnd(TestPlan plan, int vehicle, int slot) =>
        plan.Instance.InitialWh[vehicle] + plan.Schedules[vehicle][..slot].Sum(p => p * 1000 * .9 / 6);
}
