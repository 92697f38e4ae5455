using Movc.VehicleKernel.Bundles;

namespace Movc.RollingOptimizer.Forecast.Evaluation;

/// <summary>
/// Forecasters walked through a series: at every slot each is told the value, and asked what comes. What is scored are the slots
/// after the warm-up; nothing is fitted on them before. Forecasters get the series in a unit and at a date that they cannot know
/// (times a drawn factor, moved by a drawn number of whole weeks): one that has the values from elsewhere foretells
/// the wrong ones and is seen.
/// </summary>
public static class WalkForward
{
    private const long WeekMs = 7L * 86_400_000;

    /// <summary>Scores forecasters on the same slots.</summary>
    /// <param name="series">What is foretold.</param>
    /// <param name="forecasters">Fresh ones, which have observed nothing.</param>
    /// <param name="leads">Slots ahead of the last observed one, each 1 or more.</param>
    /// <param name="warmSlots">Slots at the beginning that are not scored.</param>
    /// <param name="seed">Of unit and date.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    /// <returns>For each forecaster, in order, its score at each lead. Only whole days are scored.</returns>
    /// <exception cref="ArgumentException">No whole day is left after the warm-up.</exception>
    /// <exception cref="InvalidOperationException">A forecaster answered other slots than asked, no number, or a band that does not hold its mean.</exception>
    public static IReadOnlyList<LeadScore[]> Run(
        MeteredSeries series, IReadOnlyList<ISeriesForecaster> forecasters, IReadOnlyList<int> leads, int warmSlots, ulong seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(forecasters);
        ArgumentNullException.ThrowIfNull(leads);
        int day = series.SlotsPerDay;
        int days = (series.Values.Length - warmSlots) / day;
        if (days < 1) throw new ArgumentException($"{series.Name} has no whole day after {warmSlots} slots", nameof(series));
        int end = warmSlots + (days * day);
        int farthest = leads.Max();
        var random = new SplitMix64(seed);
        // Twice to four times as much or as little: a factor near 1 would hide nothing.
        double unit = 2 + (2 * random.NextUnit());
        if (random.NextInt(2) == 0) unit = 1 / unit;
        long movedMs = WeekMs * (1 + random.NextInt(500));
        double[][][] missed = [.. forecasters.Select(_ => leads.Select(_ => new double[days]).ToArray())];
        int[][] inside = [.. forecasters.Select(_ => new int[leads.Count])];
        for (int now = 0; now < end - 1; now++)
        {
            if (now % day == 0) cancellationToken.ThrowIfCancellationRequested();
            long atMs = series.FirstMs - movedMs + (now * series.SlotMs);
            for (int f = 0; f < forecasters.Count; f++)
            {
                forecasters[f].Observe(atMs, series.Values[now] * unit);
                if (now + farthest < warmSlots) continue;
                SeriesForecast forecast = forecasters[f].Forecast(atMs + series.SlotMs, farthest);
                Check(forecasters[f].Name, forecast, atMs + series.SlotMs, farthest);
                for (int l = 0; l < leads.Count; l++)
                {
                    int target = now + leads[l];
                    if (target < warmSlots || target >= end) continue;
                    int i = leads[l] - 1;
                    double value = series.Values[target];
                    missed[f][l][(target - warmSlots) / day] += Math.Abs((forecast.Mean[i] / unit) - value) / day;
                    if (value * unit >= forecast.Low[i] && value * unit <= forecast.High[i]) inside[f][l]++;
                }
            }
        }
        return [.. forecasters.Select((f, n) => leads.Select((lead, l) => new LeadScore(f.Name, lead, missed[n][l], inside[n][l] / (double)(days * day))).ToArray())];
    }

    private static void Check(string name, SeriesForecast forecast, long fromMs, int slots)
    {
        if (forecast.FromMs != fromMs || forecast.Mean.Length != slots || forecast.Low.Length != slots || forecast.High.Length != slots)
            throw new InvalidOperationException($"{name} answered other slots than it was asked for");
        for (int i = 0; i < slots; i++)
        {
            double mean = forecast.Mean[i];
            // A comparison with NaN is false: this also catches what is no number.
            if (!(double.IsFinite(mean) && forecast.Low[i] <= mean && mean <= forecast.High[i]))
                throw new InvalidOperationException($"{name}, slot {i + 1}: {mean} within {forecast.Low[i]} to {forecast.High[i]} is no forecast");
        }
    }
}
