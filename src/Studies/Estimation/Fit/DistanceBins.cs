using Movc.Domain.Places;
using Movc.Domain.Threads;
using Movc.Studies.Estimation.Places;

namespace Movc.Studies.Estimation.Fit;

/// <summary>Distances between regions in bins of a tenth: what lies how far from where, so that a density is summed over bins instead of regions.</summary>
internal sealed class DistanceBins
{
    /// <summary>Bins: from 300 m to beyond any city.</summary>
    public const int Count = 72;

    private const double Step = 1.1;
    private readonly FoundRegions _regions;

    public DistanceBins(FoundRegions regions)
    {
        _regions = regions;
        Km = [.. Enumerable.Range(0, Count).Select(b => GammaDistance.NearestKm * Math.Pow(Step, b + 0.5))];
    }

    /// <summary>Middle of each bin, km.</summary>
    public double[] Km { get; }

    public int Of(int from, int to) =>
        Math.Clamp((int)(Math.Log(_regions.DistanceKm(from, to) / GammaDistance.NearestKm) / Math.Log(Step)), 0, Count - 1);

    /// <summary>Popularity around each region by bin: regions × bins, row by row.</summary>
    public double[] Around(double[] popularity, int threads)
    {
        int n = _regions.Count;
        double[] around = new double[n * Count];
        OrderedParallel.Run(n, () => 0, (from, _) =>
        {
            for (int to = 0; to < n; to++)
            {
                if (to != from) around[(from * Count) + Of(from, to)] += popularity[to];
            }
            return 0;
        }, _ => { }, threads);
        return around;
    }

    /// <summary>A density's value in every bin.</summary>
    public double[] Table(in GammaDistance density)
    {
        double[] table = new double[Count];
        for (int b = 0; b < Count; b++) table[b] = density.At(Km[b]);
        return table;
    }
}
