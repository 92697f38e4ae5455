using Movc.Domain.Places;
using Movc.Domain.Threads;
using Movc.Studies.Estimation.Places;

namespace Movc.Studies.Estimation.Fit;

/// <summary>
/// The gamma densities of the distance (MOVC Eq. 2): a destination is drawn in proportion to popularity × density, so what is observed
/// depends on what lies where. A conditional logit takes the city's shape out: each user's scale θ where the mean distance of the new
/// places is as expected, the shape α common to all, the regions' popularity by how often they were chosen over how often that is expected.
/// </summary>
/// <param name="Shape">α.</param>
/// <param name="Popularity">Per region, over 0, mean 1.</param>
/// <param name="MeanKm">α·θ of each user; NaN where too few new places were seen.</param>
/// <param name="NewPlaces">How many were seen of each user.</param>
internal sealed record DistanceFit(double Shape, double[] Popularity, double[] MeanKm, int[] NewPlaces)
{
    private const int FewestNewPlaces = 4, Rounds = 3;

    /// <summary>Regions beyond which popularity stays at the counts: the table of expectations would grow with their square.</summary>
    private const int RefinedAtMost = 8000;

    /// <summary>Ratio of the shapes that are tried from .4 on; between them a parabola finds the top.</summary>
    private const double ShapeStep = 1.25, FirstShape = 0.4;

    private const int ShapesTried = 11;

    /// <summary>Fits.</summary>
    /// <param name="jumps">Trips to new places.</param>
    /// <param name="users">How many users there are.</param>
    /// <param name="regions">Where they lead.</param>
    /// <param name="shape">α where it is known already; null = estimated.</param>
    /// <param name="threads">0 = all processors.</param>
    public static DistanceFit Of(IReadOnlyList<Jump> jumps, int users, FoundRegions regions, double? shape, int threads)
    {
        var bins = new DistanceBins(regions);
        List<Jump>[] byUser = [.. Enumerable.Range(0, users).Select(_ => new List<Jump>())];
        double[] chosen = new double[regions.Count];
        foreach (Jump jump in jumps)
        {
            byUser[jump.User].Add(jump);
            chosen[jump.To]++;
        }
        // Half a visit for a region that nobody chose anew: it was somebody's home or work.
        double[] popularity = [.. chosen.Select(c => Math.Max(c, 0.5))];
        double[] around = bins.Around(popularity, threads);
        double[] means = new double[users];
        double alpha = shape ?? 1;
        for (int round = 0; round < Rounds; round++)
        {
            if (shape is null && round > 0) alpha = BestShape(byUser, around, bins, threads);
            means = Means(byUser, around, bins, alpha, threads);
            if (round + 1 == Rounds || regions.Count > RefinedAtMost) continue;
            popularity = Refined(byUser, chosen, around, bins, regions.Count, alpha, means, threads);
            around = bins.Around(popularity, threads);
        }
        double mean = popularity.Average();
        return new DistanceFit(alpha, [.. popularity.Select(p => p / mean)], means, [.. byUser.Select(j => j.Count)]);
    }

    /// <summary>Mean of the density of the way to work at a factor of each user, km: the value that the ways themselves make likeliest.</summary>
    /// <param name="ways">Home and work of each commuter, with the user's factor on the mean.</param>
    /// <param name="regions">Where they are.</param>
    /// <param name="threads">0 = all processors.</param>
    public double WorkKm(IReadOnlyList<(int Home, int Work, double Factor)> ways, FoundRegions regions, int threads)
    {
        if (ways.Count == 0) return double.NaN;
        var bins = new DistanceBins(regions);
        double[] around = bins.Around(Popularity, threads);
        double best = double.NaN, most = double.NegativeInfinity;
        for (double km = 0.5; km < 100; km *= 1.03)
        {
            double likelihood = 0;
            foreach ((int home, int work, double factor) in ways)
            {
                double[] table = bins.Table(new GammaDistance(Shape, km * factor / Shape));
                likelihood += Math.Log(Math.Max(1e-300, table[bins.Of(home, work)])) - Math.Log(Sum(around, home, table));
            }
            if (likelihood > most) (best, most) = (km, likelihood);
        }
        return best;
    }

    private static double BestShape(List<Jump>[] byUser, double[] around, DistanceBins bins, int threads)
    {
        double[] shapes = [.. Enumerable.Range(0, ShapesTried).Select(k => FirstShape * Math.Pow(ShapeStep, k))];
        double[] likelihood = [.. shapes.Select(a => Likelihood(byUser, around, bins, a, threads))];
        int top = Array.IndexOf(likelihood, likelihood.Max());
        if (top == 0 || top == ShapesTried - 1) return shapes[top];
        double below = likelihood[top - 1] - likelihood[top], above = likelihood[top + 1] - likelihood[top];
        double shift = below + above < 0 ? (below - above) / (2 * (below + above)) : 0;
        return shapes[top] * Math.Pow(ShapeStep, shift);
    }

    private static double[] Means(List<Jump>[] byUser, double[] around, DistanceBins bins, double alpha, int threads)
    {
        double[] means = new double[byUser.Length];
        OrderedParallel.Run(byUser.Length, () => 0, (u, _) =>
        {
            means[u] = byUser[u].Count < FewestNewPlaces ? double.NaN : alpha * Scale(byUser[u], around, bins, alpha);
            return 0;
        }, _ => { }, threads);
        return means;
    }

    /// <summary>θ at which the mean distance of a user's new places is as expected.</summary>
    private static double Scale(List<Jump> jumps, double[] around, DistanceBins bins, double alpha)
    {
        double seen = jumps.Sum(j => bins.Km[bins.Of(j.From, j.To)]);
        double low = Math.Log(0.05), high = Math.Log(200);
        for (int i = 0; i < 24; i++)
        {
            double middle = (low + high) / 2, expected = 0;
            double[] table = bins.Table(new GammaDistance(alpha, Math.Exp(middle)));
            foreach (Jump jump in jumps)
            {
                double sum = 0, km = 0;
                ReadOnlySpan<double> row = around.AsSpan(jump.From * DistanceBins.Count, DistanceBins.Count);
                for (int b = 0; b < DistanceBins.Count; b++)
                {
                    double weight = row[b] * table[b];
                    sum += weight;
                    km += weight * bins.Km[b];
                }
                expected += km / sum;
            }
            if (expected < seen) low = middle;
            else high = middle;
        }
        return Math.Exp((low + high) / 2);
    }

    private static double Likelihood(List<Jump>[] byUser, double[] around, DistanceBins bins, double alpha, int threads)
    {
        double sum = 0;
        OrderedParallel.Run(byUser.Length, () => 0, (u, _) =>
        {
            if (byUser[u].Count < FewestNewPlaces) return 0.0;
            double[] table = bins.Table(new GammaDistance(alpha, Scale(byUser[u], around, bins, alpha)));
            return byUser[u].Sum(j => Math.Log(Math.Max(1e-300, table[bins.Of(j.From, j.To)])) - Math.Log(Sum(around, j.From, table)));
        }, likelihood => sum += likelihood, threads);
        return sum;
    }

    /// <summary>How often each region was chosen over how often it would be at popularity 1.</summary>
    private static double[] Refined(
        List<Jump>[] byUser, double[] chosen, double[] around, DistanceBins bins, int regions, double alpha, double[] means, int threads)
    {
        double[] expected = new double[regions];
        const int piece = 64;
        OrderedParallel.Run((byUser.Length + piece - 1) / piece, () => 0, (p, _) =>
        {
            double[] part = new double[regions];
            for (int u = p * piece; u < Math.Min(byUser.Length, (p + 1) * piece); u++)
            {
                if (!double.IsFinite(means[u])) continue;
                double[] table = bins.Table(new GammaDistance(alpha, means[u] / alpha));
                foreach (IGrouping<int, Jump> from in byUser[u].GroupBy(j => j.From))
                {
                    double weight = from.Count() / Sum(around, from.Key, table);
                    for (int to = 0; to < regions; to++) part[to] += weight * table[bins.Of(from.Key, to)];
                }
            }
            return part;
        }, part =>
        {
            for (int r = 0; r < regions; r++) expected[r] += part[r];
        }, threads);
        double[] popularity = [.. chosen.Select((c, r) => expected[r] > 0 ? Math.Max(c, 0.5) / expected[r] : 0)];
        double floor = popularity.Where(p => p > 0).DefaultIfEmpty(1).Min();
        return [.. popularity.Select(p => Math.Max(p, floor))];
    }

    private static double Sum(double[] around, int from, double[] table)
    {
        double sum = 0;
        ReadOnlySpan<double> row = around.AsSpan(from * DistanceBins.Count, DistanceBins.Count);
        for (int b = 0; b < DistanceBins.Count; b++) sum += row[b] * table[b];
        return sum;
    }
}
