using System.Globalization;
using Movc.Domain;
using Movc.Domain.Events;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.Ingest.Simulation.Parameters;

namespace Movc.Ingest.Simulation;

/// <summary>A simulated city: a fleet that tells what it does, and the load that it lives beside.</summary>
public static class SimulatedCity
{
    /// <summary>Cities that can be simulated.</summary>
    public static IReadOnlyList<string> KnownCities => CityParameterFile.KnownCities;

    /// <summary>IANA time zone of a city: what the calendar for <see cref="Open"/> must be of.</summary>
    /// <exception cref="InputException">The city is not known.</exception>
    public static string TimeZoneOf(string city) => CityParameterFile.BuiltIn(city).TimeZone;

    /// <summary>Opens a city.</summary>
    /// <param name="options">What the user asked for.</param>
    /// <param name="calendar">Calendar of the city's time zone (<see cref="TimeZoneOf"/>).</param>
    /// <returns>The fleet, the load, one line for each assumption marked [G], the IANA time zone.</returns>
    /// <exception cref="InputException">Unknown city, or a number outside its range.</exception>
    public static (IVehicleEventSource Source, ICityLoad Load, IReadOnlyList<string> Assumptions, string TimeZone) Open(
        SimulationOptions options, ICityCalendar calendar)
    {
        CityParameters parameters = CityParameterFile.BuiltIn(options.City);
        if (options.Vehicles is < 1 or > CommutingFleet.MaxVehicles)
            throw Wrong($"--vehicles: {options.Vehicles} lies outside 1 to {CommutingFleet.MaxVehicles}");
        if (options.Gamma is { } gamma && !(gamma >= 0 && double.IsFinite(gamma)))
            throw Wrong($"--gamma: {gamma} must be a number of 0 or more");
        long startMs = options.StartMs ?? parameters.DefaultStartMs;
        if (startMs is < VehicleEventRules.EarliestMs + 30 * 86_400_000L or > VehicleEventRules.LatestMs - 366 * 86_400_000L)
            throw Wrong($"--start: {startMs} ms lies outside 2000-01-31 to 2098-12-31");
        if (Slots.Floor(startMs) != startMs)
            throw Wrong($"--start: {startMs} ms is not on a full {Slots.Minutes} minutes");
        Season season = options.Season ?? SeasonAt(calendar.DayNumber(startMs));
        var source = new CommutingFleet(parameters, options.Vehicles, options.Seed, startMs, calendar, options.Gamma);
        var load = new ShapedCityLoad(parameters, options.Vehicles, season, calendar);
        string[] assumptions =
        [
            "[G] the vehicles only commute: home, one place, home; the full mobility model replaces them behind the same contract",
            string.Create(CultureInfo.InvariantCulture, $"[G] every vehicle stands full at home {CommutingFleet.WarmUpDays} days before the start and lives through them; it is registered one day before the start"),
            .. parameters.Assumptions,
        ];
        return (source, load, assumptions, parameters.TimeZone);
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
