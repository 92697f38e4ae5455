using System.Text.Json;
using Movc.Domain;
using Movc.Ingest.Simulation.Parameters;

namespace Movc.Studies.Estimation.Input;

/// <summary>Reads borders from GeoJSON: polygons and multipolygons, each given to the district whose centroid it holds.</summary>
internal static class Borders
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">No such file, no GeoJSON, or a polygon that holds no district or several.</exception>
    public static IReadOnlyList<(int District, IReadOnlyList<(double LongitudeDeg, double LatitudeDeg)[]> Rings)> Read(string path, IReadOnlyList<DistrictParameters> districts)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            var polygons = new List<(int, IReadOnlyList<(double LongitudeDeg, double LatitudeDeg)[]>)>();
            foreach (JsonElement feature in document.RootElement.GetProperty("features").EnumerateArray())
            {
                JsonElement geometry = feature.GetProperty("geometry"), coordinates = geometry.GetProperty("coordinates");
                string? type = geometry.GetProperty("type").GetString();
                List<(double LongitudeDeg, double LatitudeDeg)[]> rings = type switch
                {
                    "Polygon" => [.. coordinates.EnumerateArray().Select(Ring)],
                    "MultiPolygon" => [.. coordinates.EnumerateArray().SelectMany(p => p.EnumerateArray()).Select(Ring)],
                    _ => throw new InputException($"{path}: a feature is a {type}; give polygons and multipolygons"),
                };
                int[] inside = [.. Enumerable.Range(0, districts.Count).Where(d => Holds(rings, districts[d].LongitudeDeg, districts[d].LatitudeDeg))];
                // Islands and the like: to the district whose centroid is nearest.
                int district = inside.Length == 1 ? inside[0] : Nearest(rings, districts);
                polygons.Add((district, rings));
            }
            if (polygons.Count == 0) throw new InputException($"{path}: no polygon in it; give the districts' borders as GeoJSON");
            return polygons;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InputException($"{path}: no GeoJSON of borders ({e.Message}); give a FeatureCollection of polygons in WGS84 longitude, latitude", e);
        }
    }

    private static (double LongitudeDeg, double LatitudeDeg)[] Ring(JsonElement ring) => [.. ring.EnumerateArray().Select(v => (v[0].GetDouble(), v[1].GetDouble()))];

    private static bool Holds(List<(double LongitudeDeg, double LatitudeDeg)[]> rings, double longitude, double latitude)
    {
        bool inside = false;
        foreach ((double LongitudeDeg, double LatitudeDeg)[] ring in rings)
        {
            for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
            {
                (double xi, double yi) = ring[i];
                (double xj, double yj) = ring[j];
                if (yi > latitude != yj > latitude && longitude < xi + ((latitude - yi) / (yj - yi) * (xj - xi))) inside = !inside;
            }
        }
        return inside;
    }

    private static int Nearest(List<(double LongitudeDeg, double LatitudeDeg)[]> rings, IReadOnlyList<DistrictParameters> districts)
    {
        double longitude = rings[0].Average(v => v.LongitudeDeg), latitude = rings[0].Average(v => v.LatitudeDeg);
        return Enumerable.Range(0, districts.Count).MinBy(d => Math.Pow(districts[d].LongitudeDeg - longitude, 2) + Math.Pow(districts[d].LatitudeDeg - latitude, 2));
    }
}
