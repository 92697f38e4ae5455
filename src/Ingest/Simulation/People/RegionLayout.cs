using Movc.Domain.Places;
using Movc.Domain.Randomness;
using Movc.Ingest.Simulation.Parameters;

namespace Movc.Ingest.Simulation.People;

/// <summary>
/// Lays out a city's stay regions where no measured ones are given: each district a disc of its area around its centroid, its regions
/// spread evenly over it along a golden-angle spiral, popularity lognormal. A pure function of the parameters: no seed.
/// </summary>
internal static class RegionLayout
{
    private const double GoldenAngle = 2.399963229728653;

    public static StayRegions Of(CityParameters city)
    {
        if (city.Regions.Measured is { } measured) return Measured(city, measured);
        IReadOnlyList<DistrictParameters> districts = city.Districts;
        double area = districts.Sum(d => d.AreaKm2), population = districts.Sum(d => d.PopulationMillions);
        double originLatitude = districts.Average(d => d.LatitudeDeg), originLongitude = districts.Average(d => d.LongitudeDeg);
        double kmPerDegreeEast = StayRegions.KmPerDegree * Math.Cos(originLatitude * (Math.PI / 180));
        double[] wanted = [.. districts.Select(d =>
            city.Regions.Count * (city.Regions.AreaShare * d.AreaKm2 / area + (1 - city.Regions.AreaShare) * d.PopulationMillions / population))];
        int[] counts = LargestRemainder(wanted, city.Regions.Count);
        List<double> east = [], north = [], popularity = [];
        List<int> district = [];
        for (int d = 0; d < districts.Count; d++)
        {
            double radius = Math.Sqrt(districts[d].AreaKm2 / Math.PI);
            CounterRandom random = CounterRandom.OfTraits(CounterRandom.VehicleKey(0, d));
            for (int i = 0; i < counts[d]; i++)
            {
                double r = radius * Math.Sqrt((i + 0.5) / counts[d]);
                (double sin, double cos) = Math.SinCos(GoldenAngle * i);
                east.Add((districts[d].LongitudeDeg - originLongitude) * kmPerDegreeEast + r * cos);
                north.Add((districts[d].LatitudeDeg - originLatitude) * StayRegions.KmPerDegree + r * sin);
                popularity.Add(Math.Exp(city.Regions.PopularitySigma * random.NextNormals().First));
                district.Add(d);
            }
        }
        return new StayRegions(originLatitude, originLongitude, [.. east], [.. north], [.. district], [.. popularity], districts.Count);
    }

    private static StayRegions Measured(CityParameters city, IReadOnlyList<MeasuredRegion> regions)
    {
        double originLatitude = city.Districts.Average(d => d.LatitudeDeg), originLongitude = city.Districts.Average(d => d.LongitudeDeg);
        double kmPerDegreeEast = StayRegions.KmPerDegree * Math.Cos(originLatitude * (Math.PI / 180));
        return new StayRegions(
            originLatitude, originLongitude,
            [.. regions.Select(r => (r.LongitudeDeg - originLongitude) * kmPerDegreeEast)], [.. regions.Select(r => (r.LatitudeDeg - originLatitude) * StayRegions.KmPerDegree)],
            [.. regions.Select(r => r.District)], [.. regions.Select(r => r.Popularity)], city.Districts.Count)
        {
            HomeWeight = [.. regions.Select(r => r.Homes)],
        };
    }

    /// <summary>Whole numbers near the wanted ones that add up to the total.</summary>
    private static int[] LargestRemainder(double[] wanted, int total)
    {
        int[] counts = [.. wanted.Select(w => (int)w)];
        int[] byRemainder = [.. Enumerable.Range(0, wanted.Length).OrderByDescending(i => wanted[i] - counts[i]).ThenBy(i => i)];
        for (int k = 0, missing = total - counts.Sum(); k < missing; k++) counts[byRemainder[k % byRemainder.Length]]++;
        return counts;
    }
}
