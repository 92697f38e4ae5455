namespace Movc.Studies.Pareto;

/// <summary>Points of which none is at least as good in everything and better in something.</summary>
public static class ParetoFront
{
    /// <summary>Which of some points are on the front where less is better in both.</summary>
    /// <param name="first">One value a point.</param>
    /// <param name="second">The other; same length.</param>
    /// <returns>True where no other point dominates it; equal points are on it or off it together. A point with NaN is off it.</returns>
    public static bool[] Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length) throw new ArgumentException($"{first.Length} values but {second.Length}", nameof(second));
        int n = first.Length;
        int[] order = [.. Enumerable.Range(0, n)];
        double[] a = first.ToArray(), b = second.ToArray();
        Array.Sort(order, (i, j) => a[i] != a[j] ? a[i].CompareTo(a[j]) : b[i].CompareTo(b[j]));
        var front = new bool[n];
        // By the first value rising: a point is on the front where its second is under those of all with a smaller first.
        double best = double.PositiveInfinity;
        for (int k = 0; k < n;)
        {
            int end = k;
            while (end < n && a[order[end]] == a[order[k]]) end++;
            // NaN equals nothing, itself neither.
            if (end == k)
            {
                k++;
                continue;
            }
            double least = double.PositiveInfinity;
            for (int m = k; m < end; m++)
            {
                if (b[order[m]] < least) least = b[order[m]];
            }
            for (int m = k; m < end; m++) front[order[m]] = b[order[m]] == least && least < best;
            best = Math.Min(best, least);
            k = end;
        }
        return front;
    }
}
