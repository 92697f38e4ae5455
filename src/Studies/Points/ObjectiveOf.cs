namespace Movc.Studies.Points;

/// <summary>MOVC Eq. 15 of a load and a throughput, without the solver.</summary>
internal static class ObjectiveOf
{
    /// <summary>(1/T)·Σ|load − median of its day| + λ·(1/T)·Σ throughput, in the loads' unit.</summary>
    /// <param name="load">Net load per slot.</param>
    /// <param name="throughput">Sum of charging and discharging per slot.</param>
    /// <param name="dayOfSlot">Day of each slot, not falling.</param>
    /// <param name="lambda">λ.</param>
    public static double Load(ReadOnlySpan<double> load, ReadOnlySpan<double> throughput, ReadOnlySpan<int> dayOfSlot, double lambda)
    {
        double sum = 0;
        for (int from = 0; from < load.Length;)
        {
            int to = from + 1;
            while (to < load.Length && dayOfSlot[to] == dayOfSlot[from]) to++;
            double[] sorted = load[from..to].ToArray();
            Array.Sort(sorted);
            double median = sorted[sorted.Length / 2];
            foreach (double value in sorted) sum += Math.Abs(value - median);
            from = to;
        }
        foreach (double value in throughput) sum += lambda * value;
        return sum / load.Length;
    }
}
