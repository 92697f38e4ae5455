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
}
