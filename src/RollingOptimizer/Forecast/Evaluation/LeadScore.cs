namespace Movc.RollingOptimizer.Forecast.Evaluation;

/// <summary>How one forecaster did at one lead over the days held out.</summary>
/// <param name="Forecaster">Its name.</param>
/// <param name="Lead">Slots ahead of the last observed one.</param>
/// <param name="DailyErrors">Mean absolute error of each day's values, in the series' unit.</param>
/// <param name="Inside">Share of the values within the 90 % band, 0 to 1.</param>
public sealed record LeadScore(string Forecaster, int Lead, double[] DailyErrors, double Inside)
{
    /// <summary>Mean absolute error of all values held out.</summary>
    public double MeanError => DailyErrors.Average();
}
