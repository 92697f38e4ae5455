namespace Movc.Bench;

/// <summary>One measured quantity.</summary>
/// <param name="Name">What, in a few words.</param>
/// <param name="Unit">Unit of the values.</param>
/// <param name="Median">Median of the runs.</param>
/// <param name="Min">Smallest.</param>
/// <param name="Max">Largest.</param>
/// <param name="Runs">How many runs after the warm-up.</param>
/// <param name="Target">What it must reach, with its direction, or empty.</param>
/// <param name="Meets">False when the median misses the target.</param>
/// <param name="Aim">What it would better reach, or empty.</param>
internal sealed record Figure(string Name, string Unit, double Median, double Min, double Max, int Runs, string Target, bool Meets, string Aim = "")
{
    /// <summary>A figure of several runs.</summary>
    /// <param name="atLeast">The median must be this or more.</param>
    /// <param name="atMost">The median must be this or less.</param>
    /// <param name="aim">What it would better be, in the same direction.</param>
    public static Figure Of(string name, string unit, IReadOnlyList<double> values, double? atLeast = null, double? atMost = null, double? aim = null)
    {
        double median = Quantile(values, .5);
        string target = atLeast is { } low ? FormattableString.Invariant($"≥ {low:#,0.######}") : atMost is { } high ? FormattableString.Invariant($"≤ {high:#,0.######}") : string.Empty;
        return new Figure(name, unit, median, values.Min(), values.Max(), values.Count, target, !(median < atLeast) && !(median > atMost),
            aim is { } wanted ? FormattableString.Invariant($"{(atLeast is null ? "≤" : "≥")} {wanted:#,0.######}{((atLeast is null ? median <= wanted : median >= wanted) ? " ✓" : string.Empty)}") : string.Empty);
    }

    /// <summary>By linear interpolation between the two nearest.</summary>
    public static double Quantile(IReadOnlyList<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return sorted[below] + ((at - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }
}
