using Movc.Domain.Mobility;

namespace Movc.Studies.Estimation.Fit;

/// <summary>How a parameter differs between users, without what the noise of each user's own estimate adds.</summary>
internal static class Spread
{
    /// <summary>Least spread that is told apart from noise.</summary>
    private const double Least = 0.02;

    /// <summary>Median and standard deviation of the logarithm.</summary>
    /// <param name="values">Estimate of each user with the variance of its logarithm; what is not over 0 is passed over.</param>
    public static LogNormal Of(IEnumerable<(double Value, double Variance)> values)
    {
        (double Log, double Variance)[] all = [.. values.Where(v => v.Value > 0 && double.IsFinite(v.Value)).Select(v => (Math.Log(v.Value), v.Variance)).OrderBy(v => v.Item1)];
        if (all.Length == 0) return new LogNormal(double.NaN, double.NaN);
        double median = Math.Exp((all[(all.Length - 1) / 2].Log + all[all.Length / 2].Log) / 2);
        // Quartiles instead of squares: a few wild users do not widen everybody.
        double wide = (Quantile(all, 0.75) - Quantile(all, 0.25)) / 1.349;
        return new LogNormal(median, Math.Sqrt(Math.Max(Least * Least, (wide * wide) - all.Average(v => v.Variance))));
    }

    private static double Quantile((double Log, double Variance)[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))].Log;
}
