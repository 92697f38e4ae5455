using Movc.RollingOptimizer.Forecast.Evaluation;

namespace Movc.RollingOptimizer.Tests.Forecast;

public class BlockBootstrapTests
{
    [Fact]
    public void Independent_values_give_the_textbook_interval()
    {
        var random = new Random(1);
        double[] values = [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble())];
        double mean = values.Average();
        double half = 1.96 * Math.Sqrt(values.Average(v => (v - mean) * (v - mean)) / values.Length);
        BootstrapInterval interval = BlockBootstrap.OfMean(values, 1, 5000, 7);
        interval.Mean.ShouldBe(mean, 1e-12);
        interval.Low.ShouldBe(mean - half, .1 * half);
        interval.High.ShouldBe(mean + half, .1 * half);
    }

    [Fact]
    public void Values_that_go_together_make_the_interval_wider_when_drawn_together()
    {
        // Seven days alike: a year is 52 values, not 364, and the interval wider by the root of seven.
        var random = new Random(2);
        double[] weeks = [.. Enumerable.Range(0, 52).Select(_ => random.NextDouble())];
        double[] days = [.. Enumerable.Range(0, 364).Select(d => weeks[d / 7])];
        double Width(int block) => BlockBootstrap.OfMean(days, block, 4000, 3) is var i ? i.High - i.Low : 0;
        (Width(28) / Width(1)).ShouldBeInRange(2.1, 3.1);
        (Width(7) / Width(1)).ShouldBeInRange(1.7, 2.7);
    }

    [Fact]
    public void The_interval_of_no_difference_holds_0_in_most_samples()
    {
        int holds = 0;
        for (int n = 0; n < 200; n++)
        {
            var random = new Random(n);
            double[] values = [.. Enumerable.Range(0, 126).Select(_ => random.NextDouble() - random.NextDouble())];
            BootstrapInterval i = BlockBootstrap.OfMean(values, 7, 400, (ulong)n);
            if (i.Low <= 0 && i.High >= 0) holds++;
        }
        holds.ShouldBeInRange(175, 198);
    }

    [Fact]
    public void The_same_seed_draws_the_same()
    {
        double[] values = [.. Enumerable.Range(0, 60).Select(n => Math.Sin(n))];
        BlockBootstrap.OfMean(values, 7, 100, 4).ShouldBe(BlockBootstrap.OfMean(values, 7, 100, 4));
        BlockBootstrap.OfMean(values, 7, 100, 4).ShouldNotBe(BlockBootstrap.OfMean(values, 7, 100, 5));
        Should.Throw<ArgumentOutOfRangeException>(() => BlockBootstrap.OfMean(values, 61, 100, 4));
    }
}
