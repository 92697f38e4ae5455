using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>Prices that the next interval's solve starts from.</summary>
public static class WarmStart
{
    /// <summary>A plan's prices moved on to a later horizon; the new slots at its end take the price of the same hour a day earlier. Null where nothing of it is left.</summary>
    /// <param name="prices">The plan's, per slot; null = there is none.</param>
    /// <param name="fromMs">Start of its horizon, Unix milliseconds UTC.</param>
    /// <param name="toMs">Start of the later one.</param>
    /// <param name="slots">Length of that.</param>
    public static double[]? Shifted(double[]? prices, long fromMs, long toMs, int slots)
    {
        if (prices is null || prices.Length == 0) return null;
        long shift = (toMs - fromMs) / Slots.Ms;
        if (shift <= 0 || shift >= prices.Length) return null;
        double[] shifted = new double[slots];
        for (int t = 0; t < slots; t++)
        {
            long from = t + shift;
            while (from >= prices.Length) from -= Math.Min(Slots.PerDay, prices.Length);
            shifted[t] = prices[from];
        }
        return shifted;
    }
}
