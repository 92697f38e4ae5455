using Movc.Domain.Places;
using Movc.Domain.Randomness;

namespace Movc.Domain.Tests.Places;

public sealed class DestinationChoiceTests
{
    private const int Draws = 200_000;

    /// <summary>1 − 1e-6 quantile of the chi-square distribution by Wilson and Hilferty.</summary>
    private static double Critical(int freedom) => freedom * Math.Pow(1 - 2.0 / (9 * freedom) + 4.753 * Math.Sqrt(2.0 / (9 * freedom)), 3);

    [Theory]
    [InlineData(1, 2.2)]
    [InlineData(1, 12)]
    [InlineData(0.6, 5)]
    [InlineData(2.5, 1.7)]
    public void Draws_are_proportional_to_popularity_times_density(double shape, double scaleKm)
    {
        var distance = new GammaDistance(shape, scaleKm);
        ChiSquare(distance, distance).ShouldBeLessThan(1);
    }

    [Fact]
    public void The_comparison_notices_another_density() =>
        ChiSquare(new GammaDistance(1, 5), new GammaDistance(1, 5.3)).ShouldBeGreaterThan(1);

    [Fact]
    public void The_origin_is_never_drawn()
    {
        StayRegions regions = City();
        var choice = new DestinationChoice(regions);
        CounterRandom random = CounterRandom.OfMobility(3);
        for (int i = 0; i < 20_000; i++) choice.Draw(17, new GammaDistance(1, 0.4), ref random).ShouldNotBe(17);
    }

    /// <summary>Chi-square of the draws under one density against the shares of another, over its critical value.</summary>
    private static double ChiSquare(GammaDistance drawn, GammaDistance expected)
    {
        StayRegions regions = City();
        var choice = new DestinationChoice(regions);
        const int origin = 40;
        double[] weight = [.. Enumerable.Range(0, regions.Count).Select(r => r == origin ? 0 : regions.Popularity[r] * expected.At(regions.DistanceKm(origin, r)))];
        double sum = weight.Sum();
        int[] counts = new int[regions.Count];
        CounterRandom random = CounterRandom.OfMobility(11);
        for (int i = 0; i < Draws; i++) counts[choice.Draw(origin, drawn, ref random)]++;
        // Rare regions are put together, as the test wants at least five of each.
        double chi = 0, rareExpected = 0, rareCount = 0;
        int classes = 0;
        for (int r = 0; r < regions.Count; r++)
        {
            double mean = Draws * weight[r] / sum;
            if (mean < 10)
            {
                rareExpected += mean;
                rareCount += counts[r];
                continue;
            }
            chi += (counts[r] - mean) * (counts[r] - mean) / mean;
            classes++;
        }
        if (rareExpected >= 5) chi += (rareCount - rareExpected) * (rareCount - rareExpected) / rareExpected;
        return chi / Critical(classes);
    }

    private static StayRegions City()
    {
        var random = new Random(5);
        double[] east = [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble() * 30)], north = [.. east.Select(_ => random.NextDouble() * 20)];
        return new StayRegions(22.5, 114, east, north, new int[400], [.. east.Select(_ => Math.Exp(1.2 * (random.NextDouble() * 4 - 2)))], 1);
    }
}
