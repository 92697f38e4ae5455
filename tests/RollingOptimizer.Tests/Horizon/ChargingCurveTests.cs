using Movc.RollingOptimizer.Horizon;

namespace Movc.RollingOptimizer.Tests.Horizon;

public sealed class ChargingCurveTests
{
    [Fact]
    public void It_is_the_sum_of_vehicles_that_charge_until_full_or_gone()
    {
        var random = new Random(6);
        for (int round = 0; round < 50; round++)
        {
            int slots = random.Next(1, 40);
            var curve = new ChargingCurve(slots);
            var wanted = new double[slots];
            for (int n = 0; n < 60; n++)
            {
                int powerW = random.Next(5) == 0 ? 0 : random.Next(1, 60_000);
                double missingWh = random.Next(6) == 0 ? -5 : random.Next(0, 90_000);
                double stayHours = random.Next(4) switch { 0 => double.PositiveInfinity, 1 => random.Next(0, slots + 2) / 6.0, _ => random.NextDouble() * slots / 5 };
                curve.Add(powerW, missingWh, stayHours);
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
    public void Energy_in_one_slot_is_its_mean_power_and_what_lies_beyond_the_horizon_is_left_out()
    {
        var curve = new ChargingCurve(3);
        curve.AddInSlot(1, 1000);
        curve.AddInSlot(3, 1000);
        curve.ToKw().ShouldBe([0, 6.0, 0]);
    }

    [Fact]
    public void A_great_fleet_that_comes_and_goes_leaves_no_dust_below_zero()
    {
        var curve = new ChargingCurve(6);
        var random = new Random(1);
        for (int n = 0; n < 200_000; n++) curve.Add(random.Next(1, 22_000), 1e9, 0.5);
        double[] kw = curve.ToKw();
        kw.ShouldAllBe(v => v >= 0);
        kw[3..].ShouldAllBe(v => v < 1e-3);
    }
}
