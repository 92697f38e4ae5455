using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Forecast.Evaluation;

namespace Movc.RollingOptimizer.Tests.Forecast;

/// <summary>The judge is itself judged: on forecasters that learn nothing, cheat, or answer nonsense.</summary>
public class WalkForwardTests
{
    private const int Warm = 4 * 7 * Series.Day;
    private static readonly int[] Leads = [1, 6, 24];

    [Fact]
    public void Persistence_in_disguise_does_not_pass()
    {
        List<ForecastComparison> gate = Judge(Series.City(14, 1), new PersistenceForecaster(Series.HourMs, new WallClock(), 24));
        gate.Count.ShouldBe(6);
        gate.Where(c => c.Baseline is "persistence").ShouldAllBe(c => !c.Beats && c.Less.Mean == 0);
    }

    [Fact]
    public void Last_week_in_disguise_does_not_pass() =>
        Judge(Series.City(14, 1), new LastWeekForecaster(Series.HourMs, new WallClock(), 24)).Where(c => c.Baseline is "last week").ShouldAllBe(c => !c.Beats);

    [Fact]
    public void Who_has_the_values_from_elsewhere_foretells_the_wrong_ones()
    {
        double[] values = Series.City(14, 1);
        Judge(values, new Peeking(values)).ShouldAllBe(c => !c.Beats && c.Less.Mean < 0);
    }

    [Fact]
    public void The_learner_passes() => Judge(Series.City(14, 1), Series.Of("learned", 24)).ShouldAllBe(c => c.Beats);

    [Fact]
    public void On_pure_noise_the_learner_stays_near_the_mean()
    {
        // The mean of a uniform draw misses by a quarter; what is learned from noise costs a little.
        var random = new Random(5);
        double[] values = [.. Enumerable.Range(0, 14 * 7 * Series.Day).Select(_ => random.NextDouble())];
        IReadOnlyList<LeadScore[]> scores = Walk(values, Series.Of("learned", 24));
        foreach (LeadScore score in scores[0]) score.MeanError.ShouldBeInRange(.24, .29);
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("band")]
    [InlineData("short")]
    [InlineData("elsewhere")]
    public void Nonsense_is_not_scored(string fault) =>
        Should.Throw<InvalidOperationException>(() => Walk(Series.City(6, 1), new Broken(fault))).Message.ShouldContain("broken");

    [Fact]
    public void A_score_is_the_mean_of_what_was_missed()
    {
        // A saw that climbs 1 an hour: the last value is behind by the lead, last week by a week's hours.
        double[] values = [.. Enumerable.Range(0, 10 * 7 * Series.Day).Select(t => (double)t)];
        IReadOnlyList<LeadScore[]> scores = Walk(values, Series.Of("persistence", 24));
        for (int l = 0; l < Leads.Length; l++)
        {
            scores[0][l].MeanError.ShouldBe(Leads[l], 1e-9);
            scores[2][l].MeanError.ShouldBe(7 * Series.Day, 1e-9);
            scores[0][l].DailyErrors.Length.ShouldBe(6 * 7);
        }
    }

    [Fact]
    public void A_series_without_a_day_after_the_warm_up_is_refused() =>
        Should.Throw<ArgumentException>(() => Walk(Series.City(4, 1), Series.Of("persistence", 24)));

    private static IReadOnlyList<LeadScore[]> Walk(double[] values, ISeriesForecaster judged) =>
        WalkForward.Run(
            Series.Metered(values), [judged, Series.Of("persistence", 24), Series.Of("last week", 24)], Leads, Warm, 3, TestContext.Current.CancellationToken);

    private static List<ForecastComparison> Judge(double[] values, ISeriesForecaster judged)
    {
        IReadOnlyList<LeadScore[]> scores = Walk(values, judged);
        return [.. Enumerable.Range(0, Leads.Length).SelectMany(l => scores.Skip(1).Select(b => ForecastComparison.Of(scores[0][l], b[l], 2000, 1)))];
    }

    /// <summary>Knows the whole series and counts where it is.</summary>
    private sealed class Peeking(double[] values) : ISeriesForecaster
    {
        private int _now = -1;

        public string Name => "peeking";

        public void Observe(long atMs, double value) => _now++;

        public SeriesForecast Forecast(long fromMs, int slots)
        {
            double[] future = [.. Enumerable.Range(_now + 1, slots).Select(t => values[Math.Min(t, values.Length - 1)])];
            return new SeriesForecast(fromMs, Series.HourMs, future, future, future);
        }
    }

    private sealed class Broken(string fault) : ISeriesForecaster
    {
        public string Name => "broken";

        public void Observe(long atMs, double value)
        {
        }

        public SeriesForecast Forecast(long fromMs, int slots)
        {
            double[] zeros = new double[slots - (fault is "short" ? 1 : 0)];
            double[] mean = [.. zeros];
            if (fault is "nan") mean[1] = double.NaN;
            if (fault is "band") mean[1] = 1;
            return new SeriesForecast(fromMs + (fault is "elsewhere" ? Series.HourMs : 0), Series.HourMs, mean, zeros, zeros);
        }
    }
}
