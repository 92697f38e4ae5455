namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// The price of every slot from the load: v = μ + (load − A_day)/δ, p = clip(v, −1, 1), with A_day such that a day's prices add up
/// to zero (the augmented Lagrangian of MOVC Eq. 15's absolute values; A_day tends to the day's median). Loads in W.
/// </summary>
internal sealed class PriceBoard
{
    private readonly DayGroups _days;
    private readonly double _lambda;
    private readonly EnergyUnits _units;
    private readonly double[] _average;
    private readonly double[] _unclipped;
    private readonly double[] _sortKeys;
    private readonly int[] _order;
    private bool _sorted;

    public PriceBoard(DayGroups days, double lambda, EnergyUnits units)
    {
        _days = days;
        _lambda = lambda;
        _units = units;
        LoadW = new double[days.Length];
        Multiplier = new double[days.Length];
        Price = new double[days.Length];
        _average = new double[days.Days];
        _unclipped = new double[days.Length];
        _sortKeys = new double[days.Slots];
        _order = new int[days.Slots];
        for (int t = 0; t < _order.Length; t++) _order[t] = t;
    }

    /// <summary>Net load, past slots first, W.</summary>
    public double[] LoadW { get; }

    /// <summary>μ, past slots first, in [−1, 1].</summary>
    public double[] Multiplier { get; }

    /// <summary>p, past slots first, in [−1, 1]; each day adds up to about 0.</summary>
    public double[] Price { get; }

    public void TakeMultipliers() => Price.CopyTo(Multiplier, 0);

    /// <summary>Prices the present load.</summary>
    /// <param name="deltaW">Penalty width δ, W.</param>
    public void Update(double deltaW)
    {
        double inverse = 1 / deltaW;
        for (int d = 0; d < _days.Days; d++)
        {
            int from = Math.Max(_days.Past, _days.From[d]), to = _days.From[d + 1];
            Span<double> w = _unclipped.AsSpan(from, to - from);
            double low = double.PositiveInfinity, high = double.NegativeInfinity;
            for (int t = 0; t < w.Length; t++)
            {
                double value = LoadW[from + t] + Multiplier[from + t] * deltaW;
                w[t] = value;
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
            double average = d == 0 && _days.Past > 0
                ? PricePast(w, low - deltaW, high + deltaW, deltaW)
                : Root(w, low - deltaW, high + deltaW, _average[d], deltaW);
            _average[d] = average;
            for (int t = 0; t < w.Length; t++)
            {
                double v = (w[t] - average) * inverse;
                w[t] = v;
                Price[from + t] = Math.Min(1.0, Math.Max(-1.0, v));
            }
        }
    }

    /// <summary>Ranks the horizon's slots by the present prices, equal ones by the unclipped v: the deepest valley fills first.</summary>
    public void Rank(PriceRanks ranks)
    {
        Sort(_unclipped.AsSpan(_days.Past));
        ranks.Build(_order, Price.AsSpan(_days.Past), _lambda, _units);
    }

    /// <summary>
    /// Prices what is gone of day 0 and gives the day's A. No vehicle can answer in a past slot, so its best price needs no penalty
    /// width: 1 over A, −1 under it, and at A whatever makes the day's prices add up to 0.
    /// </summary>
    private double PricePast(ReadOnlySpan<double> w, double low, double high, double delta)
    {
        int[] order = _days.PastByLoad;
        int count = order.Length, k = 0, end = count;
        while (k < end)
        {
            int middle = (k + end) / 2;
            if (Sum(w, LoadW[order[middle]], delta) + count - 2 * (middle + 1) <= 0) end = middle;
            else k = middle + 1;
        }
        for (int j = 0; j < count; j++) Price[order[j]] = j < k ? -1 : 1;
        if (k < count)
        {
            double atPast = LoadW[order[k]], others = Sum(w, atPast, delta) + count - 1 - 2 * k;
            if (others >= -1)
            {
                Price[order[k]] = Math.Clamp(-others, -1, 1);
                return atPast;
            }
        }
        if (k > 0) low = Math.Max(low, LoadW[order[k - 1]]);
        if (k < count) high = Math.Min(high, LoadW[order[k]]);
        // Where the gone slots outnumber the others, any A of this bracket prices all others alike.
        return high > low ? Root(w, low, high, _average[0], delta, count - 2 * k) : low;
    }

    private static double Sum(ReadOnlySpan<double> w, double average, double delta)
    {
        double inverse = 1 / delta, sum = 0;
        foreach (double value in w) sum += Math.Min(1.0, Math.Max(-1.0, (value - average) * inverse));
        return sum;
    }

    /// <summary>The A at which Σ clip((w − A)/δ, −1, 1) + others = 0: Newton's method held inside a shrinking bracket.</summary>
    internal static double Root(ReadOnlySpan<double> w, double low, double high, double guess, double delta, double others = 0)
    {
        double average = guess > low && guess < high ? guess : 0.5 * (low + high);
        double inverse = 1 / delta;
        for (int round = 0; round < 100; round++)
        {
            double sum = others;
            int inside = 0;
            foreach (double value in w)
            {
                double v = (value - average) * inverse;
                double clipped = Math.Min(1.0, Math.Max(-1.0, v));
                sum += clipped;
                if (clipped == v) inside++;
            }
            if (Math.Abs(sum) < 1e-10) return average;
            if (sum > 0) low = average;
            else high = average;
            double next = inside > 0 ? average + sum * delta / inside : low - 1;
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            if (next == average) return average;
            average = next;
        }
        return average;
    }

    private void Sort(ReadOnlySpan<double> key)
    {
        int[] order = _order;
        if (!_sorted)
        {
            SortAfresh(key);
            _sorted = true;
        }
        // The order of the price before is nearly right; many moves mean it is not.
        int budget = 8 * order.Length;
        for (int i = 1; i < order.Length; i++)
        {
            int slot = order[i];
            double value = key[slot];
            int j = i - 1;
            while (j >= 0 && (key[order[j]] < value || (key[order[j]] == value && order[j] > slot)))
            {
                order[j + 1] = order[j];
                j--;
            }
            order[j + 1] = slot;
            budget -= i - 1 - j;
            if (budget < 0)
            {
                SortAfresh(key);
                budget = int.MaxValue;
                i = 0;
            }
        }
    }

    private void SortAfresh(ReadOnlySpan<double> key)
    {
        for (int i = 0; i < _order.Length; i++) _sortKeys[i] = -key[_order[i]];
        Array.Sort(_sortKeys, _order);
    }
}
