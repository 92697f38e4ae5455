using Movc.Domain.Places;
using Movc.Ingest.Simulation.Parameters;

namespace Movc.Studies.Estimation.Input;

/// <summary>
/// Where a city is, as a raster of 300 m cells that hold the number of a district: from polygons where they are given, else discs of the
/// districts' areas around their centroids with a margin.
/// </summary>
public sealed class CityArea
{
    /// <summary>Side of a cell, km: that of a stay (model.md §2).</summary>
    public const double CellKm = 0.3;

    /// <summary>How far outside its discs a city still is, km [G]: a disc is not a border.</summary>
    private const double DiscMarginKm = 8;

    /// <summary>How far outside its polygons, cells: borders are drawn with an error, and GPS has one.</summary>
    private const int PolygonMarginCells = 1;

    private readonly short[] _district;
    private readonly int _width;
    private readonly int _height;
    private readonly double _westKm;
    private readonly double _southKm;
    private readonly double _kmPerDegreeEast;

    /// <param name="districts">Of the city.</param>
    /// <param name="polygons">Borders as rings of (longitude, latitude), each with its district; empty = discs.</param>
    public CityArea(IReadOnlyList<DistrictParameters> districts, IReadOnlyList<(int District, IReadOnlyList<(double LongitudeDeg, double LatitudeDeg)[]> Rings)> polygons)
    {
        OriginLatitudeDeg = districts.Average(d => d.LatitudeDeg);
        OriginLongitudeDeg = districts.Average(d => d.LongitudeDeg);
        _kmPerDegreeEast = StayRegions.KmPerDegree * Math.Cos(OriginLatitudeDeg * (Math.PI / 180));
        (double X, double Y, double R)[] discs = [.. districts.Select(d =>
        {
            (double x, double y) = ToKm(d.LatitudeDeg, d.LongitudeDeg);
            return (x, y, Math.Sqrt(d.AreaKm2 / Math.PI));
        })];
        (double X, double Y)[][][] rings = [.. polygons.Select(p => p.Rings.Select(r => r.Select(v => ToKm(v.LatitudeDeg, v.LongitudeDeg)).ToArray()).ToArray())];
        double margin = DiscMarginKm + 1;
        _westKm = (rings.Length > 0 ? rings.SelectMany(p => p).SelectMany(r => r).Min(v => v.X) : discs.Min(d => d.X - d.R)) - margin;
        _southKm = (rings.Length > 0 ? rings.SelectMany(p => p).SelectMany(r => r).Min(v => v.Y) : discs.Min(d => d.Y - d.R)) - margin;
        double east = (rings.Length > 0 ? rings.SelectMany(p => p).SelectMany(r => r).Max(v => v.X) : discs.Max(d => d.X + d.R)) + margin;
        double north = (rings.Length > 0 ? rings.SelectMany(p => p).SelectMany(r => r).Max(v => v.Y) : discs.Max(d => d.Y + d.R)) + margin;
        (_width, _height) = ((int)((east - _westKm) / CellKm) + 1, (int)((north - _southKm) / CellKm) + 1);
        _district = new short[_width * _height];
        Array.Fill(_district, (short)-1);
        if (rings.Length > 0) FillPolygons(polygons, rings);
        else FillDiscs(discs);
    }

    public double OriginLatitudeDeg { get; }

    public double OriginLongitudeDeg { get; }

    /// <summary>Kilometres east and north of the reference point.</summary>
    public (double EastKm, double NorthKm) ToKm(double latitudeDeg, double longitudeDeg) =>
        ((longitudeDeg - OriginLongitudeDeg) * _kmPerDegreeEast, (latitudeDeg - OriginLatitudeDeg) * StayRegions.KmPerDegree);

    /// <summary>WGS84 degrees of a place.</summary>
    public (double LatitudeDeg, double LongitudeDeg) ToDegrees(double eastKm, double northKm) =>
        (OriginLatitudeDeg + (northKm / StayRegions.KmPerDegree), OriginLongitudeDeg + (eastKm / _kmPerDegreeEast));

    /// <summary>Number of a place's cell, or −1 far outside.</summary>
    public int CellOf(double eastKm, double northKm)
    {
        double x = (eastKm - _westKm) / CellKm, y = (northKm - _southKm) / CellKm;
        return x >= 0 && y >= 0 && x < _width && y < _height ? ((int)y * _width) + (int)x : -1;
    }

    /// <summary>District of a place, or −1 outside the city.</summary>
    public int DistrictOf(double eastKm, double northKm)
    {
        int cell = CellOf(eastKm, northKm);
        return cell < 0 ? -1 : _district[cell];
    }

    /// <summary>The cells around a cell, itself not.</summary>
    public IEnumerable<int> Around(int cell)
    {
        int cx = cell % _width, cy = cell / _width;
        for (int y = Math.Max(0, cy - 1); y <= Math.Min(_height - 1, cy + 1); y++)
        {
            for (int x = Math.Max(0, cx - 1); x <= Math.Min(_width - 1, cx + 1); x++)
            {
                if (x != cx || y != cy) yield return (y * _width) + x;
            }
        }
    }

    private void FillDiscs((double X, double Y, double R)[] discs)
    {
        for (int cell = 0; cell < _district.Length; cell++)
        {
            (double x, double y) = Middle(cell);
            double nearest = double.PositiveInfinity, beyond = double.PositiveInfinity;
            int district = -1;
            for (int d = 0; d < discs.Length; d++)
            {
                double km = Math.Sqrt(((x - discs[d].X) * (x - discs[d].X)) + ((y - discs[d].Y) * (y - discs[d].Y)));
                beyond = Math.Min(beyond, km - discs[d].R);
                if (km / discs[d].R < nearest) (nearest, district) = (km / discs[d].R, d);
            }
            if (beyond <= DiscMarginKm) _district[cell] = (short)district;
        }
    }

    private void FillPolygons(IReadOnlyList<(int District, IReadOnlyList<(double LongitudeDeg, double LatitudeDeg)[]> Rings)> polygons, (double X, double Y)[][][] rings)
    {
        for (int p = 0; p < rings.Length; p++)
        {
            for (int row = 0; row < _height; row++)
            {
                // Where the row's middle line crosses the rings: inside is between the first and the second crossing, and so on.
                double y = _southKm + ((row + 0.5) * CellKm);
                var crossings = new List<double>();
                foreach ((double X, double Y)[] ring in rings[p])
                {
                    for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
                    {
                        if (ring[i].Y > y != ring[j].Y > y) crossings.Add(ring[i].X + ((y - ring[i].Y) / (ring[j].Y - ring[i].Y) * (ring[j].X - ring[i].X)));
                    }
                }
                crossings.Sort();
                for (int k = 0; k + 1 < crossings.Count; k += 2)
                {
                    int from = Math.Max(0, (int)Math.Ceiling(((crossings[k] - _westKm) / CellKm) - 0.5)), to = Math.Min(_width - 1, (int)Math.Floor(((crossings[k + 1] - _westKm) / CellKm) - 0.5));
                    for (int x = from; x <= to; x++) _district[(row * _width) + x] = (short)polygons[p].District;
                }
            }
        }
        for (int m = 0; m < PolygonMarginCells; m++)
        {
            short[] grown = (short[])_district.Clone();
            for (int cell = 0; cell < _district.Length; cell++)
            {
                if (_district[cell] >= 0) continue;
                foreach (int other in Around(cell)) grown[cell] = Math.Max(grown[cell], _district[other]);
            }
            grown.CopyTo(_district, 0);
        }
    }

    private (double X, double Y) Middle(int cell) => (_westKm + (((cell % _width) + 0.5) * CellKm), _southKm + (((cell / _width) + 0.5) * CellKm));
}
