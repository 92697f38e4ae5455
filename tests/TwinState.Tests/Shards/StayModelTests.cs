using Movc.Domain.Charging;
using Movc.TwinState.Shards;

namespace Movc.TwinState.Tests.Shards;

public sealed class StayModelTests
{
    private static readonly StayModel Model = new(UnmanagedCharging.AtOnce);
    private const double Eta = 0.9;
    private const long Hour = 3_600_000;

    [Fact]
    public void Charging_stores_nine_tenths_and_discharging_takes_ten_ninths()
    {
        ShardColumns c = One(capacityWh: 60_000, energyWh: 20_000, maxChargeW: 10_000);
        Model.Advance(c, 0, Hour).ShouldBe(10_000, 0.01);
        c.EnergyMilliWh[0].ShouldBe(29_000_000);
        Set(c, -9_000, 3 * Hour);
        Model.Advance(c, 0, 2 * Hour).ShouldBe(-9_000, 0.01);
        c.EnergyMilliWh[0].ShouldBe(19_000_000);
    }

    [Fact]
    public void A_battery_neither_overfills_nor_goes_below_empty_and_the_grid_sees_only_what_passed()
    {
        ShardColumns full = One(60_000, 59_100, 10_000);
        Model.Advance(full, 0, Hour).ShouldBe(1_000, 0.01);
        full.EnergyMilliWh[0].ShouldBe(60_000_000);
        Model.PowerW(full, 0, Hour).ShouldBe(0);
        ShardColumns empty = One(60_000, 500, 10_000);
        Set(empty, -9_000, 5 * Hour);
        Model.Advance(empty, 0, Hour).ShouldBe(-450, 0.01);
        empty.EnergyMilliWh[0].ShouldBe(0);
        Model.PowerW(empty, 0, Hour).ShouldBe(0);
    }

    [Fact]
    public void After_its_setpoint_ends_a_vehicle_charges_at_full_power()
    {
        ShardColumns c = One(60_000, 30_000, 10_000);
        Set(c, 0, Hour);
        Model.PowerW(c, 0, Hour - 1).ShouldBe(0);
        Model.PowerW(c, 0, Hour).ShouldBe(10_000);
        Model.Advance(c, 0, 2 * Hour).ShouldBe(10_000, 0.01);
        c.EnergyMilliWh[0].ShouldBe(39_000_000);
    }

    [Fact]
    public void Charge_Only_charges_from_plug_in_until_full_whatever_was_set()
    {
        ShardColumns c = One(60_000, 40_000, 10_000);
        Set(c, -5_000, 10 * Hour);
        Model.ChargeOnlyWh(c, 0, Hour).ShouldBe(49_000, 1e-6);
        Model.ChargeOnlyWh(c, 0, 9 * Hour).ShouldBe(60_000);
        Model.ChargeOnlyWh(c, 0, -Hour).ShouldBe(40_000);
        Model.ChargeOnlyDrawnWh(c, 0, 0, Hour).ShouldBe(10_000, 1e-6);
        Model.ChargeOnlyDrawnWh(c, 0, 2 * Hour, 9 * Hour).ShouldBe(2_000 / Eta, 1e-6);
        Model.ChargeOnlyDrawnWh(c, 0, 9 * Hour, 10 * Hour).ShouldBe(0);
    }

    [Fact]
    public void It_agrees_with_an_integration_in_steps_of_a_tenth_of_a_second()
    {
        var random = new Random(31);
        for (int round = 0; round < 40; round++)
        {
            int capacity = random.Next(5_000, 90_000), charge = random.Next(0, 60_000);
            ShardColumns c = One(capacity, random.Next(0, capacity + 1), charge);
            double energy = c.EnergyMilliWh[0] / 1000.0, drawnModel = 0, drawnFine = 0;
            long at = 0;
            for (int step = 0; step < 12; step++)
            {
                if (random.Next(2) == 0) Set(c, random.Next(-30_000, 30_000), at + random.Next(1, 1_500_000));
                long to = at + random.Next(1, 1_000_000);
                drawnModel += Model.Advance(c, 0, to);
                for (long t = at; t < to; t += 100)
                {
                    double hours = Math.Min(100, to - t) / 3_600_000.0;
                    double power = t < c.SetpointUntilMs[0] ? c.SetpointW[0] : charge;
                    double wanted = energy + (power > 0 ? power * Eta : power / Eta) * hours;
                    double next = Math.Clamp(wanted, 0, capacity);
                    drawnFine += next > energy ? (next - energy) / Eta : (next - energy) * Eta;
                    energy = next;
                }
                at = to;
                // A tenth of a second of 60 kW is 1.7 Wh, where a setpoint ends inside a step.
                (c.EnergyMilliWh[0] / 1000.0).ShouldBe(energy, 5.0 * (step + 1));
            }
            drawnModel.ShouldBe(drawnFine, 80);
            c.EnergyAtMs[0].ShouldBe(at);
        }
    }

    [Fact]
    public void Cutting_the_time_into_pieces_changes_the_energy_by_rounding_only()
    {
        var random = new Random(17);
        for (int round = 0; round < 100; round++)
        {
            int capacity = random.Next(5_000, 90_000), energy = random.Next(0, capacity), charge = random.Next(0, 22_000);
            ShardColumns whole = One(capacity, energy, charge), cut = One(capacity, energy, charge);
            int power = random.Next(-22_000, 22_000);
            long until = random.Next(1, 5_000_000);
            Set(whole, power, until);
            Set(cut, power, until);
            double a = Model.Advance(whole, 0, 6_000_000), b = 0;
            long[] cuts = [.. Enumerable.Range(0, 20).Select(_ => (long)random.Next(0, 6_000_000)).Order(), 6_000_000];
            foreach (long at in cuts) b += Model.Advance(cut, 0, at);
            b.ShouldBe(a, 0.05);
            Math.Abs(cut.EnergyMilliWh[0] - whole.EnergyMilliWh[0]).ShouldBeLessThanOrEqualTo(25);
            // Back in time nothing happens.
            Model.Advance(cut, 0, 5_000_000).ShouldBe(0);
        }
    }

    private static ShardColumns One(int capacityWh, int energyWh, int maxChargeW)
    {
        var c = new ShardColumns();
        c.Add();
        c.CapacityWh[0] = capacityWh;
        c.ChargeOnlyMilliWh[0] = energyWh * 1000;
        c.EnergyMilliWh[0] = energyWh * 1000;
        c.MaxChargeW[0] = maxChargeW;
        c.UnmanagedW[0] = maxChargeW;
        return c;
    }

    private static void Set(ShardColumns c, int powerW, long untilMs) => (c.SetpointW[0], c.SetpointUntilMs[0]) = (powerW, untilMs);
}
