using Movc.Studies.Estimation.Input;
using Movc.Studies.Estimation.Stays;

namespace Movc.Studies.Estimation.Places;

/// <summary>Stay regions found among all users' stays: cells of 300 m ranked by their stays, each with its free neighbours, so that none spans more than 900 m (model.md §2).</summary>
/// <param name="EastKm">Middle of each region's stays.</param>
/// <param name="NorthKm">Middle of each region's stays.</param>
/// <param name="District">District of each.</param>
/// <param name="Stays">How many stays each has.</param>
/// <param name="ByCell">Region of each cell that has one.</param>
public sealed record FoundRegions(double[] EastKm, double[] NorthKm, int[] District, int[] Stays, IReadOnlyDictionary<int, int> ByCell)
{
    public int Count => EastKm.Length;

    /// <summary>Finds the regions.</summary>
    public static FoundRegions Of(CityArea area, IEnumerable<FoundStay> stays)
    {
        var cells = new Dictionary<int, (int Stays, double East, double North)>();
        foreach (FoundStay stay in stays)
        {
            if (float.IsNaN(stay.EastKm) || area.CellOf(stay.EastKm, stay.NorthKm) is var cell && cell < 0) continue;
            (int n, double east, double north) = cells.GetValueOrDefault(cell);
            cells[cell] = (n + 1, east + stay.EastKm, north + stay.NorthKm);
        }
        var byCell = new Dictionary<int, int>();
        var regions = new List<(int Stays, double East, double North)>();
        foreach (int cell in cells.Keys.OrderByDescending(c => cells[c].Stays).ThenBy(c => c))
        {
            if (byCell.ContainsKey(cell)) continue;
            byCell[cell] = regions.Count;
            (int n, double east, double north) = cells[cell];
            foreach (int other in area.Around(cell))
            {
                if (!cells.TryGetValue(other, out (int Stays, double East, double North) near) || !byCell.TryAdd(other, regions.Count)) continue;
                (n, east, north) = (n + near.Stays, east + near.East, north + near.North);
            }
            regions.Add((n, east, north));
        }
        return new FoundRegions(
            [.. regions.Select(r => r.East / r.Stays)], [.. regions.Select(r => r.North / r.Stays)],
            [.. regions.Select(r => area.DistrictOf(r.East / r.Stays, r.North / r.Stays))], [.. regions.Select(r => r.Stays)], byCell);
    }

    /// <summary>Region of a place, or −1.</summary>
    public int Of(CityArea area, double eastKm, double northKm) =>
        double.IsNaN(eastKm) ? -1 : ByCell.GetValueOrDefault(area.CellOf(eastKm, northKm), -1);

    /// <summary>Straight line between two regions, km.</summary>
    public double DistanceKm(int from, int to)
    {
        double east = EastKm[from] - EastKm[to], north = NorthKm[from] - NorthKm[to];
        return Math.Sqrt((east * east) + (north * north));
    }
}
