namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// At the best prices a level at which vehicles discharge and one at which they charge again are tied, η²·(high − λ) = low + λ: a
/// little more apart and every vehicle would trade between them, a little less and none. Levels are moved together along these ties.
/// </summary>
/// <param name="efficiencySquared">η².</param>
internal sealed class LevelTies(DayGroups days, double lambda, double efficiencySquared)
{
    /// <summary>How far from a tie two levels may be and still count as tied.</summary>
    private const double Tolerance = 1e-3;

    /// <summary>
    /// Makes the ties among the levels between the limits exact, and moves the levels along them so that every day adds up to 0, as
    /// nearly as these moves allow.
    /// </summary>
    public void Balance(double[] prices)
    {
        if (!TryRead(prices, out double[] level, out Chain[] chain, out double[,] share, out double[] missing)) return;
        double[] move = LeastMoves(share, missing);
        for (int k = days.Past; k < prices.Length; k++)
        {
            int at = IndexOf(level, prices[k]);
            if (at >= 0) prices[k] = Math.Clamp(chain[at].Price + (chain[at].Slope * move[chain[at].Index]), -1, 1);
        }
    }

    /// <summary>Ways to move the levels that keep ties and days' sums: for each chain, itself and the least that others must do for it. Per slot, past slots first.</summary>
    public List<double[]> Slides(double[] prices)
    {
        var slides = new List<double[]>();
        if (!TryRead(prices, out double[] level, out Chain[] chain, out double[,] share, out _)) return slides;
        int chains = share.GetLength(1);
        for (int j = 0; j < chains && chains > 1; j++)
        {
            var missing = new double[days.Days];
            for (int d = 0; d < days.Days; d++) missing[d] = -share[d, j];
            double[] move = LeastMoves(share, missing);
            move[j] += 1;
            double most = move.Max(Math.Abs);
            if (most < 1e-3) continue;
            var slide = new double[prices.Length];
            for (int k = days.Past; k < prices.Length; k++)
            {
                int at = IndexOf(level, prices[k]);
                if (at >= 0) slide[k] = chain[at].Slope * move[chain[at].Index] / most;
            }
            slides.Add(slide);
        }
        return slides;
    }

    /// <summary>The levels between the limits, their chains, how much of each day is on each chain, and what each day lacks of 0 with exact ties.</summary>
    private bool TryRead(double[] prices, out double[] level, out Chain[] chain, out double[,] share, out double[] missing)
    {
        level = [.. prices.Skip(days.Past).Where(p => Math.Abs(p) < 1).Distinct().OrderDescending()];
        chain = Chains(level, prices, out int chains);
        share = new double[days.Days, chains];
        missing = new double[days.Days];
        for (int d = 0; d < days.Days; d++)
        {
            // Slots gone balance the day that they are of by themselves.
            if (d == 0 && days.Past > 0) continue;
            for (int k = days.From[d]; k < days.From[d + 1]; k++)
            {
                int at = IndexOf(level, prices[k]);
                missing[d] -= at < 0 ? prices[k] : chain[at].Price;
                if (at >= 0) share[d, chain[at].Index] += chain[at].Slope;
            }
        }
        return level.Length > 0;
    }

    /// <summary>Where each level stands in its chain, and its price with exact ties.</summary>
    private Chain[] Chains(double[] level, double[] prices, out int count)
    {
        var chain = new Chain[level.Length];
        var slots = new int[level.Length];
        for (int k = days.Past; k < prices.Length; k++)
        {
            int at = IndexOf(level, prices[k]);
            if (at >= 0) slots[at]++;
        }
        count = 0;
        for (int k = 0; k < level.Length; k++)
        {
            if (chain[k].Slope == 0) chain[k] = new Chain(count++, 1, 0, 0);
            double tied = (efficiencySquared * (level[k] - lambda)) - lambda;
            for (int j = k + 1; j < level.Length; j++)
            {
                if (chain[j].Slope != 0) continue;
                if (Math.Abs(level[j] - level[k]) <= Tolerance / 10) chain[j] = chain[k];
                else if (Math.Abs(level[j] - tied) <= Tolerance)
                    chain[j] = new Chain(chain[k].Index, chain[k].Slope * efficiencySquared, (efficiencySquared * (chain[k].Offset - lambda)) - lambda, 0);
            }
        }
        // The chain's top is where its slots' prices put it on average.
        var top = new double[count];
        var weight = new double[count];
        for (int k = 0; k < level.Length; k++)
        {
            top[chain[k].Index] += slots[k] * (level[k] - chain[k].Offset) / chain[k].Slope;
            weight[chain[k].Index] += slots[k];
        }
        for (int k = 0; k < level.Length; k++)
            chain[k] = chain[k] with { Price = (chain[k].Slope * top[chain[k].Index] / weight[chain[k].Index]) + chain[k].Offset };
        return chain;
    }

    /// <summary>The shortest vector m with share·m = missing, in the sense of least squares: share^T (share·share^T)^-1 missing.</summary>
    private static double[] LeastMoves(double[,] share, double[] missing)
    {
        int n = missing.Length, chains = share.GetLength(1);
        var matrix = new double[n, n + 1];
        double scale = 0;
        for (int r = 0; r < n; r++)
        {
            for (int c = 0; c < n; c++)
            {
                for (int j = 0; j < chains; j++) matrix[r, c] += share[r, j] * share[c, j];
            }
            scale = Math.Max(scale, matrix[r, r]);
            matrix[r, n] = missing[r];
        }
        // Days that no chain reaches, or fewer chains than days, leave it singular.
        for (int r = 0; r < n; r++) matrix[r, r] += 1e-6 * scale + 1e-12;
        for (int p = 0; p < n; p++)
        {
            int best = p;
            for (int r = p + 1; r < n; r++) best = Math.Abs(matrix[r, p]) > Math.Abs(matrix[best, p]) ? r : best;
            for (int c = p; c <= n; c++) (matrix[p, c], matrix[best, c]) = (matrix[best, c], matrix[p, c]);
            for (int r = 0; r < n; r++)
            {
                if (r == p || matrix[r, p] == 0) continue;
                double factor = matrix[r, p] / matrix[p, p];
                for (int c = p; c <= n; c++) matrix[r, c] -= factor * matrix[p, c];
            }
        }
        var move = new double[chains];
        for (int j = 0; j < chains; j++)
        {
            for (int r = 0; r < n; r++) move[j] += share[r, j] * matrix[r, n] / matrix[r, r];
        }
        return move;
    }

    private static int IndexOf(double[] falling, double price) =>
        Array.BinarySearch(falling, price, Comparer<double>.Create((a, b) => b.CompareTo(a)));

    /// <param name="Index">The chain.</param>
    /// <param name="Slope">Price of the level = slope · price of the chain's top + offset.</param>
    private readonly record struct Chain(int Index, double Slope, double Offset, double Price);
}
