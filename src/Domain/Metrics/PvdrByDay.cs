namespace Movc.Domain.Metrics;

/// <summary>PVDR of each calendar day and the median over days, by both definitions.</summary>
public sealed record PvdrByDay(IReadOnlyList<Pvdr> PerDay, Pvdr Median)
{
    /// <summary>Cuts a load curve into its calendar days.</summary>
    /// <param name="load">Load per slot.</param>
    /// <param name="dayOfSlot">Day number of each slot, not falling; same length.</param>
    public static PvdrByDay Of(ReadOnlySpan<double> load, ReadOnlySpan<int> dayOfSlot)
    {
        if (load.Length != dayOfSlot.Length)
            throw new ArgumentException($"{load.Length} loads but {dayOfSlot.Length} days", nameof(dayOfSlot));
        var days = new List<Pvdr>();
        for (int from = 0; from < load.Length;)
        {
            int to = from + 1;
            while (to < load.Length && dayOfSlot[to] == dayOfSlot[from]) to++;
            days.Add(Pvdr.Of(load[from..to]));
            from = to;
        }
        return new PvdrByDay(days, new Pvdr(MedianOf(days, d => d.OverValley), MedianOf(days, d => d.OverPeak)));
    }

    private static double MedianOf(List<Pvdr> days, Func<Pvdr, double> pick)
    {
        double[] values = days.Select(pick).Where(v => !double.IsNaN(v)).Order().ToArray();
        if (values.Length == 0) return double.NaN;
        int middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
