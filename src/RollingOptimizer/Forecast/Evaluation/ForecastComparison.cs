namespace Movc.RollingOptimizer.Forecast.Evaluation;

/// <summary>A forecaster's mean absolute error against a simpler one's on the same values.</summary>
/// <param name="Forecaster">Who is judged.</param>
/// <param name="Baseline">Who is to be beaten.</param>
/// <param name="Lead">Slots ahead of the last observed one.</param>
/// <param name="Less">By how much its mean absolute error is less, in the series' unit, with its interval.</param>
public sealed record ForecastComparison(string Forecaster, string Baseline, int Lead, BootstrapInterval Less)
{
    private const int BlockDays = 7;

    /// <summary>Whether it is better beyond chance: the whole interval lies over 0.</summary>
    public bool Beats => Less.Low > 0;

    /// <summary>Compares two scores of the same days; whole weeks are drawn together, since good and bad days come in runs.</summary>
    /// <exception cref="ArgumentException">The scores are of other days or leads.</exception>
    public static ForecastComparison Of(LeadScore judged, LeadScore baseline, int resamples, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(judged);
        ArgumentNullException.ThrowIfNull(baseline);
        if (judged.Lead != baseline.Lead || judged.DailyErrors.Length != baseline.DailyErrors.Length) throw new ArgumentException("the scores are not of the same lead and days", nameof(baseline));
        double[] less = new double[judged.DailyErrors.Length];
        for (int d = 0; d < less.Length; d++) less[d] = baseline.DailyErrors[d] - judged.DailyErrors[d];
        return new ForecastComparison(judged.Forecaster, baseline.Forecaster, judged.Lead, BlockBootstrap.OfMean(less, BlockDays, resamples, seed));
    }
}
