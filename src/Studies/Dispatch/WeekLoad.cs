using Movc.Domain.Time;
using Movc.Ingest.Simulation;
using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Time;

namespace Movc.Studies.Dispatch;

/// <summary>The city's load beside a simulated week.</summary>
public static class WeekLoad
{
    /// <summary>Load from a Monday 0:00 on, kW per slot: the season's typical week, repeated.</summary>
    /// <param name="city">The parameters.</param>
    /// <param name="vehicles">Vehicles of the city that the load stands beside; less than all of them have their share of it.</param>
    /// <param name="season">Whose week.</param>
    /// <param name="days">How many.</param>
    public static double[] Of(CityParameters city, double vehicles, Season season, int days)
    {
        var calendar = new NodaCityCalendar(city.TimeZone);
        var load = new ShapedCityLoad(city, vehicles, season, calendar);
        // The typical week repeats, so any Monday will do.
        long start = city.DefaultStartMs;
        long mondayMs = start - (Weekdays.Of(calendar.DayNumber(start)) * Slots.PerDay * Slots.Ms) - (calendar.MinuteOfDay(start) * 60_000L);
        return [.. Enumerable.Range(0, days * Slots.PerDay).Select(t => load.LoadKw(mondayMs + (t * Slots.Ms)))];
    }
}
