using Movc.RollingOptimizer.Solver;

namespace Movc.RollingOptimizer.Exact;

/// <summary>
/// What CLP's duals prove, worked out from them alone. For any row duals y with nothing to gain in u, v and A,
/// y·b + Σ over bounded columns min over [lower, upper] of their reduced cost lies under every feasible objective.
/// </summary>
internal static class ExactCertificate
{
    /// <summary>π = T·y of the load rows, cleared of rounding: lawful for the objective. Past slots first.</summary>
    public static double[] Prices(DispatchLp lp, double[] dual)
    {
        DayGroups days = lp.Days;
        var prices = new double[days.Length];
        for (int k = 0; k < prices.Length; k++) prices[k] = dual[k] * days.Slots;
        for (int d = 0; d < days.Days; d++) Clean(prices.AsSpan(days.From[d], days.From[d + 1] - days.From[d]), days.PeakSlots[d]);
        return prices;
    }

    /// <summary>The bound, kW with the 1/T.</summary>
    /// <param name="prices">In place of the duals of the load rows.</param>
    public static double BoundKw(DispatchLp lp, double[] dual, double[] prices)
    {
        int loads = lp.Days.Length;
        double[] y = (double[])dual.Clone();
        for (int k = 0; k < loads; k++) y[k] = prices[k] / lp.Days.Slots;
        double bound = Objective.PricedLoadKw(prices, lp.RightSide.AsSpan(0, loads), lp.Days) / lp.Days.Slots;
        for (int r = loads; r < lp.PeakRow; r++) bound += y[r] * lp.RightSide[r];
        // Lawful prices prove the load's own part whatever u, v, A, H and s are (docs/math/objectives.md), so their bounds and the duals
        // of the peak rows are not used; the vehicles' are.
        for (int q = lp.LoadColumns; q < lp.Columns; q++)
        {
            double reduced = lp.Cost[q];
            for (int at = lp.Start[q]; at < lp.Start[q + 1]; at++) reduced -= y[lp.Index[at]] * lp.Value[at];
            bound += reduced * (reduced > 0 ? lp.Lower[q] : lp.Upper[q]);
        }
        return bound;
    }

    /// <summary>What is wrong is rounding, so small even shifts of the prices that have room are enough.</summary>
    private static void Clean(Span<double> day, double budget)
    {
        double excess = 0;
        foreach (ref double price in day)
        {
            price = Math.Max(-1, budget > 0 ? price : Math.Min(1, price));
            excess += Math.Max(0, price - 1);
        }
        if (excess > budget)
        {
            foreach (ref double price in day) price = price > 1 ? 1 + ((price - 1) * budget / excess) : price;
        }
        for (int round = 0; round < 8; round++)
        {
            double sum = 0;
            foreach (double price in day) sum += price;
            if (Math.Abs(sum) < 1e-13) return;
            int room = 0;
            foreach (double price in day) room += HasRoom(price, sum) ? 1 : 0;
            if (room == 0) return;
            for (int k = 0; k < day.Length; k++)
            {
                if (HasRoom(day[k], sum)) day[k] = Math.Clamp(day[k] - sum / room, -1, 1);
            }
        }
    }

    private static bool HasRoom(double price, double sum) => price <= 1 && (sum > 0 ? price > -1 : price < 1);
}
