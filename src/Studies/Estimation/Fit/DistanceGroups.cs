namespace Movc.Studies.Estimation.Fit;

/// <summary>How far users go, as the five equal groups that the simulator draws from.</summary>
internal static class DistanceGroups
{
    public const int Count = 5;

    /// <summary>Geometric mean of each fifth of some distances, rising; NaN where there are fewer than five.</summary>
    public static double[] Of(IEnumerable<double> distances)
    {
        double[] logs = [.. distances.Where(d => d > 0 && double.IsFinite(d)).Select(d => Math.Log(d)).Order()];
        if (logs.Length < Count) return [.. Enumerable.Repeat(double.NaN, Count)];
        return [.. Enumerable.Range(0, Count).Select(g =>
        {
            int from = g * logs.Length / Count, to = (g + 1) * logs.Length / Count;
            return Math.Exp(logs[from..to].Average());
        })];
    }
}
