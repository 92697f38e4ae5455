using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Solver;

namespace Movc.RollingOptimizer.Model.Tests;

public sealed class SyntheticFleetTests
{
    [Theory]
    [InlineData(144)]
    [InlineData(300)]
    public void Every_need_can_be_reached_because_charge_only_reaches_it(int slots)
    {
        PreparedFleet.Prepare(SyntheticFleet.Mixed(3000, slots, 9), 2).Infeasible.ShouldBeEmpty();
        PreparedFleet.Prepare(SyntheticFleet.OneStay(3000, slots, 9), 2).Infeasible.ShouldBeEmpty();
    }

    [Fact]
    public void One_seed_gives_one_fleet()
    {
        DispatchInstance a = SyntheticFleet.Mixed(50, 144, 3), b = SyntheticFleet.Mixed(50, 144, 3), c = SyntheticFleet.Mixed(50, 144, 4);
        b.TripWhAfter.ShouldBe(a.TripWhAfter);
        b.LoadKw.ShouldBe(a.LoadKw);
        c.TripWhAfter.ShouldNotBe(a.TripWhAfter);
    }

    [Fact]
    public void The_live_case_has_at_most_one_stay_each()
    {
        DispatchInstance x = SyntheticFleet.OneStay(500, 144, 3);
        for (int i = 0; i < 500; i++) (x.StayOffset[i + 1] - x.StayOffset[i]).ShouldBeLessThanOrEqualTo(1);
    }

    [Theory]
    [InlineData(144)]
    [InlineData(1008)]
    public void The_mixed_fleet_is_plugged_most_of_the_time_and_stays_often(int slots)
    {
        DispatchInstance x = SyntheticFleet.Create(FleetProfile.Mixed, 2000, slots, 5);
        long plugged = 0;
        for (int s = 0; s < x.StartSlot.Length; s++) plugged += x.EndSlot[s] - x.StartSlot[s];
        ((double)plugged / ((long)x.VehicleCount * slots)).ShouldBeGreaterThan(.8);
        (x.StartSlot.Length / (x.VehicleCount * slots / 144.0)).ShouldBeGreaterThan(2.5);
    }

    [Theory]
    [InlineData(FleetProfile.Quick)]
    [InlineData(FleetProfile.Hostile)]
    [InlineData(FleetProfile.Clustered)]
    [InlineData(FleetProfile.Commuters)]
    public void Every_profile_is_feasible_and_solved_to_a_thousandth(FleetProfile profile)
    {
        DispatchInstance x = SyntheticFleet.Create(profile, 5000, 144, 5);
        DispatchResult result = new DispatchSolver().Solve(x, 1, null, TestContext.Current.CancellationToken);
        result.Infeasible.ShouldBeEmpty();
        result.Gap.ShouldBeInRange(-1e-9, 1e-3);
    }
}
