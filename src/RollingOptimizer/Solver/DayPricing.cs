using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// Prices of one day from w = load + μ·δ: p = clip((w − A)/δ, −1, 1) + max(0, w − M)/δ with M = max(peak, A + δ). This is the
/// projection of w/δ on the lawful prices (docs/math/objectives.md): A makes them add up to zero, M keeps what exceeds 1 within the
/// day's peak budget W. Without a peak weight the peak level is +∞ and the second term nothing.
/// </summary>
/// <remarks>Vectors of four lanes on every machine, so that sums are the same to the bit on every machine.</remarks>
internal static class DayPricing
{
    /// <summary>The A at which Σ p + others = 0: Newton's method held inside a shrinking bracket.</summary>
    /// <param name="w">Load + μ·δ.</param>
    /// <param name="low">Some A at which the sum is not negative.</param>
    /// <param name="high">Some A at which it is not positive.</param>
    /// <param name="guess">Where to begin; outside the bracket its middle.</param>
    /// <param name="delta">Penalty width δ, in the unit of w.</param>
    /// <param name="peak">Level of <see cref="PeakLevel"/>; +∞ for none.</param>
    /// <param name="others">Sum of prices beside.</param>
    public static double Root(ReadOnlySpan<double> w, double low, double high, double guess, double delta, double peak, double others)
    {
        double level = guess > low && guess < high ? guess : 0.5 * (low + high);
        for (int round = 0; round < 100; round++)
        {
            double sum = others + Sum(w, level, delta, peak, out int moving);
            if (Math.Abs(sum) < 1e-10) return level;
            if (sum > 0) low = level;
            else high = level;
            double next = moving > 0 ? level + (sum * delta / moving) : low - 1;
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            if (next == level) return level;
            level = next;
        }
        return level;
    }

    /// <summary>Σ p.</summary>
    /// <param name="moving">How many prices move with A: −δ times the slope of the sum.</param>
    public static double Sum(ReadOnlySpan<double> w, double level, double delta, double peak, out int moving)
    {
        double inverse = 1 / delta, over = Math.Max(peak, level + delta);
        bool overMoves = level + delta > peak;
        var levels = Vector256.Create(level);
        var overs = Vector256.Create(over);
        var inverses = Vector256.Create(inverse);
        Vector256<double> sums = Vector256<double>.Zero;
        ReadOnlySpan<Vector256<double>> lanes = MemoryMarshal.Cast<double, Vector256<double>>(w);
        int inside = 0, above = 0;
        foreach (Vector256<double> value in lanes)
        {
            Vector256<double> v = (value - levels) * inverses;
            Vector256<double> clipped = Vector256.Min(Vector256<double>.One, Vector256.Max(-Vector256<double>.One, v));
            Vector256<double> extra = Vector256.Max(Vector256<double>.Zero, (value - overs) * inverses);
            sums += clipped + extra;
            inside += BitOperations.PopCount(Vector256.Equals(clipped, v).ExtractMostSignificantBits());
            above += BitOperations.PopCount(Vector256.GreaterThan(value, overs).ExtractMostSignificantBits());
        }
        double sum = Vector256.Sum(sums);
        for (int t = 4 * lanes.Length; t < w.Length; t++)
        {
            double v = (w[t] - level) * inverse, clipped = Math.Min(1.0, Math.Max(-1.0, v));
            sum += clipped + Math.Max(0.0, (w[t] - over) * inverse);
            inside += clipped == v ? 1 : 0;
            above += w[t] > over ? 1 : 0;
        }
        moving = overMoves ? inside + above : inside;
        return sum;
    }

    /// <summary>Writes (w − A)/δ over w, and the prices.</summary>
    public static void Price(Span<double> w, double level, double delta, double peak, Span<double> price)
    {
        double inverse = 1 / delta, over = Math.Max(peak, level + delta);
        var levels = Vector256.Create(level);
        var overs = Vector256.Create(over);
        var inverses = Vector256.Create(inverse);
        Span<Vector256<double>> lanes = MemoryMarshal.Cast<double, Vector256<double>>(w), prices = MemoryMarshal.Cast<double, Vector256<double>>(price);
        for (int k = 0; k < lanes.Length; k++)
        {
            Vector256<double> value = lanes[k], v = (value - levels) * inverses;
            lanes[k] = v;
            prices[k] = Vector256.Min(Vector256<double>.One, Vector256.Max(-Vector256<double>.One, v))
                + Vector256.Max(Vector256<double>.Zero, (value - overs) * inverses);
        }
        for (int t = 4 * lanes.Length; t < w.Length; t++)
        {
            double value = w[t], v = (value - level) * inverse;
            w[t] = v;
            price[t] = Math.Min(1.0, Math.Max(-1.0, v)) + Math.Max(0.0, (value - over) * inverse);
        }
    }

    /// <summary>The M at which Σ max(0, w − M) = budget; +∞ where the budget is 0. Newton's method from the left: f is convex and falls.</summary>
    /// <param name="budget">δ·W, in the unit of w.</param>
    public static double PeakLevel(ReadOnlySpan<double> w, double budget)
    {
        if (budget <= 0 || w.IsEmpty) return double.PositiveInfinity;
        double level = double.NegativeInfinity;
        foreach (double value in w) level = Math.Max(level, value);
        level -= budget;
        for (int round = 0; round < 200; round++)
        {
            double rest = -budget;
            int above = 0;
            foreach (double value in w)
            {
                if (value <= level) continue;
                rest += value - level;
                above++;
            }
            double next = level + (rest / above);
            if (above == 0 || rest <= 1e-12 * budget || !(next > level)) return level;
            level = next;
        }
        return level;
    }

    /// <summary>Σ max(0, w − M)/δ.</summary>
    public static double Excess(ReadOnlySpan<double> w, double over, double delta)
    {
        double sum = 0;
        foreach (double value in w) sum += Math.Max(0.0, value - over);
        return sum / delta;
    }
}
