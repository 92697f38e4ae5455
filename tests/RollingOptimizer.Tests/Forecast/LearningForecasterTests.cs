using Movc.Domain.Time;
using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Forecast.Evaluation;

namespace Movc.RollingOptimizer.Tests.Forecast;

public class LearningForecasterTests
{
    private const int Week = 7 * Series.Day;

    [Fact]
    public void A_week_that_repeats_is_known_after_two()
    {
        var forecaster = new LearningForecaster(Series.HourMs, new WallClock(), Week);
        double[] values = [.. Enumerable.Range(0, 3 * Week).Select(Series.Weekly)];
        Series.Tell(forecaster, values[..(2 * Week)]);
        for (int t = 2 * Week; t < 3 * Week; t++)
        {
            SeriesForecast forecast = Series.Ask(forecaster, t, 48);
            for (int i = 0; i < 48; i++) forecast.Mean[i].ShouldBe(Series.Weekly(t + i), 1e-6);
            Series.Tell(forecaster, [values[t]], t);
        }
    }

    [Fact]
    public void A_step_is_followed_within_a_day_and_forgotten_as_a_surprise()
    {
        ISeriesForecaster forecaster = Series.Of("learned");
        double[] values = Series.City(10, 3);
        for (int t = 8 * Week; t < values.Length; t++) values[t] += 200;
        Series.Tell(forecaster, values[..((8 * Week) + 25)]);
        double missed = 0;
        for (int t = (8 * Week) + 25; t < values.Length - 1; t++)
        {
            missed += Math.Abs(Series.Ask(forecaster, t, 1).Mean[0] - values[t]);
            Series.Tell(forecaster, [values[t]], t);
        }
        (missed / ((2 * Week) - 26)).ShouldBeLessThan(10);
    }

    [Fact]
    public void Days_are_those_of_the_wall_clock()
    {
        // The clock goes forward an hour in the tenth week; people's hours go with it.
        var summer = new Summer(Series.StartMs + ((9 * Week) + 50) * Series.HourMs);
        double Local(int t) => Series.Weekly(t + (summer.OffsetMinutes(Series.StartMs + (t * Series.HourMs)) / 60));
        double[] values = [.. Enumerable.Range(0, 10 * Week).Select(Local)];
        var knows = new LastWeekForecaster(Series.HourMs, summer, Series.Day);
        var learns = new LearningForecaster(Series.HourMs, summer, Series.Day);
        for (int t = 0; t < values.Length - 1; t++)
        {
            Series.Tell(knows, [values[t]], t);
            Series.Tell(learns, [values[t]], t);
            if (t < 9 * Week) continue;
            Series.Ask(knows, t + 1, 1).Mean[0].ShouldBe(values[t + 1], 1e-9, $"slot {t + 1}");
            Series.Ask(learns, t + 1, 1).Mean[0].ShouldBe(values[t + 1], 1e-6, $"slot {t + 1}");
        }
    }

    [Fact]
    public void Nine_of_ten_values_lie_in_the_band()
    {
        IReadOnlyList<LeadScore[]> scores = WalkForward.Run(
            Series.Metered(Series.City(24, 11)), [Series.Of("learned")], [1, 6, 24, 36], 8 * Week, 1, TestContext.Current.CancellationToken);
        foreach (LeadScore score in scores[0]) score.Inside.ShouldBeInRange(.85, .95, $"{score.Lead} h");
    }

    [Fact]
    public void Weeks_missing_in_the_middle_spoil_nothing_that_comes_after()
    {
        double[] values = Series.City(20, 12);
        double Missed(int from, int to)
        {
            ISeriesForecaster forecaster = Series.Of("learned");
            double sum = 0;
            for (int t = 0; t < values.Length - Series.Day; t++)
            {
                if (t < from || t >= to) Series.Tell(forecaster, [values[t]], t);
                if (t >= 14 * Week) sum += Math.Abs(Series.Ask(forecaster, t + 1, Series.Day).Mean[^1] - values[t + Series.Day]);
            }
            return sum;
        }
        Missed(11 * Week, (12 * Week) + 30).ShouldBeLessThan(1.1 * Missed(0, 0));
    }

    [Fact]
    public void Slots_of_ten_minutes_are_learned_at_every_lead()
    {
        // A day's rhythm with a level that drifts: leads between those learned must not stand out.
        const long SlotMs = 600_000;
        var forecaster = new LearningForecaster(SlotMs, new WallClock(), 216);
        var random = new Random(2);
        double[] values = new double[6 * 7 * 144];
        double level = 0;
        for (int t = 0; t < values.Length; t++)
        {
            level = (.995 * level) + (random.NextDouble() - .5);
            values[t] = (30 * Math.Sin(2 * Math.PI * t / 144)) + level;
        }
        double[] missed = new double[216];
        for (int t = 0; t < values.Length - 216; t++)
        {
            forecaster.Observe(t * SlotMs, values[t]);
            if (t < 4 * 7 * 144 || t % 5 != 0) continue;
            double[] mean = forecaster.Forecast((t + 1) * SlotMs, 216).Mean;
            for (int i = 0; i < 216; i++) missed[i] += Math.Abs(mean[i] - values[t + 1 + i]);
        }
        for (int i = 1; i < 215; i++) missed[i].ShouldBeLessThan(1.15 * Math.Max(missed[i - 1], missed[i + 1]), $"lead {i + 1}");
    }

    private sealed class Summer(long fromMs) : ICityCalendar
    {
        private readonly WallClock _clock = new();

        public string TimeZone => "Nowhere/Summer";

        public int DayNumber(long unixMs) => _clock.DayNumber(unixMs + (OffsetMinutes(unixMs) * 60_000L));

        public int MinuteOfDay(long unixMs) => _clock.MinuteOfDay(unixMs + (OffsetMinutes(unixMs) * 60_000L));

        public int OffsetMinutes(long unixMs) => unixMs >= fromMs ? 60 : 0;
    }
}
