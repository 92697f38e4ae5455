using Movc.Domain.Charging;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Horizon;

namespace Movc.RollingOptimizer.Tests.Horizon;

/// <summary>What is owed at a departure beside what was asked for.</summary>
public sealed class OwedTests
{
    private const long At = Fleets.At;
    private static readonly HorizonPolicy Policy = new(Satisfaction: 0) { ReserveWh = 10_000, FleetNeedWh = 8_000, KeepsNeed = false, ReadySlots = 0 };

    [Fact]
    public void The_reserve_of_a_vehicle_goes_with_what_it_needs_as_a_rule()
    {
        Owed.Wh(5_000, 40_000, Policy, usualNeedWh: 8_000).ShouldBe(15_000);
        Owed.Wh(5_000, 40_000, Policy, usualNeedWh: 2_000).ShouldBe(7_500);
        Owed.Wh(5_000, 40_000, Policy, usualNeedWh: 20_000).ShouldBe(30_000);
        // Never more than Charge Only would have.
        Owed.Wh(5_000, 24_000, Policy, usualNeedWh: 20_000).ShouldBe(24_000);
        // Of whom nothing is known, the fleet or the vehicle: half as much again.
        Owed.Wh(5_000, 40_000, Policy, usualNeedWh: 0).ShouldBe(20_000);
        Owed.Wh(5_000, 40_000, Policy with { FleetNeedWh = 0 }, usualNeedWh: 2_000).ShouldBe(20_000);
        // Who asked for nothing gets all that Charge Only would have given.
        Owed.Wh(0, 40_000, Policy, usualNeedWh: 2_000).ShouldBe(40_000);
    }

    [Fact]
    public void The_mean_vehicle_holds_the_reserve_as_it_stands()
    {
        FleetSnapshot fleet = new(At, [Shard([4_000, 0, FleetOutlook.OwesAll]), Shard([12_000])]);
        ReserveControl.FleetNeedWh(fleet).ShouldBe(8_000);
        ReserveControl.FleetNeedWh(new(At, [Shard([0, FleetOutlook.OwesAll])])).ShouldBe(0);
    }

    [Fact]
    public void Who_plugs_in_only_to_charge_leaves_with_all_that_Charge_Only_would_have_now_and_at_stays_to_come()
    {
        long leavesMs = At + (40 * Slots.Ms);
        Fleets.Vehicle vehicle = new(60_000, 10_000, 6_000, leavesMs, ChargeOnlyWh: 30_000, UnmanagedW: 0, NeededWh: 5_000);
        FleetOutlook outlook = Fleets.NothingExpected(2);
        outlook = new()
        {
            GapOffset = [0, 2, 4], UsualNeedWh = [FleetOutlook.OwesAll, 8_000], FromSlot = [40, 90, 40, 90], ToSlot = [50, 95, 50, 95], UsedWh = [2_000, 1_000, 2_000, 1_000],
            UsualChargeW = outlook.UsualChargeW, Vehicle = [], CapacityWh = [], EnergyWh = [], ChargeOnlyEnergyWh = [], MaxChargeW = [], MaxDischargeW = [], NeededWh = [],
        };
        // A load that falls to the end: no anchor in the way.
        HorizonProblem p = new HorizonBuilder(new Fleets.UtcCalendar(), UnmanagedCharging.AtOnce).Build(
            new FleetSnapshot(At, [Fleets.Shard(At, 0, [vehicle, vehicle], outlook: outlook)]), new HorizonForecast([.. Enumerable.Range(0, 144).Select(t => 2_000.0 - t)]), [], Policy);
        p.Row.ShouldBe([0, 1]);
        // Nothing is charged in Charge Only meanwhile: after the first trip it has 2,000 Wh less.
        p.Instance.NeededAtDepartureWh.ShouldBe([30_000, 28_000, p.Instance.NeededAtDepartureWh[2], 15_000, 15_000, p.Instance.NeededAtDepartureWh[5]]);
    }

    private static ShardSnapshot Shard(int[] usualNeedWh)
    {
        FleetOutlook none = Fleets.NothingExpected(usualNeedWh.Length);
        FleetOutlook outlook = new()
        {
            UsualNeedWh = usualNeedWh, GapOffset = none.GapOffset, UsualChargeW = none.UsualChargeW, FromSlot = [], ToSlot = [], UsedWh = [], Vehicle = [], CapacityWh = [], EnergyWh = [],
            ChargeOnlyEnergyWh = [], MaxChargeW = [], MaxDischargeW = [], NeededWh = [],
        };
        return Fleets.Shard(At, 0, [.. usualNeedWh.Select(_ => new Fleets.Vehicle(50_000, 20_000, 6_000, At + Slots.Ms))], outlook: outlook);
    }
}
