using Movc.Domain.Randomness;
using Movc.Domain.Simulation;

namespace Movc.Domain.Tests.Simulation;

public sealed class DeclaredDeparturesTests
{
    [Fact]
    public void Shares_leave_earlier_and_later_than_declared_by_the_mean_and_never_before_they_came()
    {
        var departures = new DeclaredDepartures(0.2, 0.1, 30);
        int early = 0, late = 0;
        double earlyS = 0;
        const int N = 20_000, Arrive = 1_000, Depart = 100_000;
        for (int v = 0; v < N; v++)
        {
            int declared = departures.Of(CounterRandom.VehicleKey(1, v), Arrive, Depart);
            declared.ShouldBeGreaterThan(Arrive);
            if (declared > Depart) (early, earlyS) = (early + 1, earlyS + declared - Depart);
            else if (declared < Depart) late++;
            departures.Of(CounterRandom.VehicleKey(1, v), Arrive, Depart).ShouldBe(declared);
        }
        (early / (double)N).ShouldBe(0.2, 0.01);
        (late / (double)N).ShouldBe(0.1, 0.01);
        (earlyS / early / 60).ShouldBe(30, 2);
        for (int v = 0; v < 1_000; v++) departures.Of(CounterRandom.VehicleKey(2, v), 99_900, Depart).ShouldBeGreaterThan(99_900);
        DeclaredDepartures.Kept.Of(7, Arrive, Depart).ShouldBe(Depart);
    }
}
