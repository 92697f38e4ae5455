using Movc.Domain.Events;
using Movc.Domain.Mobility;
using Movc.Domain.Randomness;
using Movc.Domain.Tests.Simulation;

namespace Movc.Domain.Tests.Mobility;

public sealed class TimeGeoTests
{
    private const int Week = TravelRhythm.SlotsPerWeek;

    [Fact]
    public void Stays_follow_each_other_with_the_trip_between_them()
    {
        TimeGeo model = People.Mobility();
        IMobilityWalker walker = model.OpenWalker();
        var stays = new StayList();
        for (int v = 0; v < 300; v++)
        {
            int home = walker.Walk(CounterRandom.VehicleKey(1, v), 0, 4 * Week, stays);
            int work = -1;
            for (int i = 0; i < stays.Count; i++)
            {
                Stay stay = stays[i];
                stay.EndSlot.ShouldBeGreaterThan(stay.StartSlot);
                if (stay.Place == PlaceKind.Home) stay.Region.ShouldBe(home);
                if (stay.Place == PlaceKind.Work) stay.Region.ShouldBe(work = work < 0 ? stay.Region : work);
                if (i + 1 == stays.Count) break;
                int travel = Math.Max(1, (int)Math.Ceiling(Math.Round(stay.TripKm / 21.0 * 6, 4)));
                (stays[i + 1].StartSlot - stay.EndSlot).ShouldBe(travel);
                ((double)stay.TripKm).ShouldBe(1.35 * model.Regions.DistanceKm(stay.Region, stays[i + 1].Region), 1e-4);
                if (stay.Place == PlaceKind.Home) stays[i + 1].Place.ShouldNotBe(PlaceKind.Home);
            }
        }
    }

    [Fact]
    public void A_longer_life_begins_with_the_shorter_one()
    {
        IMobilityWalker walker = People.Mobility().OpenWalker();
        StayList shorter = new(), longer = new();
        for (int v = 0; v < 200; v++)
        {
            walker.Walk(CounterRandom.VehicleKey(2, v), 432, 2 * Week, shorter);
            walker.Walk(CounterRandom.VehicleKey(2, v), 432, 3 * Week + 7, longer);
            longer.Items[..shorter.Count].ToArray().ShouldBe(shorter.Items.ToArray());
        }
    }

    [Fact]
    public void Leaving_home_is_the_chain_of_the_model_slot_by_slot()
    {
        // Non-commuters, n_w the same for all but its spread: the share still at home after k slots against the product of 1 − n_w·P(t).
        TimeGeo model = People.Mobility(workplaceShare: 0);
        IMobilityWalker walker = model.OpenWalker();
        var stays = new StayList();
        const int vehicles = 20_000;
        int[] leaving = new int[Week];
        double[] expected = new double[Week];
        ReadOnlySpan<double> share = model.Parameters.NonCommuterRhythm.Share;
        for (int v = 0; v < vehicles; v++)
        {
            ulong key = CounterRandom.VehicleKey(3, v);
            walker.Walk(key, 0, 1, stays);
            if (stays[0].EndSlot < Week) leaving[stays[0].EndSlot]++;
            CounterRandom traits = CounterRandom.OfMobility(key);
            traits.NextUniform();
            double tours = model.Parameters.ToursPerWeek.Draw(ref traits), home = 1;
            for (int t = 1; t < Week; t++)
            {
                double hazard = Math.Min(1, tours * share[t]);
                expected[t] += home * hazard;
                home *= 1 - hazard;
            }
        }
        int left = 0;
        double leftExpected = 0;
        for (int t = 1; t < Week; t++)
        {
            left += leaving[t];
            leftExpected += expected[t];
            // Kolmogorov's distance at a level of 1e-6.
            (Math.Abs(left - leftExpected) / vehicles).ShouldBeLessThan(2.7 / Math.Sqrt(vehicles));
        }
    }

    [Fact]
    public void Commuters_are_at_work_on_workdays_more_than_at_weekends()
    {
        IMobilityWalker walker = People.Mobility(workplaceShare: 1).OpenWalker();
        var stays = new StayList();
        int[] arrivals = new int[7];
        for (int v = 0; v < 500; v++)
        {
            walker.Walk(CounterRandom.VehicleKey(4, v), 0, 4 * Week, stays);
            foreach (Stay stay in stays.Items) if (stay.Place == PlaceKind.Work) arrivals[stay.StartSlot / 144 % 7]++;
        }
        for (int day = 0; day < 5; day++) (arrivals[day] / 2000.0).ShouldBe(0.8, 0.06);
        for (int day = 5; day < 7; day++) (arrivals[day] / 2000.0).ShouldBe(0.3, 0.06);
    }

    [Fact]
    public void New_places_are_found_at_the_rate_of_the_model()
    {
        IMobilityWalker walker = People.Mobility(workplaceShare: 0).OpenWalker();
        var stays = new StayList();
        double expected = 0, variance = 0;
        int found = 0;
        for (int v = 0; v < 500; v++)
        {
            walker.Walk(CounterRandom.VehicleKey(6, v), 0, 6 * Week, stays);
            var known = new HashSet<int>();
            for (int i = 1; i < stays.Count; i++)
            {
                if (stays[i].Place != PlaceKind.Other) continue;
                // Where there is nowhere to return to, the vehicle explores.
                bool canReturn = known.Count > (known.Contains(stays[i - 1].Region) ? 1 : 0);
                double rate = canReturn ? 0.6 * Math.Pow(1 + known.Count, -0.21) : 1;
                expected += rate;
                variance += rate * (1 - rate);
                if (known.Add(stays[i].Region)) found++;
            }
        }
        found.ShouldBeGreaterThan(5000);
        ((found - expected) / Math.Sqrt(variance)).ShouldBeInRange(-5, 5);
    }

    [Fact]
    public void A_vehicle_that_hardly_moves_has_an_unknown_end()
    {
        IMobilityWalker walker = People.Mobility(toursPerWeek: 1e-9, workplaceShare: 0).OpenWalker();
        var stays = new StayList();
        walker.Walk(CounterRandom.VehicleKey(5, 0), 0, Week, stays);
        stays.Count.ShouldBe(1);
        stays[0].EndSlot.ShouldBe(Stay.Unknown);
    }
}
