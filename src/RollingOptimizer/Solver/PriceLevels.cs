namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// A dual price vector made lawful and coarse: near prices snapped to one level, each day shifted so that it adds up to zero inside
/// [−1, 1]. Every such vector proves a lower bound, however it came about.
/// </summary>
internal sealed class PriceLevels
{
    private PriceLevels(double[] prices, double[] levels, int[] levelOfSlot, PriceRanks ranks)
    {
        Prices = prices;
        Price = levels;
        LevelOfSlot = levelOfSlot;
        Ranks = ranks;
        RunStart = new int[levelOfSlot.Length];
        for (int t = 1; t < levelOfSlot.Length; t++) RunStart[t] = levelOfSlot[t] == levelOfSlot[t - 1] ? RunStart[t - 1] : t;
    }

    /// <summary>Price of every slot, past slots of day 0 first.</summary>
    public double[] Prices { get; }

    /// <summary>Price of each level, falling.</summary>
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
        int rest = 0;
        if (days.Past > 0)
        {
            rest = 1;
            RepairBegunDay(prices, days);
        }
        for (int d = rest; d < days.Days; d++) Repair(prices.AsSpan(days.From[d], days.From[d + 1] - days.From[d]), 0);

        double[] levels = prices.AsSpan(days.Past).ToArray().Distinct().OrderDescending().ToArray();
        var levelOfSlot = new int[days.Slots];
        var ofPrice = new Dictionary<double, int>(levels.Length);
        for (int k = 0; k < levels.Length; k++) ofPrice[levels[k]] = k;
        for (int t = 0; t < levelOfSlot.Length; t++) levelOfSlot[t] = ofPrice[prices[days.Past + t]];
        var ranks = new PriceRanks(levels.Length);
        ranks.Build(Enumerable.Range(0, levels.Length).ToArray(), levels, lambda, units);
        return new PriceLevels(prices, levels, levelOfSlot, ranks);
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
            double level = sorted[from] <= -1 ? -1 : sorted[to - 1] >= 1 ? 1 : sum / (to - from);
            for (int k = from; k < to; k++) prices[order[k]] = level;
            from = to;
        }
    }

    /// <summary>
    /// Day 0 with slots gone: whatever the prices of the slots to come add up to, the gone slots balance it at the most that it can
    /// prove, the highest loads at 1, the lowest at −1. Only if they are too few are the prices to come shifted.
    /// </summary>
    private static void RepairBegunDay(Span<double> prices, DayGroups days)
    {
        int past = days.Past;
        Span<double> gone = prices[..past], coming = prices[past..days.From[1]];
        double sum = 0;
        foreach (ref double price in coming)
        {
            price = Math.Clamp(price, -1, 1);
            sum += price;
        }
        if (Math.Abs(sum) >= past)
        {
            gone.Fill(-Math.Sign(sum));
            Repair(coming, -Math.Sign(sum) * (double)past);
            return;
        }
        // `low` slots at −1, one between, the rest at 1: sum + past − 1 − 2·low + between = 0.
        int low = Math.Clamp((int)Math.Floor((sum + past) / 2), 0, past - 1);
        for (int k = 0; k < past; k++) gone[days.PastByLoad[k]] = k < low ? -1 : 1;
        gone[days.PastByLoad[low]] = 0;
        double others = 0;
        foreach (double price in prices[..days.From[1]]) others += price;
        gone[days.PastByLoad[low]] = Math.Clamp(-others, -1, 1);
    }

    /// <summary>Shifts prices so that they and what is beside them add up to zero inside [−1, 1]; equal prices stay equal.</summary>
    internal static void Repair(Span<double> day, double beside)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double price in day)
        {
            low = Math.Min(low, price);
            high = Math.Max(high, price);
        }
        double shift = PriceBoard.Root(day, low - 1, high + 1, 0, 1, beside);
        for (int t = 0; t < day.Length; t++) day[t] = Math.Min(1.0, Math.Max(-1.0, day[t] - shift));

        // What rounding left is spread over the prices that have room.
        for (int round = 0; round < 3; round++)
        {
            double sum = beside;
            int free = 0;
            foreach (double price in day)
            {
                sum += price;
                if (Math.Abs(price) < 1 - 1e-6) free++;
            }
            if (sum == 0 || free == 0) return;
            double step = sum / free;
            for (int t = 0; t < day.Length; t++)
            {
                if (Math.Abs(day[t]) < 1 - 1e-6) day[t] -= step;
            }
        }
    }
}
