using Movc.Domain.Charging;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Horizon;

namespace Movc.RollingOptimizer.Tests.Horizon;

public sealed class ChargingCurveTests
{
    private const long At = Fleets.At;

    [Fact]
    public void It_is_the_sum_of_vehicles_that_charge_until_full_or_gone()
    {
        var random = new Random(6);
        for (int round = 0; round < 50; round++)
        {
            int slots = random.Next(1, 40);
            var curve = new ChargingCurve(At, slots);
            var wanted = new double[slots];
            for (int n = 0; n < 60; n++)
            {
                int powerW = random.Next(5) == 0 ? 0 : random.Next(1, 60_000);
                double missingWh = random.Next(6) == 0 ? -5 : random.Next(0, 90_000);
                double stayHours = random.Next(4) switch { 0 => double.PositiveInfinity, 1 => random.Next(0, slots + 2) / 6.0, _ => random.NextDouble() * slots / 5 };
                long departureMs = double.IsInfinity(stayHours) ? (random.Next(2) == 0 ? 0 : At - random.Next(0, 5_000)) : At + (long)(stayHours * 3_600_000);
                if (departureMs > At) stayHours = (departureMs - At) / 3_600_000.0;
                else stayHours = double.PositiveInfinity;
                curve.Add(powerW, missingWh, UnmanagedStart.AtOnce, departureMs);
                // A second at a time.
                double leftWh = missingWh;
                for (int second = 0; second < slots * 600; second++)
                {
                    double hours = Math.Min(1 / 3600.0, stayHours - (second / 3600.0));
                    if (powerW == 0 || leftWh <= 0 || hours <= 0) break;
                    double gridWh = Math.Min(powerW * hours, leftWh / 0.9);
                    leftWh -= gridWh * 0.9;
                    wanted[second / 600] += gridWh * 6 / 1000;
                }
            }
            double[] got = curve.ToKw();
            for (int t = 0; t < slots; t++) got[t].ShouldBe(wanted[t], 1e-6 * (1 + wanted[t]));
        }
    }

    [Fact]
    public void Sessions_that_wait_for_cheap_hours_lie_where_the_twin_lets_them_charge()
    {
        var random = new Random(12);
        double[] prices = [.. Enumerable.Range(0, Slots.PerDay).Select(t => t is < 48 ? 0.26 : t is (>= 60 and < 72) or (>= 84 and < 114) ? 1.12 : 0.68)];
        var clock = new TariffClock(new Tariff(prices, prices), new Fleets.UtcCalendar());
        var unmanaged = new UnmanagedCharging(clock);
        for (int round = 0; round < 30; round++)
        {
            int slots = random.Next(1, 200);
            long at = At + (random.Next(0, 1000) * Slots.Ms);
            var curve = new ChargingCurve(at, slots, new HorizonTariff(clock, at, slots));
            var wanted = new double[slots];
            for (int n = 0; n < 40; n++)
            {
                int powerW = random.Next(1, 30_000);
                double missingWh = random.Next(0, 90_000);
                UnmanagedStart start = random.Next(4) == 0 ? UnmanagedStart.AtOnce : UnmanagedStart.Cheapest;
                // Unknown, passed, inside the horizon, beyond it.
                long departureMs = random.Next(4) switch { 0 => 0, 1 => at - random.Next(0, 1000), 2 => at + random.NextInt64(1, (slots * Slots.Ms) + 1), _ => at + random.NextInt64(1, 400_000_000) };
                curve.Add(powerW, missingWh, start, departureMs);
                double before = 0;
                for (int t = 0; t < slots; t++)
                {
                    long until = at + ((t + 1) * Slots.Ms);
                    if (departureMs > at) until = Math.Min(until, departureMs);
                    double stored = unmanaged.StoredWh(missingWh, powerW, start, at, until, departureMs);
                    wanted[t] += (stored - before) / 0.9 * 6 / 1000;
                    before = stored;
                }
            }
            double[] got = curve.ToKw();
            for (int t = 0; t < slots; t++) got[t].ShouldBe(wanted[t], 1e-6 * (1 + wanted[t]));
        }
    }

    [Fact]
    public void Energy_in_one_slot_is_its_mean_power_and_what_lies_beyond_the_horizon_is_left_out()
    {
        var curve = new ChargingCurve(At, 3);
        curve.AddInSlot(1, 1000);
        curve.AddInSlot(3, 1000);
        curve.ToKw().ShouldBe([0, 6.0, 0]);
    }

    [Fact]
    public void A_great_fleet_that_comes_and_goes_leaves_no_dust_below_zero()
    {
        var curve = new ChargingCurve(At, 6);
        var random = new Random(1);
        for (int n = 0; n < 200_000; n++) curve.Add(random.Next(1, 22_000), 1e9, UnmanagedStart.AtOnce, At + 1_800_000);
        double[] kw = curve.ToKw();
        kw.ShouldAllBe(v => v >= 0);
        kw[3..].ShouldAllBe(v => v < 1e-3);
    }
}
