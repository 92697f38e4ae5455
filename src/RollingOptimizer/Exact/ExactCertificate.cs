using Movc.RollingOptimizer.Solver;

namespace Movc.RollingOptimizer.Exact;

/// <summary>
/// What CLP's duals prove, worked out from them alone. For any row duals y with nothing to gain in u, v and A,
/// y·b + Σ over bounded columns min over [lower, upper] of their reduced cost lies under every feasible objective.
/// </summary>
internal static class ExactCertificate
{
    /// <summary>π = T·y of the load rows, cleared of rounding: inside [−1, 1], each day summing to 0. Past slots first.</summary>
    public static double[] Prices(DispatchLp lp, double[] dual)
    {
        DayGroups days = lp.Days;
        var prices = new double[days.Length];
        for (int k = 0; k < prices.Length; k++) prices[k] = Math.Clamp(dual[k] * days.Slots, -1, 1);
        for (int d = 0; d < days.Days; d++) Balance(prices.AsSpan(days.From[d], days.From[d + 1] - days.From[d]));
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
        for (int r = loads; r < lp.Rows; r++) bound += y[r] * lp.RightSide[r];
        // u and v cost 1/T each and |y| ≤ 1/T; A has no reduced cost because each day's prices sum to 0. So their bounds prove nothing
        // and are not used; the others' are.
        for (int q = 2 * loads + lp.Days.Days; q < lp.Columns; q++)
        {
            double reduced = lp.Cost[q];
            for (int at = lp.Start[q]; at < lp.Start[q + 1]; at++) reduced -= y[lp.Index[at]] * lp.Value[at];
            bound += reduced * (reduced > 0 ? lp.Lower[q] : lp.Upper[q]);
        }
        return bound;
    }

    private static void Balance(Span<double> day)
    {
        // What is left to balance is rounding, so a few even shifts of the prices that have room are enough.
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

    private static bool HasRoom(double price, double sum) => sum > 0 ? price > -1 : price < 1;
}
