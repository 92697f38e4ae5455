using Movc.RollingOptimizer.Forecast;

namespace Movc.RollingOptimizer.Tests.Forecast;

/// <summary>What whoever stands behind the port must keep.</summary>
public class ForecasterConformanceTests
{
    public static TheoryData<string> Kinds => ["persistence", "last week", "learned"];

    [Theory, MemberData(nameof(Kinds))]
    public void Garbage_gives_finite_forecasts_with_a_band_around_them(string kind)
    {
        foreach (int seed in (int[])[1, 2, 3])
        {
            var random = new Random(seed);
            ISeriesForecaster forecaster = Series.Of(kind);
            int at = 0;
            for (int n = 0; n < 900; n++, at++)
            {
                double value = random.Next(9) switch
                {
                    0 => 0,
                    1 => -1e6 * random.NextDouble(),
                    2 => 1e100,
                    3 => -1e100,
                    4 => double.Epsilon,
                    5 => 1e-200,
                    _ => random.NextDouble(),
                };
                if (random.Next(40) == 0) at += random.Next(1, 60);
                forecaster.Observe(Series.StartMs + (at * Series.HourMs), value);
                if (n % 7 == 0) Series.ShouldBeSound(Series.Ask(forecaster, at + 1 + random.Next(3), 60), 60);
            }
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void From_the_first_observation_on_there_is_a_forecast(string kind)
    {
        ISeriesForecaster forecaster = Series.Of(kind);
        Should.Throw<InvalidOperationException>(() => Series.Ask(forecaster, 0, 1));
        Series.Tell(forecaster, [42]);
        SeriesForecast forecast = Series.Ask(forecaster, 1, 216);
        forecast.Mean.ShouldAllBe(v => v == 42);
        (forecast.FromMs, forecast.SlotMs).ShouldBe((Series.StartMs + Series.HourMs, Series.HourMs));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_constant_stays_constant_and_its_band_closes(string kind)
    {
        foreach (double constant in (double[])[0, 7, -3.25, 1e9])
        {
            ISeriesForecaster forecaster = Series.Of(kind);
            Series.Tell(forecaster, [.. Enumerable.Repeat(constant, 30 * Series.Day)]);
            SeriesForecast forecast = Series.Ask(forecaster, 30 * Series.Day, 50);
            forecast.Mean.ShouldAllBe(v => v == constant);
            forecast.Low.ShouldBe(forecast.Mean);
            forecast.High.ShouldBe(forecast.Mean);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_same_observations_give_the_same_bits_and_asking_changes_nothing(string kind)
    {
        double[] values = Series.City(5, 4);
        ISeriesForecaster asked = Series.Of(kind), silent = Series.Of(kind);
        for (int t = 0; t < values.Length; t++)
        {
            Series.Tell(asked, [values[t]], t);
            Series.Tell(silent, [values[t]], t);
            if (t % 5 == 0) Series.Ask(asked, t + 1 + (t % 3), 1 + (t % 60));
        }
        SeriesForecast one = Series.Ask(asked, values.Length, 60), other = Series.Ask(silent, values.Length, 60);
        one.Mean.ShouldBe(other.Mean);
        one.Low.ShouldBe(other.Low);
        one.High.ShouldBe(other.High);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Another_unit_and_another_zero_give_the_same_forecast_in_them(string kind)
    {
        double[] values = Series.City(6, 5);
        ISeriesForecaster plain = Series.Of(kind), other = Series.Of(kind);
        Series.Tell(plain, values);
        Series.Tell(other, Array.ConvertAll(values, v => (1000 * v) - 50_000));
        SeriesForecast one = Series.Ask(plain, values.Length, 48), two = Series.Ask(other, values.Length, 48);
        for (int i = 0; i < 48; i++)
        {
            two.Mean[i].ShouldBe((1000 * one.Mean[i]) - 50_000, 1);
            two.Low[i].ShouldBe((1000 * one.Low[i]) - 50_000, 1);
            two.High[i].ShouldBe((1000 * one.High[i]) - 50_000, 1);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Holes_of_any_length_are_survived(string kind)
    {
        double[] values = Series.City(12, 6);
        ISeriesForecaster forecaster = Series.Of(kind);
        int at = 0;
        foreach (int hole in (int[])[0, 1, 5, 23, 24, 100, 168, 400, 100_000_000])
        {
            at += hole;
            for (int n = 0; n < 200; n++, at++) forecaster.Observe(Series.StartMs + (at * Series.HourMs), values[at % values.Length]);
            Series.ShouldBeSound(Series.Ask(forecaster, at, 60), 60);
            Series.ShouldBeSound(Series.Ask(forecaster, at + 500, 60), 60);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void What_is_no_observation_is_refused_and_leaves_no_trace(string kind)
    {
        double[] values = Series.City(3, 7);
        ISeriesForecaster disturbed = Series.Of(kind), calm = Series.Of(kind);
        Series.Tell(disturbed, values);
        Series.Tell(calm, values);
        long next = Series.StartMs + (values.Length * Series.HourMs);
        foreach (double wrong in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e101])
            Should.Throw<ArgumentException>(() => disturbed.Observe(next, wrong));
        Should.Throw<ArgumentException>(() => disturbed.Observe(next + 1, 5)).Message.ShouldContain("whole number of slots");
        Should.Throw<ArgumentException>(() => disturbed.Observe(next - Series.HourMs, 5)).Message.ShouldContain("observed before");
        Should.Throw<ArgumentException>(() => disturbed.Forecast(next - Series.HourMs, 5)).Message.ShouldContain("begins after");
        Should.Throw<ArgumentException>(() => disturbed.Forecast(next, 0));
        Series.Ask(disturbed, values.Length, 40).Mean.ShouldBe(Series.Ask(calm, values.Length, 40).Mean);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Observing_allocates_nothing(string kind)
    {
        double[] values = Series.City(5, 8);
        ISeriesForecaster forecaster = Series.Of(kind);
        Series.Tell(forecaster, values[..(4 * 7 * Series.Day)]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int t = 4 * 7 * Series.Day; t < values.Length; t++) forecaster.Observe(Series.StartMs + (t * Series.HourMs), values[t]);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
    }
}
