using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Movc.VehicleKernel.Storage;

namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// The price of every slot from the load: v = μ + (load − A_day)/δ, p = v brought into the lawful prices of its day (the augmented
/// Lagrangian of the objective, MOVC Eq. 15 with its peak term; A_day tends to the day's level). Loads in W.
/// </summary>
internal sealed class PriceBoard
{
    // Together far under any price difference that matters.
    private const double TieWeight = 1e-9;
    private const double TieRange = 1_000;

    private readonly DayGroups _days;
    private readonly double _lambda;
    private readonly EnergyUnits _units;
    private readonly bool _tiesByLoad;
    private readonly double[] _average;
    private readonly double[] _unclipped;
    private readonly SlotOrder _order;
    private readonly SlotOrder _besideOrder;
    private readonly double[] _withBeside;

    /// <param name="tiesByLoad">Whether equal prices are told apart by the load under them.</param>
    public PriceBoard(DayGroups days, double lambda, EnergyUnits units, bool tiesByLoad)
    {
        _days = days;
        _lambda = lambda;
        _units = units;
        _tiesByLoad = tiesByLoad;
        LoadW = new double[days.Length];
        Multiplier = new double[days.Length];
        Price = new double[days.Length];
        _average = new double[days.Days];
        _unclipped = new double[days.Length];
        _order = new SlotOrder(days.Slots);
        _besideOrder = new SlotOrder(days.Slots);
        _withBeside = new double[days.Slots];
    }

    /// <summary>Net load, past slots first, W.</summary>
    public double[] LoadW { get; }

    /// <summary>μ, past slots first, lawful as prices are.</summary>
    public double[] Multiplier { get; }

    /// <summary>p, past slots first, lawful; each day adds up to about 0.</summary>
    public double[] Price { get; }

    public void TakeMultipliers() => Price.CopyTo(Multiplier, 0);

    /// <summary>Prices the present load.</summary>
    /// <param name="deltaW">Penalty width δ, W.</param>
    public void Update(double deltaW)
    {
        for (int d = 0; d < _days.Days; d++)
        {
            int from = Math.Max(_days.Past, _days.From[d]), to = _days.From[d + 1];
            Span<double> w = _unclipped.AsSpan(from, to - from);
            (double low, double high) = Weigh(LoadW.AsSpan(from, w.Length), Multiplier.AsSpan(from, w.Length), deltaW, w);
            double peak = DayPricing.PeakLevel(w, deltaW * _days.PeakSlots[d]);
            _average[d] = d == 0 && _days.Past > 0
                ? PricePast(w, low - deltaW, high + deltaW, deltaW, ref peak)
                : DayPricing.Root(w, low - deltaW, high + deltaW, _average[d], deltaW, peak, 0);
            DayPricing.Price(w, _average[d], deltaW, peak, Price.AsSpan(from, w.Length));
        }
    }

    /// <summary>Ranks the horizon's slots by the present prices, equal ones by the unclipped v: the deepest valley fills first.</summary>
    public void Rank(PriceRanks ranks)
    {
        ReadOnlySpan<double> price = Price.AsSpan(_days.Past);
        ranks.Build(_order.Falling(_tiesByLoad ? _unclipped.AsSpan(_days.Past) : price), price, _lambda, _units);
    }

    /// <summary>The same for vehicles that pay something beside the city's price.</summary>
    /// <param name="ranks">Takes the ranks.</param>
    /// <param name="beside">What it is per slot of the horizon, in the price's unit; a sum under −1 counts as −1, which is as low as vehicles can be ranked by.</param>
    public void Rank(PriceRanks ranks, ReadOnlySpan<double> beside)
    {
        // v does not rise with the price where something is added to that: it tells equal prices apart and no others.
        for (int t = 0; t < _withBeside.Length; t++)
        {
            double tie = _tiesByLoad ? TieWeight * Math.Clamp(_unclipped[_days.Past + t], -TieRange, TieRange) : 0;
            _withBeside[t] = Math.Max(-1, Price[_days.Past + t] + beside[t] + tie);
        }
        ranks.Build(_besideOrder.Falling(_withBeside), _withBeside, _lambda, _units);
    }

    /// <summary>w = load + μ·δ, and its least and greatest.</summary>
    private static (double Low, double High) Weigh(ReadOnlySpan<double> load, ReadOnlySpan<double> multiplier, double delta, Span<double> w)
    {
        ReadOnlySpan<Vector256<double>> loads = MemoryMarshal.Cast<double, Vector256<double>>(load), multipliers = MemoryMarshal.Cast<double, Vector256<double>>(multiplier);
        Span<Vector256<double>> ws = MemoryMarshal.Cast<double, Vector256<double>>(w);
        var deltas = Vector256.Create(delta);
        Vector256<double> lows = Vector256.Create(double.PositiveInfinity), highs = Vector256.Create(double.NegativeInfinity);
        for (int k = 0; k < ws.Length; k++)
        {
            Vector256<double> value = loads[k] + (multipliers[k] * deltas);
            ws[k] = value;
            lows = Vector256.Min(lows, value);
            highs = Vector256.Max(highs, value);
        }
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int k = 0; k < 4; k++)
        {
            low = Math.Min(low, lows[k]);
            high = Math.Max(high, highs[k]);
        }
        for (int t = 4 * ws.Length; t < w.Length; t++)
        {
            w[t] = load[t] + (multiplier[t] * delta);
            low = Math.Min(low, w[t]);
            high = Math.Max(high, w[t]);
        }
        return (low, high);
    }

    /// <summary>
    /// Prices what is gone of day 0 and gives the day's A. No vehicle can answer in a past slot, so its best price needs no penalty
    /// width: 1 over A, −1 under it, and at A whatever makes the day's prices add up to 0. The highest of them, where it is the day's
    /// peak, takes all of the peak budget W that the slots to come leave.
    /// </summary>
    /// <param name="peak">Peak level of the slots to come; raised to the past's peak where that is higher.</param>
    private double PricePast(ReadOnlySpan<double> w, double low, double high, double delta, ref double peak)
    {
        int[] order = _days.PastByLoad;
        int count = order.Length, k = 0, end = count;
        double budget = _days.PeakSlots[0], comingPeak = peak, top = LoadW[order[^1]];
        bool holdsPeak = budget > 0 && top >= peak;
        // While A is under the past's peak, what the slots to come and that peak take of the budget is W in all, whatever A is.
        double above = holdsPeak ? budget : 0, peakUnder = holdsPeak ? double.PositiveInfinity : peak;
        while (k < end)
        {
            int middle = (k + end) / 2;
            bool isTop = middle == count - 1;
            double sum = DayPricing.Sum(w, LoadW[order[middle]], delta, isTop ? comingPeak : peakUnder, out _) + (isTop ? 0 : above);
            if (sum + count - 2 * (middle + 1) <= 0) end = middle;
            else k = middle + 1;
        }
        for (int j = 0; j < count; j++) Price[order[j]] = j < k ? -1 : 1;
        if (holdsPeak && k < count) peak = Math.Max(peak, top);
        if (k < count)
        {
            double atPast = LoadW[order[k]];
            bool isTop = k == count - 1;
            double left = holdsPeak ? Math.Max(0, budget - DayPricing.Excess(w, Math.Max(peak, atPast + delta), delta)) : 0;
            double others = isTop
                ? DayPricing.Sum(w, atPast, delta, peak, out _) + count - 1 - (2 * k)
                : DayPricing.Sum(w, atPast, delta, peakUnder, out _) + above + count - 1 - (2 * k);
            double most = isTop ? 1 + left : 1;
            if (others >= -most)
            {
                Price[order[k]] = Math.Clamp(-others, -1, most);
                if (!isTop) Price[order[^1]] += left;
                return atPast;
            }
        }
        if (k > 0) low = Math.Max(low, LoadW[order[k - 1]]);
        if (k < count) high = Math.Min(high, LoadW[order[k]]);
        // Where the gone slots outnumber the others, any A of this bracket prices all others alike.
        double level = !(high > low) ? low
            : k < count ? DayPricing.Root(w, low, high, _average[0], delta, peakUnder, count - (2 * k) + above)
            : DayPricing.Root(w, low, high, _average[0], delta, comingPeak, -count);
        if (holdsPeak && k < count) Price[order[^1]] += Math.Max(0, budget - DayPricing.Excess(w, Math.Max(peak, level + delta), delta));
        return level;
    }
}
