namespace Movc.RollingOptimizer.Forecast;

/// <summary>
/// How much each of several ways to forecast one lead counts: by its recent mean absolute error to a high power, so that the best
/// decides and equals share. Who never missed decides alone.
/// </summary>
internal sealed class ExpertWeights
{
    private readonly double _rate;
    private readonly double _power;
    private readonly double[] _error;
    private readonly long[] _count;

    /// <param name="experts">How many.</param>
    /// <param name="memory">Observations over which errors are averaged.</param>
    /// <param name="power">Of the error, over 0.</param>
    public ExpertWeights(int experts, double memory, double power)
    {
        (_rate, _power) = (1 / memory, power);
        (_error, _count) = (new double[experts], new long[experts]);
        Weights = new double[experts];
        // Until anything is known, the last expert.
        Weights[^1] = 1;
    }

    /// <summary>Sum to 1.</summary>
    public double[] Weights { get; }

    /// <summary>Holds an observation against what the experts foretold for it.</summary>
    /// <param name="foretold">A value an expert; NaN where it had nothing to say yet.</param>
    public void Learn(ReadOnlySpan<double> foretold, double value)
    {
        double least = double.PositiveInfinity;
        for (int k = 0; k < foretold.Length; k++)
        {
            if (!double.IsNaN(foretold[k])) _error[k] += Math.Max(_rate, 1.0 / ++_count[k]) * (Math.Abs(foretold[k] - value) - _error[k]);
            if (_count[k] > 0) least = Math.Min(least, _error[k]);
        }
        double sum = 0;
        for (int k = 0; k < foretold.Length; k++)
        {
            double error = _error[k];
            Weights[k] = _count[k] == 0 ? 0 : error > least ? Math.Pow(least / error, _power) : 1;
            sum += Weights[k];
        }
        for (int k = 0; sum > 0 && k < foretold.Length; k++) Weights[k] /= sum;
    }
}
