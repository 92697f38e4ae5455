using System.Globalization;
using Movc.Domain;
using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Forecast.Evaluation;

namespace Movc.Bench;

/// <summary>
/// The forecast that learns against persistence and last week, on a city's metered load and on metered charging: it must miss by less
/// at 1, 6 and 24 hours, beyond chance, on weeks it had not seen (docs/math/forecast.md).
/// </summary>
internal sealed class ForecastBench
{
    private const int WarmWeeks = 8;
    private const int LeastWeeks = 8;
    private const int Resamples = 5000;
    private const double LeastInside = 85;
    private const double MostInside = 95;
    private static readonly int[] LeadHours = [1, 6, 24];
    // 24.6 kW on each of its 274 piles, day and night: the record is not credible.
    private static readonly string[] LeftOut = ["11"];

    private readonly BenchOptions _options;
    private readonly Action<string> _say;
    private readonly CancellationToken _stop;
    private readonly List<Figure> _figures = [];
    private readonly List<string> _notes = [];

    private ForecastBench(BenchOptions options, Action<string> say, CancellationToken stop) => (_options, _say, _stop) = (options, say, stop);

    public static Report Measure(BenchOptions options, Action<string> say, CancellationToken cancellationToken)
    {
        double loadBefore = Machine.LoadAverage();
        var bench = new ForecastBench(options, say, cancellationToken);
        // Both files are read before anything is measured: what is wrong with one is said at once.
        MeteredSeries load = MeteredSeriesFiles.ReadLoad(options.Load);
        IReadOnlyList<MeteredSeries> volumes = MeteredSeriesFiles.ReadVolumes(options.Volumes);
        List<MeteredSeries> zones = [.. volumes.Where(z => !LeftOut.Contains(z.Name, StringComparer.Ordinal))];
        if (zones.Count == 0) throw new InputException($"{options.Volumes}:1:2: no zone is left without {string.Join(", ", LeftOut)}; give more zones");
        MeteredSeries total = MeteredSeriesFiles.Sum(zones, string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(options.Volumes)}, {zones.Count} zones"));
        bench.CheckLength(load, options.Load);
        bench.CheckLength(total, options.Volumes);
        bench.Judge(load, "load");
        bench.Judge(total, "charging");
        bench.Pool(zones);
        bench.Time(load);
        bench._notes.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"Walk-forward: each forecaster is told slot after slot, in an unknown unit and at an unknown date, and asked at every one; {WarmWeeks} weeks of warm-up, then {bench.Weeks(load):0.#} weeks of load and {bench.Weeks(total):0.#} of charging held out. For errors and 'less than' the columns min – max are the 95 % interval of a moving-block bootstrap (blocks of 7 days, {Resamples:N0} resamples, seed {options.Seed}); required is that all of it lies over 0."));
        int left = volumes.Count - zones.Count;
        if (left > 0) bench._notes.Add("Zone 11 of the charging volumes is left out: 24.6 kW on each of its 274 piles, day and night, is not credible.");
        if (options.Quick) bench._notes.Add("Quick: the first 16 weeks, three zones, nothing is judged.");
        bench._notes.Add(Machine.LoadNote(loadBefore));
        return new Report(
            "forecast", "The forecast that learns against persistence (the last value carried on) and last week, walk-forward on metered series.", Machine.Here(options.DataFolder),
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), bench._figures, bench._notes);
    }

    private double Weeks(MeteredSeries series) => (Cut(series).Values.Length / (7.0 * series.SlotsPerDay)) - WarmWeeks;

    private MeteredSeries Cut(MeteredSeries series)
    {
        int days = series.Values.Length / series.SlotsPerDay;
        if (_options.Quick) days = Math.Min(days, 7 * (WarmWeeks + LeastWeeks));
        return series with { Values = series.Values[..(days * series.SlotsPerDay)] };
    }

    private void CheckLength(MeteredSeries series, string path)
    {
        if (Weeks(series) >= LeastWeeks) return;
        throw new InputException(string.Create(
            CultureInfo.InvariantCulture,
            $"{path}:{series.Values.Length + 1}:1: the file ends after {series.Values.Length / series.SlotsPerDay} days; {WarmWeeks} weeks of warm-up and {LeastWeeks} held out need {7 * (WarmWeeks + LeastWeeks)}: give a longer one"));
    }

    private IReadOnlyList<LeadScore[]> Walk(MeteredSeries series)
    {
        MeteredSeries cut = Cut(series);
        int day = series.SlotsPerDay;
        int[] leads = Array.ConvertAll(LeadHours, h => h * day / 24);
        var clock = new WallClock();
        ISeriesForecaster[] forecasters =
        [
            new LearningForecaster(series.SlotMs, clock, leads[^1]),
            new PersistenceForecaster(series.SlotMs, clock, leads[^1]),
            new LastWeekForecaster(series.SlotMs, clock, leads[^1]),
        ];
        return WalkForward.Run(cut, forecasters, leads, WarmWeeks * 7 * day, (ulong)_options.Seed, _stop);
    }

    private void Judge(MeteredSeries series, string what)
    {
        _say($"{what}: {series.Name}");
        IReadOnlyList<LeadScore[]> scores = Walk(series);
        for (int l = 0; l < LeadHours.Length; l++) Compare(what, series.Unit, [.. scores.Select(s => s[l])], LeadHours[l], judged: !_options.Quick);
        for (int l = 0; l < LeadHours.Length; l++)
        {
            double inside = 100 * scores[0][l].Inside;
            string target = _options.Quick ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{LeastInside:0} – {MostInside:0}");
            _figures.Add(new Figure($"{what}, {LeadHours[l]} h: values inside the 90 % band", "%", inside, inside, inside, 1, target, _options.Quick || inside is >= LeastInside and <= MostInside));
        }
    }

    private void Compare(string what, string unit, LeadScore[] scores, int hours, bool judged)
    {
        foreach (LeadScore score in scores)
        {
            BootstrapInterval error = BlockBootstrap.OfMean(score.DailyErrors, 7, Resamples, (ulong)_options.Seed);
            _figures.Add(new Figure($"{what}, {hours} h: mean absolute error, {score.Forecaster}", unit, error.Mean, error.Low, error.High, score.DailyErrors.Length, string.Empty, true));
        }
        foreach (LeadScore baseline in scores[1..])
        {
            var comparison = ForecastComparison.Of(scores[0], baseline, Resamples, (ulong)_options.Seed);
            BootstrapInterval less = comparison.Less;
            _figures.Add(new Figure(
                $"{what}, {hours} h: less than {baseline.Forecaster}", unit, less.Mean, less.Low, less.High, baseline.DailyErrors.Length,
                judged ? "all over 0" : string.Empty, !judged || comparison.Beats));
        }
    }

    /// <summary>Every zone by a learner of its own; errors are averaged over the zones day by day.</summary>
    private void Pool(List<MeteredSeries> zones)
    {
        List<MeteredSeries> walked = _options.Quick ? zones[..Math.Min(3, zones.Count)] : zones;
        var scores = new List<IReadOnlyList<LeadScore[]>>();
        foreach (MeteredSeries zone in walked)
        {
            _say($"zone {zone.Name}");
            scores.Add(Walk(zone));
        }
        string what = string.Create(CultureInfo.InvariantCulture, $"charging of one zone, mean of {walked.Count}");
        for (int l = 0; l < LeadHours.Length; l++)
        {
            LeadScore[] pooled = [.. Enumerable.Range(0, scores[0].Count).Select(f => Mean([.. scores.Select(s => s[f][l])]))];
            Compare(what, walked[0].Unit, pooled, LeadHours[l], judged: false);
        }
        _figures.Add(new Figure($"{what}: values inside the 90 % band, least, median and most of zones and leads", "%", Quantile(.5), Quantile(0), Quantile(1), walked.Count * LeadHours.Length, string.Empty, true));
        double Quantile(double share) => Figure.Quantile([.. scores.SelectMany(s => s[0].Select(lead => 100 * lead.Inside))], share);
    }

    private static LeadScore Mean(LeadScore[] scores)
    {
        double[] errors = new double[scores[0].DailyErrors.Length];
        foreach (LeadScore score in scores)
            for (int d = 0; d < errors.Length; d++) errors[d] += score.DailyErrors[d] / scores.Length;
        return scores[0] with { DailyErrors = errors, Inside = scores.Average(s => s.Inside) };
    }

    private void Time(MeteredSeries load)
    {
        const int Horizon = 216;
        const int Forecasts = 50;
        _say("time");
        List<double> replays = [], processor = [], forecasts = [];
        int slots = WarmWeeks * 7 * load.SlotsPerDay;
        for (int run = 0; run < _options.Runs; run++)
        {
            var learner = new LearningForecaster(load.SlotMs, new WallClock(), Horizon);
            long started = TimeProvider.System.GetTimestamp();
            TimeSpan used = Environment.CpuUsage.TotalTime;
            for (int t = 0; t < slots; t++) learner.Observe(load.FirstMs + (t * load.SlotMs), load.Values[t]);
            replays.Add(TimeProvider.System.GetElapsedTime(started).TotalSeconds);
            processor.Add((Environment.CpuUsage.TotalTime - used).TotalSeconds);
            started = TimeProvider.System.GetTimestamp();
            for (int n = 0; n < Forecasts; n++) learner.Forecast(load.FirstMs + (slots * load.SlotMs), Horizon);
            forecasts.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds / Forecasts);
        }
        _figures.Add(Figure.Of("8 weeks of 10-minute slots observed, horizon 216", "s", replays));
        _figures.Add(Figure.Of("the same: processor time", "s", processor, atMost: _options.Quick ? null : 2));
        _figures.Add(Figure.Of("a forecast of 216 slots", "ms", forecasts, atMost: _options.Quick ? null : 20));
    }
}
