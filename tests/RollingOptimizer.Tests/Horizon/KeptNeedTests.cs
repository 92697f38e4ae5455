using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Horizon;
using Movc.RollingOptimizer.Solver;

namespace Movc.RollingOptimizer.Tests.Horizon;

/// <summary>No plan takes a vehicle under what its driver asked for, and what is lacking of it comes first.</summary>
public sealed class KeptNeedTests
{
    private const long At = Fleets.At;
    private const long Leaves = At + (30 * Slots.Ms);
    private static readonly HorizonPolicy Keeps = new(Satisfaction: 0, LooksBeyondStays: false) { ReserveWh = 0, ReadySlots = 0 };

    [Fact]
    public void Energy_is_counted_from_the_need_on()
    {
        HorizonProblem p = Build(new Fleets.Vehicle(60_000, 30_000, 6_000, Leaves, MaxDischargeW: 6_000, NeededWh: 12_000));
        (p.Instance.CapacityWh[0], p.Instance.InitialWh[0], p.Instance.NeededAtDepartureWh[0]).ShouldBe((48_000, 18_000, 0));
        p = Build(new Fleets.Vehicle(60_000, 30_000, 6_000, Leaves, MaxDischargeW: 6_000, NeededWh: 12_000) with { }, Keeps with { ReserveWh = 5_000 });
        p.Instance.NeededAtDepartureWh[0].ShouldBe(7_500, "half as much again where nothing is known of the vehicle");
    }

    [Fact]
    public void Whoever_lacks_part_of_its_need_charges_it_first_as_it_would_on_its_own()
    {
        // 3,000 Wh are lacking, 4 kW draw 600 Wh a slot: after five slots it takes part.
        var vehicle = new Fleets.Vehicle(60_000, 9_000, 6_000, Leaves, MaxDischargeW: 6_000, UnmanagedW: 4_000, NeededWh: 12_000);
        FleetSnapshot fleet = Fleets.Of(At, [vehicle]);
        HorizonProblem p = Fleets.Build(fleet, 48, [], Keeps);
        p.Row.ShouldBe([~0]);
        (p.Instance.StartSlot[0], p.Instance.InitialWh[0], p.Instance.CapacityWh[0]).ShouldBe((5, 0, 48_000));
        (p.Instance.LoadKw[0] - p.OriginalKw[0], p.Instance.LoadKw[4] - p.OriginalKw[4], p.Instance.LoadKw[5] - p.OriginalKw[5]).ShouldBe((4, 4, 0));
        SetpointBatch sent = SetpointSelector.Select(fleet, p, FakeSolver.Result(p.Instance, [0]), UnmanagedCharging.AtOnce, Keeps).Single();
        // It stands at nothing; on its own it would draw.
        sent.PowerW.ShouldBe([4_000]);
    }

    [Fact]
    public void Whoever_has_fallen_behind_charging_alone_catches_up_at_full_power()
    {
        var vehicle = new Fleets.Vehicle(60_000, 9_000, 6_000, Leaves, ChargeOnlyWh: 20_000, UnmanagedW: 0, MaxDischargeW: 6_000, NeededWh: 12_000);
        FleetSnapshot fleet = Fleets.Of(At, [vehicle]);
        HorizonProblem p = Fleets.Build(fleet, 48, [], Keeps);
        SetpointSelector.Select(fleet, p, FakeSolver.Result(p.Instance, [0]), UnmanagedCharging.AtOnce, Keeps).Single().PowerW.ShouldBe([6_000]);
        // The last bit of it takes no more than it lacks.
        fleet = Fleets.Of(At, [vehicle with { EnergyWh = 11_700 }]);
        p = Fleets.Build(fleet, 48, [], Keeps);
        SetpointSelector.Select(fleet, p, FakeSolver.Result(p.Instance, [0]), UnmanagedCharging.AtOnce, Keeps).Single().PowerW.ShouldBe([2_000]);
    }

    [Fact]
    public void Who_tells_no_departure_is_planned_for_by_its_habits_and_of_whom_nothing_is_known_charges_alone()
    {
        FleetOutlook outlook = Fleets.NothingExpected(2);
        FleetSnapshot fleet = new(At, [Fleets.Shard(At, 0, [new(60_000, 30_000, 6_000, 0, MaxDischargeW: 6_000, NeededWh: 9_000), new(60_000, 30_000, 6_000, 0, MaxDischargeW: 6_000)], outlook: outlook)]);
        HorizonProblem p = Fleets.Build(fleet, 48, [], Keeps);
        p.Row.ShouldBe([0]);
        p.Instance.InitialWh[0].ShouldBe(21_000);
        p.Instance.EndSlot[0].ShouldBe(48);
    }

    [Fact]
    public void At_every_moment_of_a_plan_every_vehicle_holds_its_need_or_what_it_had()
    {
        var random = new Random(5);
        Fleets.Vehicle[] vehicles = [.. Enumerable.Range(0, 200).Select(_ =>
        {
            int capacity = random.Next(30_000, 80_000), energy = random.Next(capacity);
            return new Fleets.Vehicle(
                capacity, energy, random.Next(3_000, 11_000), At + (random.Next(2, 90) * Slots.Ms) + random.NextInt64(Slots.Ms), ChargeOnlyWh: Math.Min(capacity, energy + random.Next(10_000)),
                MaxDischargeW: random.Next(0, 9_000), NeededWh: random.Next(1, 25_000));
        })];
        // A load that falls: whoever could would give all it has at once.
        FleetSnapshot fleet = Fleets.Of(At, vehicles);
        HorizonProblem p = new HorizonBuilder(new Fleets.UtcCalendar(), UnmanagedCharging.AtOnce).Build(fleet, new HorizonForecast([.. Enumerable.Range(0, 72).Select(t => t < 12 ? 4_000.0 : 500)]), [], Keeps);
        DispatchResult result = new DispatchSolver().Solve(p.Instance, 1, null, TestContext.Current.CancellationToken);
        result.Infeasible.ShouldBeEmpty();
        var power = new double[72];
        int discharging = 0;
        for (int i = 0; i < p.Instance.VehicleCount; i++)
        {
            int k = p.Row[i] >= 0 ? p.Row[i] : ~p.Row[i];
            double keptWh = Math.Min(vehicles[k].NeededWh, vehicles[k].CapacityWh - p.Instance.CapacityWh[i] + p.Instance.InitialWh[i]), wh = vehicles[k].CapacityWh - p.Instance.CapacityWh[i] + p.Instance.InitialWh[i];
            result.Schedules.Expand(i, power);
            foreach (double kw in power)
            {
                wh += 1000 * Slots.Hours * (kw > 0 ? 0.9 * kw : kw / 0.9);
                wh.ShouldBeGreaterThanOrEqualTo(keptWh - 1);
            }
            if (power.Min() < 0) discharging++;
        }
        discharging.ShouldBeGreaterThan(20);
    }

    private static HorizonProblem Build(Fleets.Vehicle vehicle, HorizonPolicy? policy = null) => Fleets.Build(Fleets.Of(At, [vehicle]), 48, [], policy ?? Keeps);
}
