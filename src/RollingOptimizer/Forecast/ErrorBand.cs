namespace Movc.RollingOptimizer.Forecast;

/// <summary>
/// A central 90 % band around one lead's forecasts, from their own errors. The mean absolute error of each hour of the day gives the
/// width; two factors on it, below and above, go up a little with each value outside and down a little with each inside, so that
/// over time a twentieth lies beyond either, whatever the errors' distribution (adaptive conformal inference).
/// </summary>
internal sealed class ErrorBand
{
    private const int Hours = 24;
    private const double Outside = .05;
    // What a day wholly outside would move a factor by: errors of one day go together, and faster steps would swing with them.
    private const double StepADay = .8;
    // 5 % of a normal distribution lie over 1.645 σ, and the mean absolute error is σ·√(2/π).
    private const double Normal = 2.06;
    private const double Widest = 30;
    private const int Enough = 12;

    private readonly double[] _error = new double[Hours];
    private readonly int[] _count = new int[Hours];
    private readonly double _rate;
    private readonly double _step;
    private double _errorOfAll;
    private int _countOfAll;
    private double _below = Normal;
    private double _above = Normal;

    /// <param name="slotsPerDay">Observations a day; the errors of some two weeks count.</param>
    public ErrorBand(int slotsPerDay)
    {
        _rate = Math.Min(.5, Math.Min(1, Hours / (double)slotsPerDay) / 14);
        _step = StepADay / slotsPerDay;
    }

    /// <summary>False as long as there are too few errors to tell anything.</summary>
    public bool IsKnown => _countOfAll >= Enough;

    /// <summary>How far the band reaches below and above the forecast of an hour of the day.</summary>
    public (double Below, double Above) Of(int hour)
    {
        double error = Size(hour);
        return (_below * error, _above * error);
    }

    /// <param name="hour">Local hour of the target, 0 to 23.</param>
    /// <param name="error">Value less forecast.</param>
    public void Learn(int hour, double error)
    {
        if (IsKnown)
        {
            (double below, double above) = Of(hour);
            _below = Math.Clamp(_below + (_step * (error < -below ? 1 - Outside : -Outside)), 0, Widest);
            _above = Math.Clamp(_above + (_step * (error > above ? 1 - Outside : -Outside)), 0, Widest);
        }
        double size = Math.Abs(error);
        _count[hour]++;
        _countOfAll++;
        _error[hour] += Math.Max(_rate, 1.0 / _count[hour]) * (size - _error[hour]);
        _errorOfAll += Math.Max(_rate / Hours, 1.0 / _countOfAll) * (size - _errorOfAll);
    }

    /// <summary>An hour seen seldom takes its size from all hours.</summary>
    private double Size(int hour)
    {
        double own = Math.Min(1, _count[hour] / (double)Enough);
        return (own * _error[hour]) + ((1 - own) * _errorOfAll);
    }
}
