namespace Movc.RollingOptimizer.Solver;

/// <summary>The dispatch objective (MOVC Eq. 15) over the past slots of day 0 and the horizon.</summary>
internal static class Objective
{
    /// <summary>Σ |load − A_day| with A_day the day's median, kW.</summary>
    public static double SpreadKw(ReadOnlySpan<double> loadKw, DayGroups days)
    {
        double total = 0;
        for (int d = 0; d < days.Days; d++)
        {
            ReadOnlySpan<double> day = loadKw[days.From[d]..days.From[d + 1]];
            double median = MedianOf(day);
            foreach (double load in day) total += Math.Abs(load - median);
        }
        return total;
    }

    /// <summary>The prices that prove the spread of a fixed load: 1 over the median, −1 under it, the rest at it.</summary>
    public static double[] MedianPrices(ReadOnlySpan<double> loadKw, DayGroups days)
    {
        var prices = new double[loadKw.Length];
        for (int d = 0; d < days.Days; d++)
        {
            int from = days.From[d], to = days.From[d + 1], over = 0, under = 0;
            double median = MedianOf(loadKw[from..to]);
            for (int t = from; t < to; t++)
            {
                if (loadKw[t] > median) over++;
                else if (loadKw[t] < median) under++;
            }
            double atMedian = over == under ? 0 : (under - over) / (double)(to - from - over - under);
            for (int t = from; t < to; t++) prices[t] = loadKw[t] > median ? 1 : loadKw[t] < median ? -1 : atMedian;
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

    private static double MedianOf(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted[(sorted.Length - 1) / 2];
    }
}
