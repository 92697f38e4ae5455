namespace Movc.Domain.Metrics;

/// <summary>How a burden is spread over vehicles: the equity figures of model.md §7.</summary>
/// <param name="Mean">In the values' unit; NaN for no vehicle.</param>
/// <param name="Median">In the values' unit; NaN for no vehicle.</param>
/// <param name="StandardDeviation">Of the population, in the values' unit.</param>
/// <param name="Gini">0 = all alike, towards 1 = one bears all; 0 where all are 0.</param>
public readonly record struct Inequality(double Mean, double Median, double StandardDeviation, double Gini)
{
    /// <summary>The figures of values of 0 or more, one a vehicle.</summary>
    /// <exception cref="ArgumentException">A value is negative or no number: the Gini coefficient has no meaning then.</exception>
    public static Inequality Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) return new Inequality(double.NaN, double.NaN, double.NaN, double.NaN);
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        // NaN sorts first.
        if (!(sorted[0] >= 0)) throw new ArgumentException($"{sorted[0]} is not 0 or more", nameof(values));
        int n = sorted.Length;
        double sum = 0, ranked = 0;
        for (int i = 0; i < n; i++)
        {
            sum += sorted[i];
            ranked += (2.0 * (i + 1) - n - 1) * sorted[i];
        }
        double mean = sum / n, squares = 0;
        foreach (double value in sorted) squares += (value - mean) * (value - mean);
        double median = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
        return new Inequality(mean, median, Math.Sqrt(squares / n), sum > 0 ? ranked / (n * sum) : 0);
    }
}
