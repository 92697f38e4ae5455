using System.Globalization;
using Movc.Studies.Estimation.Places;

namespace Movc.Studies.Estimation;

/// <summary>An estimate held against the truth that <see cref="Tracks.SyntheticTracks"/> wrote beside its records.</summary>
/// <param name="Users">Drivers of the truth.</param>
/// <param name="HomesFound">Share of them whose home was found: it lies in the region named, or within half a region of its middle.</param>
/// <param name="WorksFound">Share of those with a workplace whose workplace was found.</param>
/// <param name="FalseWorks">Share of those without one to whom one was given.</param>
/// <param name="Medians">Median of each parameter over the drivers, and the estimate of it.</param>
internal sealed record TruthCheck(int Users, double HomesFound, double WorksFound, double FalseWorks, IReadOnlyList<(string Name, double Truth, double Found)> Medians)
{
    private const double HalfRegionKm = 0.45;

    /// <summary>Holds them against each other.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="truthFile">As it was written.</param>
    public static TruthCheck Of(Estimate estimate, string truthFile)
    {
        Dictionary<string, string[]> truth = File.ReadLines(truthFile).Skip(1).Select(l => l.Split(',')).ToDictionary(c => c[0], StringComparer.Ordinal);
        int homes = 0, works = 0, falseWorks = 0, commuters = truth.Values.Count(t => t[7].Length > 0);
        foreach (UserHistory history in estimate.Raw.Histories)
        {
            string[] t = truth[estimate.Tracks.Users[history.User]];
            if (IsThere(estimate, history.Home, t[5], t[6])) homes++;
            if (t[7].Length > 0 && IsThere(estimate, history.Work, t[7], t[8])) works++;
            if (t[7].Length == 0 && history.Work >= 0) falseWorks++;
        }
        double Median(int column)
        {
            double[] sorted = [.. truth.Values.Select(t => Number(t[column])).Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
        return new TruthCheck(
            truth.Count, homes / (double)truth.Count, works / Math.Max(1.0, commuters), falseWorks / Math.Max(1.0, truth.Count - commuters),
            [
                ("toursPerWeek", Median(1), estimate.Population.ToursPerWeek.Median), ("dwellRate", Median(2), estimate.Population.DwellRate.Median), ("burstRate", Median(3), estimate.Population.BurstRate.Median),
                ("otherDistanceKm", Median(4), estimate.Population.MedianOtherDistanceKm), ("rho", Median(9), estimate.Population.ExplorationRate), ("gamma", Median(10), estimate.Population.ExplorationDecay),
                ("alpha", Median(11), estimate.Population.DistanceShape),
            ]);
    }

    private static bool IsThere(Estimate estimate, int region, string latitude, string longitude)
    {
        if (region < 0) return false;
        (double east, double north) = estimate.Area.ToKm(Number(latitude), Number(longitude));
        double x = estimate.Raw.Regions.EastKm[region] - east, y = estimate.Raw.Regions.NorthKm[region] - north;
        return estimate.Raw.Regions.Of(estimate.Area, east, north) == region || Math.Sqrt((x * x) + (y * y)) < HalfRegionKm;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
