using Movc.VehicleKernel.Storage;

namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// A dual price vector made lawful and coarse: near prices snapped to one level, each day shifted so that it adds up to zero within
/// its limits. Every such vector proves a lower bound, however it came about. Levels of different days are different levels even at
/// the same price, so that what a level answers is known by day.
/// </summary>
internal sealed class PriceLevels
{
    private PriceLevels(double[] prices, int[] levelOfSlot, double[] price, double lambda, EnergyUnits units)
    {
        Prices = prices;
        LevelOfSlot = levelOfSlot;
        Price = price;
        RunStart = new int[levelOfSlot.Length];
        for (int t = 1; t < levelOfSlot.Length; t++) RunStart[t] = levelOfSlot[t] == levelOfSlot[t - 1] ? RunStart[t - 1] : t;
        Ranks = new PriceRanks(price.Length);
        Ranks.Build(Enumerable.Range(0, price.Length).ToArray(), price, lambda, units);
    }

    /// <summary>Price of every slot, past slots of day 0 first.</summary>
    public double[] Prices { get; }

    /// <summary>Price of each level, falling; levels of one day after those of the day before where prices are equal.</summary>
    public double[] Price { get; }

    /// <summary>Level of each slot of the horizon.</summary>
    public int[] LevelOfSlot { get; }

    /// <summary>First slot of the run of equal levels that holds the slot.</summary>
    public int[] RunStart { get; }

    public PriceRanks Ranks { get; }

    /// <summary>Snaps and repairs.</summary>
    /// <param name="raw">Any prices, past slots first.</param>
    /// <param name="tolerance">Prices up to twice this apart may become one; 0 keeps all.</param>
    public static PriceLevels From(ReadOnlySpan<double> raw, DayGroups days, double tolerance, double lambda, EnergyUnits units)
    {
        double[] prices = raw.ToArray();
        if (tolerance > 0) Snap(prices.AsSpan(days.Past), 2 * tolerance);
        Lawful(prices, days);
        var groupOf = new Dictionary<(int Day, double Price), int>();
        var group = new int[days.Slots];
        for (int d = 0; d < days.Days; d++)
        {
            for (int k = Math.Max(days.Past, days.From[d]); k < days.From[d + 1]; k++)
            {
                if (!groupOf.TryGetValue((d, prices[k]), out int g)) groupOf.Add((d, prices[k]), g = groupOf.Count);
                group[k - days.Past] = g;
            }
        }
        return Ordered(prices, group, groupOf.Count, days, lambda, units, out _);
    }

    /// <summary>Levels of prices that need not be lawful: what vehicles answer to them, they prove nothing by themselves.</summary>
    /// <param name="prices">Price of each slot of the horizon, −1 or more.</param>
    public static PriceLevels Free(double[] prices, double lambda, EnergyUnits units)
    {
        double[] falling = [.. prices.Distinct().OrderDescending()];
        int[] level = [.. prices.Select(p => Array.BinarySearch(falling, p, Comparer<double>.Create((a, b) => b.CompareTo(a))))];
        return new PriceLevels(prices, level, falling, lambda, units);
    }

    /// <summary>Repairs prices that groups of slots share; groups stay apart even where they come to one price.</summary>
    /// <param name="levelOfGroup">The level that each group became.</param>
    public static PriceLevels OfGroups(double[] raw, int[] groupOfSlot, int groups, DayGroups days, double lambda, EnergyUnits units, out int[] levelOfGroup)
    {
        Lawful(raw, days);
        return Ordered(raw, groupOfSlot, groups, days, lambda, units, out levelOfGroup);
    }

    private static PriceLevels Ordered(
        double[] prices, int[] groupOfSlot, int groups, DayGroups days, double lambda, EnergyUnits units, out int[] levelOfGroup)
    {
        var price = new double[groups];
        for (int t = 0; t < groupOfSlot.Length; t++) price[groupOfSlot[t]] = prices[days.Past + t];
        int[] order = [.. Enumerable.Range(0, groups).OrderByDescending(g => price[g])];
        levelOfGroup = new int[groups];
        for (int k = 0; k < groups; k++) levelOfGroup[order[k]] = k;
        var level = new int[groupOfSlot.Length];
        for (int t = 0; t < level.Length; t++) level[t] = levelOfGroup[groupOfSlot[t]];
        return new PriceLevels(prices, level, Array.ConvertAll(order, g => price[g]), lambda, units);
    }

    private static double[] Lawful(double[] prices, DayGroups days)
    {
        int rest = 0;
        if (days.Past > 0)
        {
            rest = 1;
            RepairBegunDay(prices, days);
        }
        for (int d = rest; d < days.Days; d++) Repair(prices.AsSpan(days.From[d], days.From[d + 1] - days.From[d]), days.PeakSlots[d], 0);
        return prices;
    }

    /// <summary>Replaces each cluster no wider than <paramref name="width"/> by its mean.</summary>
    private static void Snap(Span<double> prices, double width)
    {
        int[] order = Enumerable.Range(0, prices.Length).ToArray();
        double[] sorted = prices.ToArray();
        Array.Sort(sorted, order);
        for (int from = 0; from < sorted.Length;)
        {
            int to = from;
            double sum = 0;
            while (to < sorted.Length && sorted[to] - sorted[from] <= width) sum += sorted[to++];

            // The ends of the range are levels of their own right: prices there are clipped, not scattered.
            double level = sorted[from] <= -1 ? -1 : sorted[from] <= 1 && sorted[to - 1] >= 1 ? 1 : sum / (to - from);
            for (int k = from; k < to; k++) prices[order[k]] = level;
            from = to;
        }
    }

    /// <summary>
    /// Day 0 with slots gone: whatever the prices of the slots to come add up to, the gone slots balance it at the most that it can
    /// prove: the highest load takes what the slots to come leave of the peak budget, then the higher loads 1, the lower −1. Only if
    /// the gone slots are too few are the prices to come shifted.
    /// </summary>
    private static void RepairBegunDay(double[] prices, DayGroups days)
    {
        int past = days.Past;
        Span<double> gone = prices.AsSpan(0, past), coming = prices.AsSpan(past, days.From[1] - past);
        double budget = days.PeakSlots[0], peak = DayPricing.PeakLevel(coming, budget), sum = 0, excess = 0;
        foreach (ref double price in coming)
        {
            price = Math.Min(Math.Max(price, -1), 1) + Math.Max(0, price - Math.Max(peak, 1));
            sum += price;
            excess += Math.Max(0, price - 1);
        }
        double left = Math.Max(0, budget - excess);
        if (-sum < -past || -sum > past + left)
        {
            double all = sum > 0 ? -past : past + left;
            Repair(coming, budget - left, all);
            sum = 0;
            foreach (double price in coming) sum += price;
        }
        // What has to be balanced beyond −1 a slot, handed out from the highest load down.
        double toGive = past - sum;
        for (int k = past - 1; k >= 0; k--)
        {
            double given = Math.Clamp(toGive, 0, k == past - 1 ? 2 + left : 2);
            gone[days.PastByLoad[k]] = given - 1;
            toGive -= given;
        }
        double rest = sum;
        foreach (double price in gone) rest += price;
        SpreadRest(rest == 0 ? [] : gone, rest);
    }

    /// <summary>Brings prices to where they and what is beside them add up to zero within their limits; equal prices stay equal.</summary>
    /// <param name="budget">Most that the prices may exceed 1 by in all.</param>
    /// <param name="beside">Sum of prices beside.</param>
    internal static void Repair(Span<double> day, double budget, double beside)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double price in day)
        {
            low = Math.Min(low, price);
            high = Math.Max(high, price);
        }
        double peak = DayPricing.PeakLevel(day, budget);
        double shift = DayPricing.Root(day, low - 1, high + 1, 0, 1, peak, beside), over = Math.Max(peak, shift + 1);
        for (int t = 0; t < day.Length; t++) day[t] = Math.Min(1.0, Math.Max(-1.0, day[t] - shift)) + (budget > 0 ? Math.Max(0, day[t] - over) : 0);

        // What rounding left is spread over the prices that have room.
        for (int round = 0; round < 3; round++)
        {
            double sum = beside;
            foreach (double price in day) sum += price;
            if (sum == 0 || !SpreadRest(day, sum)) return;
        }
    }

    private static bool SpreadRest(Span<double> prices, double sum)
    {
        int free = 0;
        foreach (double price in prices) free += Math.Abs(price) < 1 - 1e-6 ? 1 : 0;
        if (free == 0) return false;
        double step = sum / free;
        for (int t = 0; t < prices.Length; t++)
        {
            if (Math.Abs(prices[t]) < 1 - 1e-6) prices[t] -= step;
        }
        return true;
    }
}
