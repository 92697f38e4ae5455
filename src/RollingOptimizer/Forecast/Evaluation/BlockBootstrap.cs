using Movc.VehicleKernel.Bundles;

namespace Movc.RollingOptimizer.Forecast.Evaluation;

/// <summary>
/// How sure a mean of a series is whose neighbours go together: moving blocks of consecutive values are drawn with replacement, and
/// the end of the series is joined to its beginning, so that each value is drawn as often.
/// </summary>
public static class BlockBootstrap
{
    /// <summary>The mean with the 2.5 % and 97.5 % quantiles of resampled means. The same seed gives the same interval.</summary>
    /// <param name="values">In order; as many as a block or more.</param>
    /// <param name="block">Consecutive values that are drawn together, 1 or more.</param>
    /// <param name="resamples">40 or more.</param>
    /// <param name="seed">Of the draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer values than a block, or too few resamples.</exception>
    public static BootstrapInterval OfMean(ReadOnlySpan<double> values, int block, int resamples, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(block, 1);
        if (values.Length < block) throw new ArgumentOutOfRangeException(nameof(values), values.Length, "fewer values than a block");
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 40);
        var random = new SplitMix64(seed);
        double[] means = new double[resamples];
        for (int r = 0; r < resamples; r++)
        {
            double sum = 0;
            for (int drawn = 0; drawn < values.Length;)
            {
                int from = random.NextInt(values.Length);
                for (int i = 0; i < block && drawn < values.Length; i++, drawn++) sum += values[(from + i) % values.Length];
            }
            means[r] = sum / values.Length;
        }
        Array.Sort(means);
        double mean = 0;
        foreach (double v in values) mean += v / values.Length;
        return new BootstrapInterval(mean, Quantile(means, .025), Quantile(means, .975));
    }

    private static double Quantile(double[] sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return sorted[below] + ((at - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }
}
