namespace Movc.Domain.Places;

/// <summary>
/// A position's district is that of the nearest stay region, at most <see cref="ReachKm"/> away. A grid of cells makes the search a
/// matter of a few regions.
/// </summary>
public sealed class NearestRegionDistricts : IDistrictMap
{
    /// <summary>Further than this from every region a position is in no district, km [G].</summary>
    public const double ReachKm = 10;

    private const double CellKm = 2.5;
    private const int Rings = (int)(ReachKm / CellKm);

    private readonly StayRegions _regions;
    private readonly double _kmPerDegreeEast;
    private readonly Dictionary<(int East, int North), int[]> _cells;
    private readonly Dictionary<long, int> _exact = [];

    public NearestRegionDistricts(StayRegions regions, IReadOnlyList<string> names)
    {
        if (names.Count != regions.DistrictCount) throw new ArgumentException($"{names.Count} names for {regions.DistrictCount} districts", nameof(names));
        _regions = regions;
        Names = names;
        _kmPerDegreeEast = StayRegions.KmPerDegree * Math.Cos(regions.OriginLatitudeDeg * (Math.PI / 180));
        _cells = Enumerable.Range(0, regions.Count).GroupBy(r => Cell(regions.EastKm[r], regions.NorthKm[r])).ToDictionary(g => g.Key, g => g.ToArray());
        // Simulated vehicles stand exactly at regions.
        for (int r = 0; r < regions.Count; r++) _exact.TryAdd(Key((int)Math.Round(regions.LatitudeDeg(r) * 1e7), (int)Math.Round(regions.LongitudeDeg(r) * 1e7)), regions.District[r]);
    }

    public IReadOnlyList<string> Names { get; }

    public int Of(int latitudeE7, int longitudeE7)
    {
        if (_exact.TryGetValue(Key(latitudeE7, longitudeE7), out int district)) return district;
        double east = ((longitudeE7 / 1e7) - _regions.OriginLongitudeDeg) * _kmPerDegreeEast;
        double north = ((latitudeE7 / 1e7) - _regions.OriginLatitudeDeg) * StayRegions.KmPerDegree;
        (int cellEast, int cellNorth) = Cell(east, north);
        int nearest = -1;
        double least = ReachKm * ReachKm;
        for (int ring = 0; ring <= Rings; ring++)
        {
            // What is found within a ring of cells is nearer than anything beyond the next.
            double inner = (ring - 1) * CellKm;
            if (nearest >= 0 && inner * inner > least) break;
            for (int e = -ring; e <= ring; e++)
            {
                for (int n = -ring; n <= ring; n++)
                {
                    if (Math.Max(Math.Abs(e), Math.Abs(n)) != ring || !_cells.TryGetValue((cellEast + e, cellNorth + n), out int[]? here)) continue;
                    foreach (int r in here)
                    {
                        double dx = _regions.EastKm[r] - east, dy = _regions.NorthKm[r] - north, d = (dx * dx) + (dy * dy);
                        if (d > least || (d == least && nearest >= 0 && r > nearest)) continue;
                        (least, nearest) = (d, r);
                    }
                }
            }
        }
        return nearest < 0 ? -1 : _regions.District[nearest];
    }

    private static (int East, int North) Cell(double eastKm, double northKm) => ((int)Math.Floor(eastKm / CellKm), (int)Math.Floor(northKm / CellKm));

    private static long Key(int latitudeE7, int longitudeE7) => ((long)latitudeE7 << 32) | (uint)longitudeE7;
}
