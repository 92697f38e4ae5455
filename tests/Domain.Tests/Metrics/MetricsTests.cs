using Movc.Domain.Metrics;

namespace Movc.Domain.Tests.Metrics;

public sealed class MetricsTests
{
    [Fact]
    public void Degradation_telescopes_along_a_monotone_way_and_costs_more_on_a_detour()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            double capacity = 10 + random.NextDouble() * 90;
            double[] way = [.. Enumerable.Range(0, 12).Select(_ => random.NextDouble() * capacity).Order()];
            if (random.Next(2) == 0) Array.Reverse(way);
            double whole = BatteryDegradation.CostRmb(way[0], way[^1], capacity);
            Sum(way, capacity).ShouldBe(whole, 1e-9 * (1 + whole));
            whole.ShouldBe(BatteryDegradation.CostRmb(way[^1], way[0], capacity), 1e-12);
            double[] detour = [.. way.OrderBy(_ => random.Next())];
            Sum(detour, capacity).ShouldBeGreaterThanOrEqualTo(BatteryDegradation.CostRmb(detour[0], detour[^1], capacity) - 1e-9);
        }
    }

    [Fact]
    public void The_wear_of_a_path_reckoned_at_its_turns_is_that_of_every_step()
    {
        var random = new Random(5);
        for (int i = 0; i < 2000; i++)
        {
            double capacity = 10 + random.NextDouble() * 90;
            double[] way = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.NextDouble() * capacity)];
            // Runs and rests are common in what vehicles do.
            for (int k = 1; k < way.Length; k++)
            {
                if (random.Next(3) == 0) way[k] = way[k - 1];
            }
            var path = new DegradationPath(capacity, way[0]);
            foreach (double kwh in way[1..]) path.To(kwh);
            path.CostRmb.ShouldBe(Sum(way, capacity), 1e-9 * (1 + path.CostRmb));
        }
    }

    [Fact]
    public void Degradation_is_the_printed_cycle_life()
    {
        // From full to D = .5: 1/φ(.5) with φ as the paper prints it.
        double phi = 1.4e5 * Math.Pow(0.5, -0.501) - 1.23e5;
        BatteryDegradation.CostRmb(60, 30, 60).ShouldBe(957 * 60 / phi, 1e-9);
        BatteryDegradation.CostRmb(60, 0, 60).ShouldBe(957 * 60 / 1.7e4, 1e-6);
        BatteryDegradation.CostRmb(60, 60 + 1e-12, 60).ShouldBe(0);
    }

    [Fact]
    public void Satisfaction_lies_between_0_and_1_and_rises_with_the_energy()
    {
        var random = new Random(2);
        for (int i = 0; i < 2000; i++)
        {
            double wanted = random.NextDouble() * 60, got = random.NextDouble() * 60, more = got + random.NextDouble();
            Satisfaction.Of(got, wanted).ShouldBeInRange(0, 1);
            Satisfaction.Of(more, wanted).ShouldBeGreaterThanOrEqualTo(Satisfaction.Of(got, wanted));
            if (got >= wanted) Satisfaction.Of(got, wanted).ShouldBe(1);
        }
        Satisfaction.Of(0, 0).ShouldBe(1);
        Satisfaction.Of(15, 30).ShouldBe(0.5);
    }

    [Fact]
    public void Potentials_enclose_the_arrival()
    {
        FlexibilityPotential.ChargingKwh(20, 60, 7, 2).ShouldBe(34);
        FlexibilityPotential.ChargingKwh(55, 60, 7, 2).ShouldBe(60);
        FlexibilityPotential.DischargingKwh(20, 5, 7, 2).ShouldBe(6);
        FlexibilityPotential.DischargingKwh(20, 9, 7, 2).ShouldBe(9);
    }

    [Fact]
    public void Gini_is_0_for_equals_and_near_1_for_one_who_bears_all()
    {
        Inequality.Of([3, 3, 3, 3]).ShouldBe(new Inequality(3, 3, 0, 0));
        Inequality.Of([0, 0, 0, 8]).Gini.ShouldBe(0.75, 1e-12);
        Inequality.Of([0, 0]).Gini.ShouldBe(0);
        // Scaling changes nothing, and the definition by all pairs gives the same.
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble() * 10)];
        double pairs = values.Sum(a => values.Sum(b => Math.Abs(a - b))) / (2 * values.Length * values.Sum());
        Inequality.Of(values).Gini.ShouldBe(pairs, 1e-12);
        Inequality.Of([.. values.Select(v => 7 * v)]).Gini.ShouldBe(pairs, 1e-12);
        Should.Throw<ArgumentException>(() => Inequality.Of([1, -1]));
        Should.Throw<ArgumentException>(() => Inequality.Of([1, double.NaN]));
    }

    private static double Sum(double[] way, double capacity) =>
        Enumerable.Range(1, way.Length - 1).Sum(i => BatteryDegradation.CostRmb(way[i - 1], way[i], capacity));
}
