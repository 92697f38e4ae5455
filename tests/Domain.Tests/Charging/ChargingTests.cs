using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Tests.Simulation;

namespace Movc.Domain.Tests.Charging;

public sealed class ChargingTests
{
    private static readonly LogitChargingChoice Choice = new(People.Utility, People.Tariff, 0.9);

    private static ChargingSituation At(double soc, PlaceKind place = PlaceKind.Home, int slots = 36, double quickKw = 0, double nextKwh = 1) => new()
    {
        Place = place,
        CapacityKwh = 60,
        EnergyKwh = 60 * soc,
        NextTripsKwh = nextKwh,
        SlowKw = 7,
        QuickKw = quickKw,
        SlotOfDay = 60,
        Slots = slots,
    };

    [Fact]
    public void At_the_indifferent_state_of_charge_only_constant_gain_and_stay_count()
    {
        // 6 h at 7 kW over 60 kWh = .7 = 1 − s: gain 3·(1 − .09); stay −.2·4·(−4) = 3.2.
        double v = 1 + 3 * (1 - 0.09) + 3.2;
        Choice.Probabilities(At(0.3)).Slow.ShouldBe(Math.Exp(v) / (1 + Math.Exp(v)), 1e-12);
    }

    [Fact]
    public void Public_charging_costs_its_surcharge()
    {
        // 42 kWh are missing, 6 h store 37.8 kWh at a surcharge of .9 RMB/kWh before 14:00 and of .5 until 16:00.
        double surcharge = 0.9 * 4 * 6.3 + 0.5 * 2 * 6.3;
        double v = 1 + 3 * (1 - 0.09) + 3.2 - 0.35 * surcharge;
        Choice.Probabilities(At(0.3, PlaceKind.Work)).Slow.ShouldBe(Math.Exp(v) / (1 + Math.Exp(v)), 1e-9);
    }

    [Fact]
    public void A_full_battery_parks_and_one_without_the_next_trips_charges()
    {
        for (double u = 0; u < 1; u += 0.05)
        {
            Choice.Choose(At(1, quickKw: 60), u).ShouldBe(ChargingMode.Park);
            Choice.Choose(At(0.1, nextKwh: 6), u).ShouldNotBe(ChargingMode.Park);
        }
        Choice.Probabilities(At(0, nextKwh: 6)).Slow.ShouldBe(1);
    }

    [Fact]
    public void Who_has_less_charges_more()
    {
        // At home: elsewhere what little is missing from a nearly full battery is also cheap, and the surcharge pulls the other way.
        double before = 1;
        for (double soc = 0.05; soc < 1; soc += 0.05)
        {
            (double park, double slow, double quick) = Choice.Probabilities(At(soc, quickKw: 60));
            (park + slow + quick).ShouldBe(1, 1e-12);
            (slow + quick).ShouldBeLessThan(before);
            before = slow + quick;
        }
    }

    [Fact]
    public void Choices_come_as_often_as_their_probabilities()
    {
        (double park, double slow, double quick) = Choice.Probabilities(At(0.45, PlaceKind.Other, quickKw: 60));
        int[] counts = new int[3];
        const int draws = 100_000;
        for (int i = 0; i < draws; i++) counts[(int)Choice.Choose(At(0.45, PlaceKind.Other, quickKw: 60), (i + 0.5) / draws)]++;
        (counts[0] / (double)draws).ShouldBe(park, 2e-5);
        (counts[1] / (double)draws).ShouldBe(slow, 2e-5);
        (counts[2] / (double)draws).ShouldBe(quick, 2e-5);
    }

    [Fact]
    public void Sessions_store_what_they_take_and_take_the_cheapest_slots()
    {
        var random = new Random(2);
        for (int i = 0; i < 2000; i++)
        {
            int start = random.Next(300), end = start + 1 + random.Next(400), first = random.Next(144);
            double missing = random.NextDouble() * 60, power = 3 + random.NextDouble() * 50;
            Tariff? waits = random.Next(2) == 0 ? null : People.Tariff;
            double[] load = new double[end];
            SessionSlots.AddTo(missing, power, 0.9, start, end, first, waits, load);
            (load.Sum() * 0.9 / 6).ShouldBe(SessionSlots.StoredKwh(missing, power, 0.9, end - start), 1e-9);
            load.Max().ShouldBeLessThanOrEqualTo(power);
            load[..start].ShouldAllBe(kw => kw == 0);
            // The same stay seen from a later slot 0 has the same load there, also where it began before.
            int later = 1 + random.Next(end);
            double[] seen = new double[end - later];
            SessionSlots.AddTo(missing, power, 0.9, start - later, end - later, (first + later) % 144, waits, seen);
            seen.ShouldBe(load[later..]);
            if (waits is null) continue;
            double Price(int t) => waits.Home[(t + first) % 144];
            double dearestUsed = Enumerable.Range(start, end - start).Where(t => load[t] > 0).Select(Price).DefaultIfEmpty(0).Max();
            Enumerable.Range(start, end - start).Where(t => Price(t) < dearestUsed).ShouldAllBe(t => load[t] == power);
        }
    }
}
