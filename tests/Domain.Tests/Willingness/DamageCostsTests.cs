using Movc.Domain.Fleet;
using Movc.Domain.Randomness;
using Movc.Domain.Willingness;

namespace Movc.Domain.Tests.Willingness;

public sealed class DamageCostsTests
{
    [Theory]
    [InlineData(0.5, 0.1587)]
    [InlineData(1, 0.5)]
    [InlineData(1.5, 0.8413)]
    [InlineData(2, 0.9772)]
    public void As_many_join_as_the_normal_distribution_says(double gamma, double share)
    {
        var costs = new DamageCosts(0.15, 0.03, 0.5, gamma);
        int[] counts = new int[3];
        const int owners = 100_000;
        for (int v = 0; v < owners; v++)
        {
            CounterRandom random = CounterRandom.OfTraits(CounterRandom.VehicleKey(1, v));
            counts[(int)costs.Choose(ref random)]++;
        }
        (counts[(int)V2gStrategy.WhenStaying] / (double)owners).ShouldBe(share, 0.008);
        (counts[(int)V2gStrategy.WhenCharging] / (double)owners).ShouldBe((1 - share) * share, 0.008);
        costs.CompensationRmbPerKwh(V2gStrategy.WhenStaying).ShouldBe(0.15 * gamma, 1e-12);
        costs.CompensationRmbPerKwh(V2gStrategy.ChargeOnly).ShouldBe(0);
    }
}
