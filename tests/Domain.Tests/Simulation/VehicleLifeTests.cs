using Movc.Domain.Charging;
using Movc.Domain.Randomness;
using Movc.Domain.Simulation;

namespace Movc.Domain.Tests.Simulation;

public sealed class VehicleLifeTests
{
    private const int FourWeeks = 4 * 1008;

    [Fact]
    public void Energy_balances_for_every_vehicle_and_stays_in_the_battery()
    {
        var life = new VehicleLife(People.Model());
        int sessions = 0;
        for (int v = 0; v < 1000; v++)
        {
            life.Live(CounterRandom.VehicleKey(1, v), 0, FourWeeks);
            double charged = 0, driven = 0, capacity = life.Model.CapacityKwh;
            double[] load = new double[FourWeeks + 8 * 1008];
            for (int i = 0; i < life.Stays.Length; i++)
            {
                ChargedStay stay = life.Charged[i];
                stay.ArriveKwh.ShouldBeInRange(0, capacity);
                stay.DepartKwh.ShouldBeInRange(stay.ArriveKwh, capacity);
                if (i > 0) stay.ArriveKwh.ShouldBe(life.Charged[i - 1].DepartKwh - life.Charged[i - 1].TripKwh, 1e-9);
                charged += stay.DepartKwh - stay.ArriveKwh;
                driven += stay.TripKwh;
                life.AddLoad(i, 0, 0, load);
                if (stay.Mode != ChargingMode.Park) sessions++;
            }
            double final = life.Charged[^1].DepartKwh - life.Charged[^1].TripKwh;
            (capacity + charged - driven).ShouldBe(final, 1e-6);
            (load.Sum() * 0.9 / 6).ShouldBe(charged, 1e-6);
        }
        sessions.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void A_longer_life_begins_with_the_shorter_one()
    {
        PeopleModel people = People.Model();
        VehicleLife longer = new(people), shorter = new(people);
        for (int v = 0; v < 500; v++)
        {
            longer.Live(CounterRandom.VehicleKey(3, v), 0, FourWeeks);
            shorter.Live(CounterRandom.VehicleKey(3, v), 0, 1008 + v);
            shorter.Stays.Length.ShouldBe(longer.Stays.ToArray().Count(s => s.StartSlot < 1008 + v));
            for (int i = 0; i < shorter.Stays.Length; i++)
            {
                shorter.Charged[i].ShouldBe(longer.Charged[i]);
                // Only an end that lies weeks beyond may not be known yet.
                if (longer.Stays[i].EndSlot < 3 * 1008) shorter.Stays[i].ShouldBe(longer.Stays[i]);
            }
        }
    }

    [Fact]
    public void Quick_charging_is_for_vehicles_that_can_and_away_from_home()
    {
        var life = new VehicleLife(People.Model(utility: People.Utility with { PowerPerKw = 0.1 }));
        int quick = 0;
        for (int v = 0; v < 300; v++)
        {
            life.Live(CounterRandom.VehicleKey(2, v), 0, FourWeeks);
            for (int i = 0; i < life.Stays.Length; i++)
            {
                if (life.Charged[i].Mode != ChargingMode.Quick) continue;
                quick++;
                life.Stays[i].Place.ShouldNotBe(Events.PlaceKind.Home);
                life.Model.QuickKw.ShouldBeGreaterThan(0);
            }
        }
        quick.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void The_fleet_is_the_same_for_any_number_of_threads(int threads)
    {
        PeopleModel people = People.Model();
        var hashes = new List<(int From, double Sum)>();
        FleetSimulation.Run(
            people, 7, 9000, 0, 1008, from => new double[] { from, 0 },
            (sums, v, life) => { foreach (ChargedStay stay in life.Charged) sums[1] = sums[1] * 0.999 + stay.DepartKwh + v; },
            sums => hashes.Add(((int)sums[0], sums[1])), threads, TestContext.Current.CancellationToken);
        hashes.Select(h => h.From).ShouldBe([0, 4096, 8192]);
        var life = new VehicleLife(people);
        double alone = 0;
        for (int v = 8192; v < 9000; v++)
        {
            life.Live(CounterRandom.VehicleKey(7, v), 0, 1008);
            foreach (ChargedStay stay in life.Charged) alone = alone * 0.999 + stay.DepartKwh + v;
        }
        hashes[2].Sum.ShouldBe(alone);
    }

    [Fact]
    public void A_life_allocates_nothing_once_warm()
    {
        var life = new VehicleLife(People.Model());
        for (int v = 0; v < 2000; v++) life.Live(CounterRandom.VehicleKey(1, v), 0, FourWeeks);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int v = 0; v < 2000; v++) life.Live(CounterRandom.VehicleKey(1, v), 0, FourWeeks);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
