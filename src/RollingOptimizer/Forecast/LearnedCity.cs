using Movc.Domain.Fleet;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Plans;

namespace Movc.RollingOptimizer.Forecast;

/// <summary>
/// Foresees the city from its past alone: its load without private EVs, what the vehicles of unwilling owners draw and what the willing
/// ones would draw on their own, each learned as a series of its own. Until a whole day of the vehicles was seen, only their known
/// sessions are reckoned with.
/// </summary>
public sealed class LearnedCity : ICityForecast
{
    /// <summary>Of the load, so much of the time before the city's start is learned from, where somebody knows it.</summary>
    public const int ArchiveWeeks = 8;

    private readonly ISeriesForecaster _original;
    private readonly ISeriesForecaster _others;
    private readonly ISeriesForecaster _willing;
    private long _lastMs = long.MinValue;
    private int _seen;
    private bool _knowsOriginal;

    /// <param name="create">Makes a forecaster of 10-minute slots with <see cref="FleetOutlook.Slots"/> ahead.</param>
    public LearnedCity(Func<ISeriesForecaster> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        (_original, _others, _willing) = (create(), create(), create());
    }

    /// <summary>The forecasters that a city has unless others are given.</summary>
    /// <param name="load">What the city drew before its start, where it knows that.</param>
    /// <param name="startMs">The city's start, Unix milliseconds UTC.</param>
    /// <param name="calendar">City time.</param>
    public static LearnedCity Open(ICityLoad load, long startMs, ICityCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(load);
        var city = new LearnedCity(() => new LearningForecaster(Slots.Ms, calendar, FleetOutlook.Slots));
        // Without an archive the first interval has what was metered just before it.
        int past = load.KnowsBeforeStart ? ArchiveWeeks * 7 * Slots.PerDay : 1;
        for (long atMs = startMs - (past * Slots.Ms); atMs < startMs; atMs += Slots.Ms) city.ObserveOriginal(atMs, load.LoadKw(atMs));
        return city;
    }

    /// <inheritdoc/>
    public string Description => $"{_original.Name}: from the load's and the vehicles' past";

    /// <inheritdoc/>
    public void Observe(in RealizedSlot slot)
    {
        if (slot.AtMs <= _lastMs) return;
        ObserveOriginal(slot.AtMs, slot.OriginalKw);
        if (slot.Willing is not { } willing || slot.OthersKw is not { } othersKw) return;
        _others.Observe(slot.AtMs, othersKw);
        _willing.Observe(slot.AtMs, willing.ChargeOnlyKw);
        _seen++;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Nothing is known of the load yet.</exception>
    public HorizonForecast Forecast(long fromMs, int slots)
    {
        if (!_knowsOriginal) throw new InvalidOperationException("nothing is known of the city's load yet");
        SeriesForecast original = _original.Forecast(fromMs, slots);
        bool knowsVehicles = _seen >= Slots.PerDay;
        return new HorizonForecast(
            original.Mean, knowsVehicles ? NotNegative(_others.Forecast(fromMs, slots).Mean) : null, knowsVehicles ? NotNegative(_willing.Forecast(fromMs, slots).Mean) : null)
        {
            Band = (original.Low, original.High),
        };
    }

    private void ObserveOriginal(long atMs, double kw)
    {
        _original.Observe(atMs, kw);
        (_lastMs, _knowsOriginal) = (atMs, true);
    }

    private static double[] NotNegative(double[] kw) => Array.ConvertAll(kw, v => Math.Max(0, v));
}
