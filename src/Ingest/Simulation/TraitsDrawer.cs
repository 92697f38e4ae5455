using Movc.Domain.Events;
using Movc.Domain.Randomness;
using Movc.Domain.Willingness;
using Movc.Ingest.Simulation.Parameters;

namespace Movc.Ingest.Simulation;

/// <summary>Draws what a vehicle is from (seed, vehicle): model, home, destination, consent (model.md §§1, 3, 5).</summary>
internal sealed class TraitsDrawer
{
    /// <summary>Length of a degree of latitude, km: mean of the WGS84 ellipsoid's meridian.</summary>
    private const double KmPerDegree = 111.13;

    private readonly CityParameters _parameters;
    private readonly IWillingness _willingness;
    private readonly double[] _modelShare;
    private readonly double[] _population;

    public TraitsDrawer(CityParameters parameters, double gamma)
    {
        _parameters = parameters;
        WillingnessParameters w = parameters.Willingness;
        _willingness = new DamageCosts(w.DamageCostVwsRmbPerKwh, w.DamageCostVwcRmbPerKwh, w.RelativeDeviation, gamma);
        _modelShare = Cumulate(parameters.Models.Select(m => m.Share));
        _population = Cumulate(parameters.Districts.Select(d => d.PopulationMillions));
    }

    public VehicleTraits Draw(ulong vehicleKey)
    {
        var random = CounterRandom.OfTraits(vehicleKey);
        var traits = new VehicleTraits { Model = (byte)Pick(_modelShare, random.NextUniform()), Consent = _willingness.Choose(ref random) };
        bool works = random.NextUniform() < _parameters.WorkplaceShare;
        traits.Away = works ? PlaceKind.Work : PlaceKind.Other;

        DistrictParameters district = _parameters.Districts[Pick(_population, random.NextUniform())];
        double homeRadiusKm = _parameters.HomeJitter * RadiusKm(district) * Math.Sqrt(random.NextUniform());
        (double homeLatitude, double homeLongitude) = Move(district.LatitudeDeg, district.LongitudeDeg, homeRadiusKm, random.NextUniform());

        double distanceKm = Distance(ref random, works ? _parameters.Work.MeanDistanceKm : _parameters.Outing.MeanDistanceKm);
        (double awayLatitude, double awayLongitude) = Destination(ref random, homeLatitude, homeLongitude, distanceKm);
        traits.TripWh = (int)Math.Ceiling(_parameters.Travel.TripWh(distanceKm));
        traits.TripSeconds = _parameters.Travel.TripSeconds(distanceKm);
        traits.HomeLatitudeE7 = E7(homeLatitude);
        traits.HomeLongitudeE7 = E7(homeLongitude);
        traits.AwayLatitudeE7 = E7(awayLatitude);
        traits.AwayLongitudeE7 = E7(awayLongitude);
        return traits;
    }

    /// <summary>Exponential (gamma of shape 1) with the group's mean, truncated to the longest distance by its inverse, so that one draw is enough.</summary>
    private double Distance(ref CounterRandom random, double meanKm)
    {
        TravelParameters travel = _parameters.Travel;
        int group = (int)(random.NextUniform() * travel.DistanceGroups.Count);
        double groupMeanKm = meanKm * Math.Exp(travel.DistanceSpread * travel.DistanceGroups[group]);
        double cut = 1 - Math.Exp(-travel.DistanceMaxKm / groupMeanKm);
        double distanceKm = -groupMeanKm * Math.Log(1 - random.NextUniform() * cut);
        return Math.Clamp(distanceKm, travel.DistanceMinKm, travel.DistanceMaxKm);
    }

    /// <summary>The place at the distance in the first of eight drawn directions that ends in the city, else in the one that ends nearest to it.</summary>
    private (double Latitude, double Longitude) Destination(ref CounterRandom random, double latitude, double longitude, double distanceKm)
    {
        (double, double) best = default;
        double bestKm = double.PositiveInfinity;
        for (int i = 0; i < 8 && bestKm > 0; i++)
        {
            (double Latitude, double Longitude) place = Move(latitude, longitude, distanceKm, random.NextUniform());
            double km = KmOutsideCity(place.Latitude, place.Longitude);
            if (km >= bestKm) continue;
            bestKm = km;
            best = place;
        }
        return best;
    }

    /// <summary>Distance to the nearest district, each taken as a disc of its area; 0 inside one.</summary>
    private double KmOutsideCity(double latitude, double longitude)
    {
        double nearest = double.PositiveInfinity;
        for (int i = 0; i < _parameters.Districts.Count; i++)
        {
            DistrictParameters district = _parameters.Districts[i];
            double north = (latitude - district.LatitudeDeg) * KmPerDegree;
            double east = (longitude - district.LongitudeDeg) * KmPerDegree * Math.Cos(district.LatitudeDeg * (Math.PI / 180));
            nearest = Math.Min(nearest, Math.Max(0, Math.Sqrt(north * north + east * east) - RadiusKm(district)));
        }
        return nearest;
    }

    private static (double Latitude, double Longitude) Move(double latitude, double longitude, double km, double turn)
    {
        (double sin, double cos) = Math.SinCos(2 * Math.PI * turn);
        return (latitude + km * cos / KmPerDegree, longitude + km * sin / (KmPerDegree * Math.Cos(latitude * (Math.PI / 180))));
    }

    private static double RadiusKm(DistrictParameters district) => Math.Sqrt(district.AreaKm2 / Math.PI);

    private static int E7(double degrees) => (int)Math.Round(degrees * 1e7);

    private static double[] Cumulate(IEnumerable<double> weights)
    {
        double sum = 0;
        double[] cumulated = weights.Select(w => sum += w).ToArray();
        return cumulated.Select(c => c / sum).ToArray();
    }

    private static int Pick(double[] cumulated, double uniform)
    {
        int i = 0;
        while (i < cumulated.Length - 1 && uniform >= cumulated[i]) i++;
        return i;
    }
}
