using System.Globalization;
using Movc.Domain;
using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Simulation;
using Movc.Domain.Time;
using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Simulation.People;

namespace Movc.Ingest.Simulation;

/// <summary>A simulated city: a fleet that tells what it does, and the load that it lives beside.</summary>
public static class SimulatedCity
{
    /// <summary>Cities that can be simulated.</summary>
    public static IReadOnlyList<string> KnownCities => CityParameterFile.KnownCities;

    /// <summary>IANA time zone of a city: what the calendar for <see cref="Open"/> must be of.</summary>
    /// <exception cref="InputException">The city is not known.</exception>
    public static string TimeZoneOf(string city) => CityParameterFile.Open(city).TimeZone;

    /// <summary>Opens a city.</summary>
    /// <param name="options">What the user asked for.</param>
    /// <param name="calendar">Calendar of the city's time zone (<see cref="TimeZoneOf"/>).</param>
    /// <exception cref="InputException">Unknown city, a parameter file that is wrong, or a number outside its range.</exception>
    public static OpenedCity Open(SimulationOptions options, ICityCalendar calendar)
    {
        CityParameters parameters = CityParameterFile.Open(options.City);
        int vehicles = options.Vehicles ?? parameters.CityVehicles;
        if (vehicles is < 1 or > SimulatedFleet.MaxVehicles)
            throw Wrong($"--vehicles: {vehicles} lies outside 1 to {SimulatedFleet.MaxVehicles}");
        if (options.Gamma is { } gamma && !(gamma >= 0 && double.IsFinite(gamma)))
            throw Wrong($"--gamma: {gamma} must be a number of 0 or more");
        long startMs = options.StartMs ?? parameters.DefaultStartMs;
        if (startMs is < VehicleEventRules.EarliestMs + 30 * 86_400_000L or > VehicleEventRules.LatestMs - 366 * 86_400_000L)
            throw Wrong($"--start: {startMs} ms lies outside 2000-01-31 to 2098-12-31");
        if (Slots.Floor(startMs) != startMs)
            throw Wrong($"--start: {startMs} ms is not on a full {Slots.Minutes} minutes");
        Season season = options.Season ?? SeasonAt(calendar.DayNumber(startMs));
        PeopleModel people = CityPeople.Of(parameters, options.Case, options.Gamma);
        return new OpenedCity(
            parameters.City,
            parameters.Hash,
            new SimulatedFleet(parameters, people, vehicles, options.Seed, startMs, calendar),
            new ShapedCityLoad(parameters, vehicles, season, calendar),
            new UnmanagedCharging(new TariffClock(people.Tariff, calendar)),
            [
                string.Create(CultureInfo.InvariantCulture, $"[S] every vehicle stands full at home {SimulatedFleet.WarmUpDays} days before the start and lives through them"),
                .. parameters.Assumptions,
            ])
        {
            Regions = people.Mobility.Regions,
            Willingness = people.Willingness,
            Districts = [.. parameters.Districts.Select(d => d.Name)],
        };
    }

    /// <summary>Meteorological seasons of the northern hemisphere.</summary>
    private static Season SeasonAt(int day) => new DateOnly(1970, 1, 1).AddDays(day).Month switch
    {
        >= 3 and <= 5 => Season.Spring,
        >= 6 and <= 8 => Season.Summer,
        >= 9 and <= 11 => Season.Fall,
        _ => Season.Winter,
    };

    private static InputException Wrong(FormattableString what) => new(what.ToString(CultureInfo.InvariantCulture));
}
