using Movc.Domain.Charging;
using Movc.Domain.Mobility;
using Movc.Domain.Places;
using Movc.Domain.Simulation;
using Movc.Domain.Willingness;

namespace Movc.Domain.Tests.Simulation;

/// <summary>A small city's people, of round numbers of the tests' own.</summary>
internal static class People
{
    public static readonly Tariff Tariff = new(Hours(h => h < 8 ? 0.2 : h is >= 14 and < 19 ? 1 : 0.6), Hours(h => h < 8 ? 0.8 : 1.5));

    public static readonly ChargingUtility Utility = new() { Constant = 1, Soc = 3, PowerPerKw = 0, Gain = 3, CostPerRmb = 0.35, IndifferentSoc = 0.3 };

    public static PeopleModel Model(double toursPerWeek = 8, double workplaceShare = 0.7, ChargingUtility? utility = null) => new()
    {
        Mobility = Mobility(toursPerWeek, workplaceShare),
        Charging = new LogitChargingChoice(utility ?? Utility, Tariff, 0.9),
        Tariff = Tariff,
        Willingness = new DamageCosts(0.15, 0.03, 0.5, 1),
        Models = [new VehicleModel("large", 60, 7, 60, 0.6), new VehicleModel("small", 26.5, 3.3, 0, 0.4)],
        KwhPerKm = 0.172,
        Efficiency = 0.9,
    };

    public static TimeGeo Mobility(double toursPerWeek = 8, double workplaceShare = 0.7, LogNormal? dwell = null)
    {
        var rhythm = new TravelRhythm([.. Enumerable.Range(0, TravelRhythm.SlotsPerWeek).Select(t => 1.02 - Math.Cos(2 * Math.PI * (t - 12) / 144))]);
        var random = new Random(1);
        double[] east = [.. Enumerable.Range(0, 300).Select(_ => random.NextDouble() * 40)], north = [.. east.Select(_ => random.NextDouble() * 25)];
        var regions = new StayRegions(22.5, 114, east, north, [.. east.Select(e => e < 20 ? 0 : 1)], [.. east.Select(_ => 0.2 + random.NextDouble())], 2);
        return new TimeGeo(
            new TimeGeoParameters
            {
                WorkplaceShare = workplaceShare,
                ToursPerWeek = new LogNormal(toursPerWeek, 0.4),
                DwellRate = dwell ?? new LogNormal(6, 0.6),
                BurstRate = new LogNormal(15, 0.7),
                ExplorationRate = 0.6,
                ExplorationDecay = 0.21,
                DistanceShape = 1,
                OtherDistanceKm = 5.5,
                WorkDistanceKm = 7,
                DistanceFactors = [0.5, 1, 3],
                SpeedKmPerHour = 21,
                Detour = 1.35,
                Work = new WorkBlocks(0.8, 0.3, [new WorkBlockComponent(1, 480, 520, 4000, -1000, 4000)], 30, 1200),
                CommuterRhythm = rhythm,
                NonCommuterRhythm = rhythm,
                DistrictWeights = [1, 2],
            },
            regions);
    }

    private static double[] Hours(Func<int, double> price) => [.. Enumerable.Range(0, 144).Select(t => price(t / 6))];
}
