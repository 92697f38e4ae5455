using System.Globalization;
using Movc.Domain.Metrics;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.Ingest.Simulation.Parameters;

namespace Movc.Ingest.Simulation;

/// <summary>
/// The city's load from its published figures alone (model.md §8): L = M·(1 + s·(shape − 1)), s solved so that the weekly median
/// of the daily PVDR (L_p − L_v)/L_p is the season's, M so that the week reaches its peak or its mean. One typical week, repeated; a smaller fleet gets its share of the city.
/// </summary>
public sealed class ShapedCityLoad : ICityLoad
{
    private const int DaysPerWeek = 7;
    private const int SlotsPerWeek = DaysPerWeek * Slots.PerDay;
    private readonly ICityCalendar _calendar;

    // kW by slot of the week, Monday 0:00 first.
    private readonly double[] _weekKw;

    /// <param name="parameters">The city.</param>
    /// <param name="vehicles">Size of the fleet that the load stands beside; the city's own number gives the whole load, a broken one a share as exact as wanted.</param>
    /// <param name="season">Which week.</param>
    /// <param name="calendar">Calendar of the city's time zone.</param>
    /// <exception cref="Domain.InputException">The parameters know no such season, or no amplitude reaches its PVDR.</exception>
    public ShapedCityLoad(CityParameters parameters, double vehicles, Season season, ICityCalendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(vehicles);
        double share = vehicles / parameters.CityVehicles;
        _calendar = calendar;
        LoadParameters load = parameters.Load;
        SeasonParameters week = load.Seasons.FirstOrDefault(s => s.Season == season)
            ?? throw new Domain.InputException($"{parameters.City}: load.seasons has no {season.ToString().ToLowerInvariant()}; add its row");
        double amplitude = SolveAmplitude(load, week.Pvdr, parameters.City);
        double[] relative = Week(load, amplitude);
        double levelMw = week.LevelMw / (week.ToPeak ? relative.Max() : relative.Average());
        _weekKw = relative.Select(r => r * levelMw * 1000 * share).ToArray();
        string scaledTo = string.Create(CultureInfo.InvariantCulture, $"scaled to a {(week.ToPeak ? "peak" : "mean")} of {week.LevelMw:#,0} MW");
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"{parameters.Name}, typical {season.ToString().ToLowerInvariant()} week, simulated: hourly shape of a Guangdong workday [P], amplitude {amplitude:0.000} for a median PVDR of {week.Pvdr:0.000} over peak [S], {scaledTo}, weekend level {load.WeekendLevel:0.00} and amplitude {load.WeekendAmplitude:0.00} [G]; share of the city {share:0.####}");
    }

    public string Description { get; }

    /// <inheritdoc/>
    public double LoadKw(long intervalStartMs)
    {
        int day = Weekdays.Of(_calendar.DayNumber(intervalStartMs));
        return _weekKw[day * Slots.PerDay + _calendar.MinuteOfDay(intervalStartMs) / Slots.Minutes];
    }

    /// <summary>The amplitude at which the week's median PVDR over peak is the wanted one; the PVDR grows with it.</summary>
    private static double SolveAmplitude(LoadParameters load, double pvdr, string city)
    {
        // Up to where the deepest hour of the shape would take all power away.
        double low = 0, high = 0.999 / Math.Max(1 - load.HourlyShape.Min(), 1e-3);
        if (!(MedianPvdr(load, high) > pvdr))
            throw new Domain.InputException(string.Create(CultureInfo.InvariantCulture, $"{city}: load.shape is too flat for a PVDR of {pvdr}; give a shape with a deeper valley"));
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            if (MedianPvdr(load, middle) < pvdr) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    private static double MedianPvdr(LoadParameters load, double amplitude)
    {
        int[] dayOfSlot = Enumerable.Range(0, SlotsPerWeek).Select(t => t / Slots.PerDay).ToArray();
        return PvdrByDay.Of(Week(load, amplitude), dayOfSlot).Median.OverPeak;
    }

    private static double[] Week(LoadParameters load, double amplitude)
    {
        var week = new double[SlotsPerWeek];
        for (int t = 0; t < SlotsPerWeek; t++)
        {
            double minute = (t + 0.5) * Slots.Minutes;
            double weekend = WeekendShare(minute, load.WeekendTransitionMin);
            double shape = Shape(load.HourlyShape, minute % 1440 / 60) - 1;
            double workday = 1 + amplitude * shape;
            double restDay = load.WeekendLevel * (1 + amplitude * load.WeekendAmplitude * shape);
            week[t] = workday + weekend * (restDay - workday);
        }
        return week;
    }

    /// <summary>Straight between the middles of the hours, round the clock: an hour's value is its mean.</summary>
    private static double Shape(IReadOnlyList<double> hourly, double hour)
    {
        double at = hour - 0.5 + 24;
        int before = (int)at;
        double part = at - before;
        return (1 - part) * hourly[before % 24] + part * hourly[(before + 1) % 24];
    }

    /// <summary>0 on a workday, 1 on a weekend's day, straight between over the transition around Saturday's and Monday's midnight.</summary>
    private static double WeekendShare(double minuteOfWeek, double transitionMin)
    {
        const double saturday = 5 * 1440, week = 7 * 1440;
        double half = Math.Max(transitionMin / 2, 1e-9);
        double sinceSaturday = Math.Clamp((minuteOfWeek - saturday) / half, -1, 1);
        double toMonday = Math.Clamp((week - minuteOfWeek) / half, -1, 1);
        // Monday morning still comes down from the weekend that ended at the week's end before it.
        double sinceMonday = Math.Clamp(minuteOfWeek / half, -1, 1);
        return Math.Max(Math.Min(1 + sinceSaturday, 1 + toMonday) / 2, (1 - sinceMonday) / 2);
    }
}
