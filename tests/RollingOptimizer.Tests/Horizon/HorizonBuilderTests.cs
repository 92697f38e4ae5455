using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Horizon;

namespace Movc.RollingOptimizer.Tests.Horizon;

public sealed class HorizonBuilderTests
{
    private const long At = Fleets.At;
    private const double Eta = DispatchParameters.Efficiency;

    [Fact]
    public void Only_who_consents_and_told_a_departure_of_a_slot_or_more_takes_part()
    {
        HorizonProblem p = Build(
            12,
            new(60_000, 30_000, 6_000, At + (6 * Slots.Ms), V2gStrategy.ChargeOnly),
            new(60_000, 30_000, 6_000, 0),
            new(60_000, 30_000, 6_000, At + Slots.Ms - 1),
            new(60_000, 30_000, 6_000, At - Slots.Ms),
            new(60_000, 30_000, 6_000, At + Slots.Ms),
            new(60_000, 30_000, 6_000, At + (6 * Slots.Ms), V2gStrategy.WhenCharging));
        p.Row.ShouldBe([4, 5]);
        p.Instance.EndSlot.ShouldBe([1, 6]);
        // The others stand in the load: 6 kW each, the third for all but a millisecond of the slot, the fourth although its departure is gone.
        p.Instance.LoadKw[0].ShouldBe(1000 + 24, 1e-4);
        p.Instance.LoadKw[1].ShouldBe(1001 + 18, 1e-9);
        p.Instance.LoadKw[6].ShouldBe(1006 + 12, 1e-9);
        p.ChargeOnlyKw[0].ShouldBe(1000 + 36, 1e-4);
        p.Instance.BaselineEvKw.Take(7).ShouldBe([12, 6, 6, 6, 6, 6, 0]);
        p.OriginalKw.ShouldBe(Enumerable.Range(0, 12).Select(t => 1000.0 + t));
    }

    [Fact]
    public void A_stay_that_the_horizon_cuts_off_has_its_need_at_the_end_and_a_shorter_one_at_its_departure()
    {
        HorizonProblem p = Build(
            6,
            new(60_000, 30_000, 6_000, At + (9 * Slots.Ms)), new(60_000, 30_000, 6_000, At + (6 * Slots.Ms)), new(60_000, 30_000, 6_000, At + (5 * Slots.Ms)),
            new(60_000, 59_000, 6_000, At + (3 * Slots.Ms)));
        p.Instance.EndSlot.ShouldBe([6, 6, 5, 3]);
        // 900 Wh a slot.
        p.Instance.FinalMinWh.ShouldAllBe(w => w == 0);
        p.Instance.NeededAtDepartureWh.ShouldBe([35_400, 35_400, 34_500, 60_000]);
        p.Instance.TripWhAfter.ShouldAllBe(w => w == 0);
    }

    [Fact]
    public void A_need_promises_Charge_Only_and_is_always_within_reach()
    {
        var random = new Random(12);
        for (int round = 0; round < 200; round++)
        {
            int slots = random.Next(1, 150);
            Fleets.Vehicle[] vehicles =
            [
                .. Enumerable.Range(0, 40).Select(_ =>
                {
                    int capacity = random.Next(1_000, 90_000), energy = random.Next(0, capacity + 1);
                    return new Fleets.Vehicle(
                        capacity, energy, random.Next(0, 60_000), At + random.NextInt64(-Slots.Ms, 160 * Slots.Ms), (V2gStrategy)random.Next(3), random.Next(0, capacity + 1));
                }),
            ];
            HorizonProblem p = Build(slots, vehicles);
            for (int i = 0; i < p.Instance.VehicleCount; i++)
            {
                Fleets.Vehicle v = vehicles[p.Row[i]];
                int need = Math.Max(p.Instance.FinalMinWh[i], p.Instance.NeededAtDepartureWh[i]);
                double reach = Math.Min(v.CapacityWh, v.EnergyWh + (Eta * v.MaxChargeW * p.Instance.EndSlot[i] / 6.0));
                ((double)need).ShouldBeLessThanOrEqualTo(reach + 1e-6);
                double hours = Math.Min((v.DepartureMs - At) / 3_600_000.0, slots / 6.0);
                double promise = Math.Min(v.CapacityWh, v.ChargeOnlyWh!.Value + (Eta * v.MaxChargeW * hours));
                // Rounded down to whole Wh.
                (Math.Min(promise, reach) - need).ShouldBeInRange(-1e-6, 1 + 1e-6);
                p.Instance.EndSlot[i].ShouldBeInRange(1, slots);
                p.Instance.InitialWh[i].ShouldBeInRange(0, v.CapacityWh);
            }
        }
    }

    [Fact]
    public void The_curves_hold_the_energy_that_vehicles_simulated_one_by_one_would_draw()
    {
        var random = new Random(3);
        const int slots = 144;
        Fleets.Vehicle[] vehicles =
        [
            .. Enumerable.Range(0, 300).Select(_ =>
            {
                int capacity = random.Next(20_000, 90_000);
                return new Fleets.Vehicle(capacity, random.Next(capacity), random.Next(1, 4) * 3_500, At + random.NextInt64(0, 150 * Slots.Ms), (V2gStrategy)random.Next(3));
            }),
        ];
        HorizonProblem p = Build(slots, vehicles);
        double wanted = 0, dispatchable = 0, fixedOnes = 0;
        var takesPart = p.Row.ToHashSet();
        for (int k = 0; k < vehicles.Length; k++)
        {
            Fleets.Vehicle v = vehicles[k];
            double hours = v.DepartureMs > At ? Math.Min((v.DepartureMs - At) / 3_600_000.0, 24) : 24;
            double kwh = Math.Min((v.CapacityWh - v.EnergyWh) / Eta, v.MaxChargeW * hours) / 1000;
            wanted += kwh;
            if (!takesPart.Contains(k))
            {
                fixedOnes += kwh;
                continue;
            }
            dispatchable += kwh;
            // In the load stands what the last, broken slot adds after the need is met at the last whole one.
            if (v.DepartureMs - At < slots * Slots.Ms)
            {
                double whole = Math.Min(v.CapacityWh, v.EnergyWh + (Eta * v.MaxChargeW * ((v.DepartureMs - At) / Slots.Ms) / 6.0));
                fixedOnes += Math.Max(0, kwh - ((whole - v.EnergyWh) / Eta / 1000));
            }
        }
        Energy(p.ChargeOnlyKw, p.OriginalKw).ShouldBe(wanted, 1e-6);
        Energy(p.Instance.BaselineEvKw, new double[slots]).ShouldBe(dispatchable, 1e-6);
        Energy(p.Instance.LoadKw, p.OriginalKw).ShouldBe(fixedOnes, 1e-6);
    }

    [Fact]
    public void The_broken_slot_before_a_departure_adds_no_more_than_full_power()
    {
        // Its meter told 20 kWh less than Charge Only would have; 5 of the last 10 minutes are left.
        HorizonProblem p = Build(12, new Fleets.Vehicle(60_000, 20_000, 6_000, At + (3 * Slots.Ms) + (Slots.Ms / 2), ChargeOnlyWh: 40_000));
        (p.Instance.LoadKw[3] - p.OriginalKw[3]).ShouldBe(3.0, 1e-9);
    }

    [Fact]
    public void Days_are_counted_from_the_first_slots_and_the_past_is_handed_on()
    {
        FleetSnapshot fleet = Fleets.Of(At + (140 * Slots.Ms), [[new(60_000, 30_000, 6_000, At + (150 * Slots.Ms))]]);
        HorizonProblem p = Fleets.Build(fleet, 8, [5, 6]);
        p.Instance.DayOfSlot.ShouldBe([0, 0, 0, 0, 1, 1, 1, 1]);
        p.Instance.PastLoadKw.ShouldBe([5.0, 6.0]);
        p.Instance.EndSlot.ShouldBe([8]);
    }

    private static HorizonProblem Build(int slots, params Fleets.Vehicle[] vehicles) =>
        Fleets.Build(Fleets.Of(At, [vehicles]), slots, []);

    private static double Energy(double[] kw, double[] without) => kw.Zip(without, (a, b) => a - b).Sum() * Slots.Hours;
}
