namespace Movc.Studies.Estimation.Input;

/// <summary>Records by user, then in time order, without duplicates: the same columns, sorted. User u has [First[u], First[u + 1]).</summary>
/// <param name="Users">Names.</param>
/// <param name="First">Length users + 1.</param>
/// <param name="AtMs">Unix milliseconds UTC.</param>
/// <param name="DurationS">0 = a point.</param>
/// <param name="EastKm">Of the reference point.</param>
/// <param name="NorthKm">Of the reference point.</param>
public sealed record UserTracks(IReadOnlyList<string> Users, int[] First, long[] AtMs, int[] DurationS, float[] EastKm, float[] NorthKm)
{
    /// <summary>Sorts.</summary>
    /// <param name="points">As read.</param>
    /// <param name="counts">Told of duplicates and of what was out of order.</param>
    public static UserTracks Of(PointSet points, InputCounts counts)
    {
        int users = points.Users.Count, n = points.Count;
        int[] at = new int[users + 1];
        foreach (int user in points.User) at[user + 1]++;
        for (int u = 0; u < users; u++) at[u + 1] += at[u];
        int[] first = (int[])at.Clone(), order = new int[n];
        long[] last = new long[users];
        Array.Fill(last, long.MinValue);
        bool[] unsorted = new bool[users];
        for (int i = 0; i < n; i++)
        {
            int user = points.User[i];
            if (points.AtMs[i] < last[user])
            {
                counts.OutOfOrder++;
                unsorted[user] = true;
            }
            last[user] = Math.Max(last[user], points.AtMs[i]);
            order[at[user]++] = i;
        }
        // Ties stand in the order of reading: the first of two records of one time is kept.
        long[] times = points.AtMs.ToArray();
        var byTime = Comparer<int>.Create((a, b) => times[a] != times[b] ? times[a].CompareTo(times[b]) : a.CompareTo(b));
        for (int u = 0; u < users; u++)
        {
            if (unsorted[u]) Array.Sort(order, first[u], first[u + 1] - first[u], byTime);
        }
        var sorted = new UserTracks(points.Users, new int[users + 1], new long[n], new int[n], new float[n], new float[n]);
        int kept = 0;
        for (int u = 0; u < users; u++)
        {
            sorted.First[u] = kept;
            for (int k = first[u]; k < first[u + 1]; k++)
            {
                int i = order[k];
                if (kept > sorted.First[u] && sorted.AtMs[kept - 1] == times[i])
                {
                    counts.Add(RecordFault.Duplicate, 1);
                    continue;
                }
                (sorted.AtMs[kept], sorted.DurationS[kept], sorted.EastKm[kept], sorted.NorthKm[kept]) = (times[i], points.DurationS[i], points.EastKm[i], points.NorthKm[i]);
                kept++;
            }
        }
        sorted.First[users] = kept;
        return kept == n ? sorted : sorted with { AtMs = sorted.AtMs[..kept], DurationS = sorted.DurationS[..kept], EastKm = sorted.EastKm[..kept], NorthKm = sorted.NorthKm[..kept] };
    }
}
