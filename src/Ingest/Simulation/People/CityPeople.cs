using Movc.Domain;
using Movc.Domain.Charging;
using Movc.Domain.Mobility;
using Movc.Domain.Simulation;
using Movc.Domain.Time;
using Movc.Domain.Willingness;
using Movc.Ingest.Simulation.Parameters;

namespace Movc.Ingest.Simulation.People;

/// <summary>A city's people from its parameters.</summary>
public static class CityPeople
{
    /// <summary>Builds the model.</summary>
    /// <param name="city">The parameters.</param>
    /// <param name="chargingCase">Which weights of the charging choice.</param>
    /// <param name="gamma">Compensation over mean damage cost; null = the parameters'.</param>
    /// <param name="quickAtHomeShare">See <see cref="PeopleModel.QuickAtHomeShare"/>.</param>
    /// <exception cref="InputException">The parameters do not know the case.</exception>
    public static PeopleModel Of(CityParameters city, ChargingCase chargingCase = ChargingCase.Base, double? gamma = null, double quickAtHomeShare = 0)
    {
        Tariff tariff = TariffOf(city);
        return new PeopleModel
        {
            Mobility = new TimeGeo(Population(city), RegionLayout.Of(city)),
            Charging = ChoiceOf(city, chargingCase, tariff),
            Tariff = tariff,
            Willingness = WillingnessOf(city, gamma),
            Models = [.. city.Models.Select(m => new VehicleModel(m.Name, m.CapacityWh / 1000.0, m.AcPowerW / 1000.0, m.QuickPowerW / 1000.0, m.Share))],
            KwhPerKm = city.Travel.TractionPowerKw / city.Travel.SpeedKmPerHour,
            Efficiency = city.ChargingEfficiency,
            Departures = city.Charging.Departures,
            QuickAtHomeShare = quickAtHomeShare,
        };
    }

    /// <summary>What a city's owners allow at a compensation.</summary>
    /// <param name="city">The parameters.</param>
    /// <param name="gamma">Compensation over mean damage cost; null = the parameters'.</param>
    public static IWillingness WillingnessOf(CityParameters city, double? gamma = null) => new DamageCosts(
        city.Willingness.DamageCostVwsRmbPerKwh, city.Willingness.DamageCostVwcRmbPerKwh, city.Willingness.RelativeDeviation, gamma ?? city.Willingness.Gamma);

    /// <summary>The same people, who weigh charging otherwise; what their mobility has worked out so far is kept.</summary>
    /// <exception cref="InputException">The parameters do not know the case.</exception>
    public static PeopleModel Weighing(this PeopleModel people, CityParameters city, ChargingCase chargingCase) =>
        people with { Charging = ChoiceOf(city, chargingCase, people.Tariff) };

    private static LogitChargingChoice ChoiceOf(CityParameters city, ChargingCase chargingCase, Tariff tariff)
    {
        if (!city.Charging.Cases.TryGetValue(chargingCase, out ChargingUtility? utility))
            throw new InputException($"{city.City}: charging.cases has no {chargingCase}; add its row");
        return new LogitChargingChoice(utility, tariff, city.ChargingEfficiency);
    }

    private static Tariff TariffOf(CityParameters city)
    {
        double[] home = [.. Enumerable.Range(0, Slots.PerDay).Select(t => city.Charging.HomeRmbPerKwh[t * 24 / Slots.PerDay])];
        return new Tariff(home, [.. home.Select(p => p + city.Charging.PublicSurchargeRmbPerKwh)]);
    }

    private static TimeGeoParameters Population(CityParameters city)
    {
        MobilityParameters m = city.Mobility;
        return new TimeGeoParameters
        {
            WorkplaceShare = city.WorkplaceShare,
            ToursPerWeek = m.ToursPerWeek,
            DwellRate = m.DwellRate,
            BurstRate = m.BurstRate,
            ExplorationRate = m.ExplorationRate,
            ExplorationDecay = m.ExplorationDecay,
            DistanceShape = m.DistanceShape,
            OtherDistanceKm = m.OtherDistanceKm,
            WorkDistanceKm = m.WorkDistanceKm,
            DistanceFactors = [.. city.Travel.DistanceGroups.Select(z => Math.Exp(city.Travel.DistanceSpread * z))],
            SpeedKmPerHour = city.Travel.SpeedKmPerHour,
            Detour = city.Travel.Detour,
            Work = new WorkBlocks(
                city.Work.ProbabilityWeekday, city.Work.ProbabilityWeekend,
                [.. city.Work.Blocks.Select(b => new WorkBlockComponent(b.Weight, b.StartMeanMin, b.DurationMeanMin, b.StartVarianceMin2, b.CovarianceMin2, b.DurationVarianceMin2))],
                city.Work.DurationMinMin, city.Work.DurationMaxMin),
            CommuterRhythm = RhythmOf(m.HourlyRhythm),
            NonCommuterRhythm = RhythmOf(m.HourlyRhythmWithoutWork),
            DistrictWeights = [.. city.Districts.Select(d => d.PopulationMillions)],
        };
    }

    /// <summary>P(t) from shares by hour, 24 or 168: straight between the middles of the hours, round the day or round the week.</summary>
    public static TravelRhythm RhythmOf(IReadOnlyList<double> hourly) => new([.. Enumerable.Range(0, TravelRhythm.SlotsPerWeek).Select(t =>
    {
        double at = (t % (6 * hourly.Count) + 0.5) / 6 - 0.5 + hourly.Count;
        int before = (int)at;
        return (1 - (at - before)) * hourly[before % hourly.Count] + (at - before) * hourly[(before + 1) % hourly.Count];
    })]);
}
