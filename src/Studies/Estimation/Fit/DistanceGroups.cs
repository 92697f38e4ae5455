namespace Movc.Studies.Estimation.Fit;

/// <summary>A lognormal spread of distances as the five equal groups that the simulator draws from.</summary>
internal static class DistanceGroups
{
    /// <summary>Means of the logarithm over the fifths of a standard normal, scaled to its standard deviation.</summary>
    public static double[] Z { get; } = [-1.478, -0.5616, 0, 0.5616, 1.478];

    /// <summary>Factor of each group on the median.</summary>
    public static double[] FactorsOf(double sigma) => [.. Z.Select(z => Math.Exp(sigma * z))];
}
