using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Horizon;
using Movc.RollingOptimizer.Solver;

namespace Movc.RollingOptimizer.Tests.Horizon;

/// <summary>What a plan reckons with beyond the present stays.</summary>
public sealed class ExpectedStaysTests
{
    private const long At = Fleets.At;
    private static readonly HorizonPolicy Asked = new(Satisfaction: 0) { ReserveWh = 0, KeepsNeed = false, ReadySlots = 0 };

    [Fact]
    public void A_vehicle_comes_back_after_its_gap_with_what_it_used_and_leaves_again()
    {
        // Leaves at slot 6, is back at 9, leaves at 40 and is not known to come back.
        HorizonProblem p = Build(60, [new(60_000, 30_000, 6_000, At + (6 * Slots.Ms), MaxDischargeW: 3_000, NeededWh: 8_000)], [(0, 6, 9, 2_000), (0, 40, FleetOutlook.NotBack, 0)]);
        DispatchInstance x = p.Instance;
        p.Row.ShouldBe([0]);
        x.StartSlot.ShouldBe([0, 9]);
        x.EndSlot.ShouldBe([6, 40]);
        x.TripWhAfter.ShouldBe([2_000, 0]);
        x.NeededAtDepartureWh.ShouldBe([8_000, 8_000]);
        x.MaxChargeW.ShouldBe([6_000, 6_000]);
        x.MaxDischargeW.ShouldBe([3_000, 3_000]);
    }

    [Fact]
    public void Later_stays_have_the_usual_power_and_discharge_in_the_same_proportion()
    {
        FleetOutlook outlook = Outlook(1, 0, [(0, 2, 4, 500)], usualW: 7_000);
        HorizonProblem p = Build(12, [new(60_000, 30_000, 60_000, At + (2 * Slots.Ms), MaxDischargeW: 30_000)], outlook);
        p.Instance.MaxChargeW.ShouldBe([60_000, 7_000]);
        p.Instance.MaxDischargeW.ShouldBe([30_000, 3_500]);
    }

    [Fact]
    public void Stays_that_are_known_have_their_own_power_and_are_owed_what_they_were()
    {
        FleetOutlook expected = Outlook(1, 0, [(0, 2, 4, 500), (0, 10, 11, 300)], usualW: 7_000);
        var known = new FleetOutlook
        {
            GapOffset = expected.GapOffset, UsualChargeW = expected.UsualChargeW, UsualNeedWh = expected.UsualNeedWh, FromSlot = expected.FromSlot, ToSlot = expected.ToSlot, UsedWh = expected.UsedWh,
            Vehicle = [], CapacityWh = [], EnergyWh = [], ChargeOnlyEnergyWh = [], MaxChargeW = [], MaxDischargeW = [], NeededWh = [],
            Known = new KnownStays([9_000, 31_000], [11_000, -1], [4_000, -1]),
        };
        HorizonProblem p = Build(20, [new(60_000, 30_000, 6_000, At + (2 * Slots.Ms), MaxDischargeW: 3_000, NeededWh: 8_000)], known);
        p.Instance.MaxChargeW.ShouldBe([6_000, 11_000, 7_000]);
        p.Instance.MaxDischargeW.ShouldBe([3_000, 4_000, 3_500]);
        // The present stay's end is owed what its driver asked for; the known one's what was owed then.
        p.Instance.NeededAtDepartureWh[..2].ShouldBe([8_000, 31_000]);
    }

    [Fact]
    public void Who_is_away_or_about_to_leave_is_planned_for_but_gets_no_setpoint()
    {
        // Row 0 leaves within the slot, row 1 stays; one vehicle is away until slot 5.
        FleetOutlook outlook = Outlook(2, 1, [(0, 0, 3, 1_000), (2, 0, 5, 4_000)]);
        Fleets.Vehicle[] vehicles = [new(60_000, 30_000, 6_000, At + (Slots.Ms / 2), NeededWh: 9_000), new(60_000, 20_000, 6_000, At + (50 * Slots.Ms))];
        FleetSnapshot fleet = new(At, [Fleets.Shard(At, 0, vehicles, outlook: outlook)]);
        HorizonProblem p = Fleets.Build(fleet, 12, [], Asked);
        p.Row.Where(r => r >= 0).ShouldBe([1]);
        p.Row.Count(r => r < 0).ShouldBe(2);
        p.Dispatched.ShouldBe(1);
        // Each stay is cut where the anchor lies.
        p.Instance.StartSlot.ShouldBe([0, 6, 3, 6, 5, 6]);
        p.Instance.InitialWh[2].ShouldBe(outlook.EnergyWh[0] - 4_000);
        SetpointBatch batch = SetpointSelector.Select(fleet, p, FakeSolver.Result(p.Instance, [-6_000, 1, 1]), UnmanagedCharging.AtOnce, Asked).Single();
        batch.Vehicle.ShouldBe([2]);
        batch.PowerW.ShouldBe([-6_000]);
    }

    [Fact]
    public void What_is_expected_of_vehicles_is_never_out_of_their_reach()
    {
        var random = new Random(21);
        for (int n = 0; n < 60; n++)
        {
            int slots = random.Next(2, 217), count = random.Next(1, 30), away = random.Next(0, 10);
            var gaps = new List<(int Row, int From, int To, int Wh)>();
            for (int row = 0; row < count + away; row++)
            {
                int at = row < count ? random.Next(1, 40) : 0;
                while (at < FleetOutlook.Slots && random.Next(4) > 0)
                {
                    int to = random.Next(9) == 0 ? FleetOutlook.NotBack : at + random.Next(1, 30);
                    gaps.Add((row, at, to, random.Next(60_000)));
                    at = to + random.Next(1, 60);
                }
                if (row >= count && (gaps.Count == 0 || gaps[^1].Row != row)) gaps.Add((row, 0, random.Next(1, 200), random.Next(60_000)));
            }
            Fleets.Vehicle[] vehicles =
            [
                .. Enumerable.Range(0, count).Select(row =>
                {
                    int capacity = random.Next(5_000, 90_000);
                    int first = gaps.Where(g => g.Row == row).Select(g => g.From).FirstOrDefault(random.Next(0, 300));
                    return new Fleets.Vehicle(
                        capacity, random.Next(capacity + 1), random.Next(0, 20_000), At + (first * Slots.Ms) + random.NextInt64(Slots.Ms), (V2gStrategy)random.Next(3), random.Next(capacity + 1),
                        MaxDischargeW: random.Next(0, 20_000), NeededWh: random.Next(2) * random.Next(capacity));
                }),
            ];
            HorizonProblem p = Build(slots, vehicles, Outlook(count, away, gaps, needWh: () => random.Next(-1, 20_000)), new HorizonPolicy(random.NextDouble()) { KeepsNeed = random.Next(2) == 0, ReserveWh = 10_000 * random.Next(3), FleetNeedWh = random.Next(20_000) });
            DispatchInstance x = p.Instance;
            for (int i = 0; i < x.VehicleCount; i++)
            {
                for (int s = x.StayOffset[i]; s < x.StayOffset[i + 1]; s++)
                {
                    x.StartSlot[s].ShouldBeGreaterThanOrEqualTo(s > x.StayOffset[i] ? x.EndSlot[s - 1] : 0);
                    x.EndSlot[s].ShouldBeInRange(x.StartSlot[s] + 1, slots);
                }
            }
            // Nothing had to be lowered: a need out of reach would be told of a driver who was promised nothing of it.
            if (x.VehicleCount > 0) new DispatchSolver().Solve(x, 1, null, TestContext.Current.CancellationToken).Infeasible.ShouldBeEmpty();
        }
    }

    [Fact]
    public void Every_vehicle_holds_at_the_anchor_what_Charge_Only_would_have_left_it()
    {
        // Night, then a day over the mean: the anchor is where the load rises over it.
        double[] load = [.. Enumerable.Range(0, 144).Select(t => t < 48 ? 800.0 : 1_200)];
        HorizonAnchor.Of(load).ShouldBe(48);
        FleetSnapshot fleet = new(At,
        [
            Fleets.Shard(
                At, 0,
                [
                    new(60_000, 10_000, 6_000, At + (100 * Slots.Ms), ChargeOnlyWh: 40_000, NeededWh: 5_000, UnmanagedW: 0),
                    new(60_000, 10_000, 6_000, At + (40 * Slots.Ms), ChargeOnlyWh: 40_000, NeededWh: 5_000, UnmanagedW: 0),
                    new(60_000, 10_000, 6_000, At + (40 * Slots.Ms), ChargeOnlyWh: 40_000, NeededWh: 5_000, UnmanagedW: 0),
                ],
                outlook: Outlook(3, 0, [(1, 40, 60, 3_000), (2, 40, 44, 3_000)])),
        ]);
        HorizonProblem p = new HorizonBuilder(UtcCalendar.Instance, UnmanagedCharging.AtOnce).Build(fleet, new HorizonForecast(load), [], Asked);
        DispatchInstance x = p.Instance;
        (int From, int To, int Need)[] Stays(int i) => [.. Enumerable.Range(x.StayOffset[i], x.StayOffset[i + 1] - x.StayOffset[i]).Select(s => (x.StartSlot[s], x.EndSlot[s], x.NeededAtDepartureWh[s]))];
        Stays(0).ShouldBe([(0, 48, 40_000), (48, 100, 5_000)]);
        // Away at the anchor: it takes along what it must hold then.
        Stays(1).ShouldBe([(0, 40, 40_000), (60, 144, 0)]);
        // Back before it, with less by what it used and what four slots more can add.
        Stays(2).ShouldBe([(0, 40, 5_000), (44, 48, 37_000), (48, 144, 0)]);
    }

    [Fact]
    public void The_anchor_lies_where_a_store_that_evens_out_the_load_is_highest()
    {
        HorizonAnchor.Of([1.0, 1, 1]).ShouldBe(3);
        HorizonAnchor.Of([3.0, 2, 1]).ShouldBe(3);
        HorizonAnchor.Of([1.0, 2, 3]).ShouldBe(2);
        // Of the last day, whatever was before it.
        HorizonAnchor.Of([.. Enumerable.Repeat(0.0, 72), .. Enumerable.Repeat(1.0, 30), .. Enumerable.Repeat(9.0, 114)]).ShouldBe(102);
        var random = new Random(2);
        for (int n = 0; n < 200; n++)
        {
            double[] load = [.. Enumerable.Range(0, random.Next(1, 300)).Select(_ => random.NextDouble())];
            HorizonAnchor.Of(load).ShouldBeInRange(Math.Max(1, load.Length - Slots.PerDay + 1), load.Length);
        }
    }

    [Fact]
    public void A_horizon_reaches_to_the_end_of_the_next_day_within_its_bounds()
    {
        HorizonLength length = HorizonLength.Default;
        length.SlotsAt(At, UtcCalendar.Instance).ShouldBe(216);
        length.SlotsAt(At + (12 * 6 * Slots.Ms), UtcCalendar.Instance).ShouldBe(216);
        length.SlotsAt(At + (18 * 6 * Slots.Ms), UtcCalendar.Instance).ShouldBe(180);
        length.SlotsAt(At + (143 * Slots.Ms), UtcCalendar.Instance).ShouldBe(145);
    }

    private static HorizonProblem Build(int slots, Fleets.Vehicle[] vehicles, (int Row, int From, int To, int Wh)[] gaps) => Build(slots, vehicles, Outlook(vehicles.Length, 0, gaps));

    // Without an anchor in the way: a load that falls to the end.
    private static HorizonProblem Build(int slots, Fleets.Vehicle[] vehicles, FleetOutlook outlook, HorizonPolicy? policy = null) =>
        new HorizonBuilder(UtcCalendar.Instance, UnmanagedCharging.AtOnce).Build(
            new FleetSnapshot(At, [Fleets.Shard(At, 0, vehicles, outlook: outlook)]), new HorizonForecast([.. Enumerable.Range(0, slots).Select(t => 2_000.0 - t)]), [], policy ?? Asked);

    private static FleetOutlook Outlook(int plugged, int away, IReadOnlyList<(int Row, int From, int To, int Wh)> gaps, int usualW = 0, Func<int>? needWh = null) => new()
    {
        GapOffset = [0, .. Enumerable.Range(0, plugged + away).Select(row => gaps.Count(g => g.Row <= row))],
        UsualChargeW = [.. Enumerable.Repeat(usualW, plugged + away)],
        UsualNeedWh = [.. Enumerable.Range(0, plugged + away).Select(_ => needWh?.Invoke() ?? 0)],
        FromSlot = [.. gaps.Select(g => (ushort)g.From)],
        ToSlot = [.. gaps.Select(g => (ushort)g.To)],
        UsedWh = [.. gaps.Select(g => g.Wh)],
        Vehicle = [.. Enumerable.Range(0, away).Select(k => (2 * k) + 1)],
        CapacityWh = [.. Enumerable.Repeat(50_000, away)],
        EnergyWh = [.. Enumerable.Repeat(25_000, away)],
        ChargeOnlyEnergyWh = [.. Enumerable.Repeat(45_000, away)],
        MaxChargeW = [.. Enumerable.Repeat(7_000, away)],
        MaxDischargeW = [.. Enumerable.Repeat(7_000, away)],
        NeededWh = [.. Enumerable.Repeat(6_000, away)],
    };
}
