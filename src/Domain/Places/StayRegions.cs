namespace Movc.Domain.Places;

/// <summary>
/// The places of a city where vehicles stay, in columns of one length (model.md §1): at most 3 × 3 cells of 300 m each, taken as
/// points. Positions are kilometres east and north of the city's reference point, so that a distance costs one square root.
/// </summary>
public sealed class StayRegions
{
    /// <summary>Mean length of a degree of latitude on the WGS84 ellipsoid, km.</summary>
    public const double KmPerDegree = 111.13;

    /// <param name="originLatitudeDeg">Reference point, WGS84.</param>
    /// <param name="originLongitudeDeg">Reference point, WGS84.</param>
    /// <param name="eastKm">Per region.</param>
    /// <param name="northKm">Per region.</param>
    /// <param name="district">District of each region, 0 to <paramref name="districts"/> − 1.</param>
    /// <param name="popularity">Weight of each region as a destination, over 0, any scale.</param>
    /// <param name="districts">How many districts there are.</param>
    public StayRegions(
        double originLatitudeDeg, double originLongitudeDeg, double[] eastKm, double[] northKm, int[] district, double[] popularity, int districts)
    {
        if (eastKm.Length < 2) throw new ArgumentException("a city needs two stay regions at least", nameof(eastKm));
        if (northKm.Length != eastKm.Length || district.Length != eastKm.Length || popularity.Length != eastKm.Length)
            throw new ArgumentException("columns of different length", nameof(northKm));
        if (popularity.Any(p => !(p > 0 && double.IsFinite(p)))) throw new ArgumentException("must be positive", nameof(popularity));
        if (district.Any(d => d < 0 || d >= districts)) throw new ArgumentOutOfRangeException(nameof(district));
        OriginLatitudeDeg = originLatitudeDeg;
        OriginLongitudeDeg = originLongitudeDeg;
        EastKm = eastKm;
        NorthKm = northKm;
        District = district;
        Popularity = popularity;
        DistrictCount = districts;
    }

    public int Count => EastKm.Length;

    public int DistrictCount { get; }

    public double OriginLatitudeDeg { get; }

    public double OriginLongitudeDeg { get; }

    public double[] EastKm { get; }

    public double[] NorthKm { get; }

    public int[] District { get; }

    public double[] Popularity { get; }

    /// <summary>Weight of each region as a home within its district, 0 or more; null = all alike.</summary>
    public double[]? HomeWeight { get; init; }

    /// <summary>Straight line between two regions, km.</summary>
    public double DistanceKm(int from, int to)
    {
        double east = EastKm[from] - EastKm[to], north = NorthKm[from] - NorthKm[to];
        return Math.Sqrt(east * east + north * north);
    }

    /// <summary>WGS84 latitude, degrees.</summary>
    public double LatitudeDeg(int region) => OriginLatitudeDeg + NorthKm[region] / KmPerDegree;

    /// <summary>WGS84 longitude, degrees.</summary>
    public double LongitudeDeg(int region) =>
        OriginLongitudeDeg + EastKm[region] / (KmPerDegree * Math.Cos(OriginLatitudeDeg * (Math.PI / 180)));
}
