using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Forecast.Evaluation;

namespace Movc.RollingOptimizer.Tests.Forecast;

/// <summary>Made series and the forecasters that all suites run.</summary>
internal static class Series
{
    public const int Day = 24;
    public const long HourMs = 3_600_000;
    public const long StartMs = 1_640_995_200_000;

    public static ISeriesForecaster Of(string kind, int horizon = 36, long slotMs = HourMs) => kind switch
    {
        "persistence" => new PersistenceForecaster(slotMs, new WallClock(), horizon),
        "last week" => new LastWeekForecaster(slotMs, new WallClock(), horizon),
        "learned" => new LearningForecaster(slotMs, new WallClock(), horizon),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown"),
    };

    /// <summary>A value of a week's rhythm that no day of it repeats.</summary>
    public static double Weekly(int hour)
    {
        int ofWeek = hour % (7 * Day);
        return 100 + (20 * Math.Sin(2 * Math.PI * ofWeek / Day)) + (ofWeek / Day * 3) + (ofWeek * ofWeek % 17);
    }

    /// <summary>A rhythm with weather that stays for days, seeded.</summary>
    public static double[] City(int weeks, int seed)
    {
        var random = new Random(seed);
        double[] values = new double[weeks * 7 * Day];
        double weather = 0;
        for (int t = 0; t < values.Length; t++)
        {
            weather = (.98 * weather) + (random.NextDouble() - .5);
            values[t] = Weekly(t) + (8 * weather) + (4 * (random.NextDouble() - .5));
        }
        return values;
    }

    public static MeteredSeries Metered(double[] values) => new("made", "kW", StartMs, HourMs, values);

    public static void Tell(ISeriesForecaster forecaster, ReadOnlySpan<double> values, int from = 0)
    {
        for (int t = 0; t < values.Length; t++) forecaster.Observe(StartMs + ((from + t) * HourMs), values[t]);
    }

    public static SeriesForecast Ask(ISeriesForecaster forecaster, int from, int slots) => forecaster.Forecast(StartMs + (from * HourMs), slots);

    public static void ShouldBeSound(SeriesForecast forecast, int slots)
    {
        (forecast.Mean.Length, forecast.Low.Length, forecast.High.Length).ShouldBe((slots, slots, slots));
        for (int i = 0; i < slots; i++)
        {
            double.IsFinite(forecast.Mean[i] + forecast.Low[i] + forecast.High[i]).ShouldBeTrue($"slot {i}");
            forecast.Low[i].ShouldBeLessThanOrEqualTo(forecast.Mean[i]);
            forecast.High[i].ShouldBeGreaterThanOrEqualTo(forecast.Mean[i]);
        }
    }
}
