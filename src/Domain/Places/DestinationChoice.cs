using System.Collections.Concurrent;
using Movc.Domain.Randomness;

namespace Movc.Domain.Places;

/// <summary>
/// Draws a destination among all regions in proportion to popularity × gamma density of the distance (MOVC Eq. 2, which prints a
/// division by the density), exactly and without looking at every region. For several threads at once.
/// </summary>
/// <remarks>
/// Regions are grouped into square tiles. A tile is proposed by its popularity times an upper bound of the density over its bounding
/// box, a region in it by popularity, and the proposal is accepted with density / bound: what is accepted has exactly the wanted
/// distribution, whatever the tiles. Bounds are kept for rounded-up scales (a scale's density lies under that of any larger one), one
/// table of tiles² floats each.
/// </remarks>
public sealed class DestinationChoice
{
    private const int LongestRedraw = 10_000;
    private const double ScaleStep = 1.25;
    private readonly StayRegions _regions;
    private readonly int _tiles;
    private readonly int[] _tileOf;
    private readonly int[] _first;
    private readonly int[] _member;
    private readonly double[] _cumulated;
    private readonly double[] _tilePopularity;
    private readonly (double West, double South, double East, double North)[] _box;
    private readonly ConcurrentDictionary<(double Shape, int Class), Bounds> _bounds = new();

    public DestinationChoice(StayRegions regions)
    {
        _regions = regions;
        double west = regions.EastKm.Min(), south = regions.NorthKm.Min();
        double extentKm2 = Math.Max(1, (regions.EastKm.Max() - west) * (regions.NorthKm.Max() - south));
        // About a thousand tiles at most: tables of some megabytes.
        double side = Math.Max(1.5, Math.Sqrt(extentKm2 / 1500));
        int[] cell = Enumerable.Range(0, regions.Count)
            .Select(r => (int)((regions.EastKm[r] - west) / side) + 100_000 * (int)((regions.NorthKm[r] - south) / side)).ToArray();
        _member = Enumerable.Range(0, regions.Count).OrderBy(r => cell[r]).ThenBy(r => r).ToArray();
        _tileOf = new int[regions.Count];
        _cumulated = new double[regions.Count];
        var first = new List<int>();
        for (int i = 0; i < _member.Length; i++)
        {
            if (i == 0 || cell[_member[i]] != cell[_member[i - 1]]) first.Add(i);
            _tileOf[_member[i]] = first.Count - 1;
        }
        _tiles = first.Count;
        _first = [.. first, _member.Length];
        _tilePopularity = new double[_tiles];
        _box = new (double, double, double, double)[_tiles];
        for (int b = 0; b < _tiles; b++)
        {
            int[] members = _member[_first[b].._first[b + 1]];
            for (int i = _first[b]; i < _first[b + 1]; i++) _cumulated[i] = _tilePopularity[b] += regions.Popularity[_member[i]];
            _box[b] = (members.Min(r => regions.EastKm[r]), members.Min(r => regions.NorthKm[r]), members.Max(r => regions.EastKm[r]), members.Max(r => regions.NorthKm[r]));
        }
    }

    /// <summary>Draws a region.</summary>
    /// <param name="origin">Where the vehicle stands; never drawn itself.</param>
    /// <param name="distance">Density of the distance.</param>
    /// <param name="random">Advanced by what was drawn.</param>
    public int Draw(int origin, in GammaDistance distance, ref CounterRandom random)
    {
        Bounds bounds = BoundsFor(distance);
        int from = _tileOf[origin] * _tiles;
        ReadOnlySpan<float> cumulated = bounds.Cumulated.AsSpan(from, _tiles);
        for (int i = 0; ; i++)
        {
            int tile = Find(cumulated, (float)(random.NextUniform() * cumulated[^1]));
            int last = _first[tile + 1] - 1;
            int region = _member[FindIn(_first[tile], last, random.NextUniform() * _tilePopularity[tile])];
            if (region == origin) continue;
            double density = distance.At(_regions.DistanceKm(origin, region));
            if (random.NextUniform() * bounds.Largest[from + tile] < density) return region;
            // Only where the origin lies so far from everything that all densities vanish.
            if (i >= LongestRedraw) return region;
        }
    }

    private Bounds BoundsFor(in GammaDistance distance)
    {
        int scaleClass = (int)Math.Ceiling(Math.Log(distance.ScaleKm) / Math.Log(ScaleStep));
        var key = (distance.Shape, scaleClass);
        return _bounds.TryGetValue(key, out Bounds? bounds) ? bounds : _bounds.GetOrAdd(key, k => Build(k.Shape, k.Class));
    }

    private Bounds Build(double shape, int scaleClass)
    {
        var widest = new GammaDistance(shape, Math.Pow(ScaleStep, scaleClass) * (1 + 1e-12));
        var bounds = new Bounds(new float[_tiles * _tiles], new double[_tiles * _tiles]);
        for (int a = 0; a < _tiles; a++)
        {
            double sum = 0;
            for (int b = 0; b < _tiles; b++)
            {
                (double nearest, double farthest) = Range(_box[a], _box[b]);
                double largest = widest.Largest(nearest, farthest);
                bounds.Largest[a * _tiles + b] = largest;
                bounds.Cumulated[a * _tiles + b] = (float)(sum += largest * _tilePopularity[b]);
            }
        }
        return bounds;
    }

    private static (double Nearest, double Farthest) Range(
        (double West, double South, double East, double North) a, (double West, double South, double East, double North) b)
    {
        double east = Math.Max(0, Math.Max(b.West - a.East, a.West - b.East)), north = Math.Max(0, Math.Max(b.South - a.North, a.South - b.North));
        double eastFar = Math.Max(b.East - a.West, a.East - b.West), northFar = Math.Max(b.North - a.South, a.North - b.South);
        return (Math.Sqrt(east * east + north * north), Math.Sqrt(eastFar * eastFar + northFar * northFar));
    }

    private static int Find(ReadOnlySpan<float> cumulated, float at)
    {
        int low = 0, high = cumulated.Length - 1;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (cumulated[middle] <= at) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private int FindIn(int low, int high, double at)
    {
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (_cumulated[middle] <= at) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <param name="Cumulated">Tiles² row by row: popularity × bound, added up along the row.</param>
    /// <param name="Largest">Tiles²: the bound itself.</param>
    private sealed record Bounds(float[] Cumulated, double[] Largest);
}
