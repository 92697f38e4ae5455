namespace Movc.RollingOptimizer.Solver;

/// <summary>The dispatch objective (MOVC Eq. 15 with its peak term, docs/math/objectives.md) over the past slots of day 0 and the horizon.</summary>
internal static class Objective
{
    /// <summary>Σ |load − A_day| and the weighted height of each day's peak over A_day, with the best A_day, kW.</summary>
    public static double SpreadKw(ReadOnlySpan<double> loadKw, DayGroups days)
    {
        double total = 0;
        for (int d = 0; d < days.Days; d++)
        {
            ReadOnlySpan<double> day = loadKw[days.From[d]..days.From[d + 1]];
            double level = LevelOf(day, days.PeakSlots[d], out double peak);
            foreach (double load in day) total += Math.Abs(load - level);
            total += days.PeakSlots[d] * (peak - level);
        }
        return total;
    }

    /// <summary>The prices that prove the spread of a fixed load: 1 over the level, −1 under it, the peak's weight on the highest, the rest at the level.</summary>
    public static double[] FixedLoadPrices(ReadOnlySpan<double> loadKw, DayGroups days)
    {
        var prices = new double[loadKw.Length];
        for (int d = 0; d < days.Days; d++)
        {
            int from = days.From[d], to = days.From[d + 1], over = 0, under = 0, highest = from;
            double level = LevelOf(loadKw[from..to], days.PeakSlots[d], out double peak);
            for (int t = from; t < to; t++)
            {
                if (loadKw[t] > level) over++;
                else if (loadKw[t] < level) under++;
                if (loadKw[t] > loadKw[highest]) highest = t;
            }
            int ties = to - from - over - under;
            double atLevel = (under - over - days.PeakSlots[d]) / ties;
            for (int t = from; t < to; t++) prices[t] = loadKw[t] > level ? 1 : loadKw[t] < level ? -1 : atLevel;
            prices[highest] += days.PeakSlots[d];
        }
        return prices;
    }

    /// <summary>Σ π·(load − the day's mean), which is Σ π·load without the rounding that a city's size would bring, kW.</summary>
    public static double PricedLoadKw(ReadOnlySpan<double> prices, ReadOnlySpan<double> loadKw, DayGroups days)
    {
        double total = 0;
        for (int d = 0; d < days.Days; d++)
        {
            int from = days.From[d], to = days.From[d + 1];
            double mean = 0;
            for (int t = from; t < to; t++) mean += loadKw[t];
            mean /= to - from;
            for (int t = from; t < to; t++) total += prices[t] * (loadKw[t] - mean);
        }
        return total;
    }

    /// <summary>The k-th smallest, k = ⌈(n + W)/2⌉: the lower median where the peak has no weight.</summary>
    private static double LevelOf(ReadOnlySpan<double> values, double peakSlots, out double peak)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        peak = sorted[^1];
        return sorted[Math.Clamp((int)Math.Ceiling((sorted.Length + peakSlots) / 2) - 1, 0, sorted.Length - 1)];
    }
}
