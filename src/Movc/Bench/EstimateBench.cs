using System.Globalization;
using Movc.Ingest.Simulation.Parameters;
using Movc.Studies.Estimation;
using Movc.Studies.Estimation.Tracks;

namespace Movc.Bench;

/// <summary>How well and how fast parameters are found in records: known drivers, seen by GPS with noise and holes.</summary>
internal static class EstimateBench
{
    private const double SameMedian = 15;

    public static Report Measure(BenchOptions options, Action<string> say, CancellationToken cancellationToken)
    {
        double loadBefore = Machine.LoadAverage();
        CityParameters city = CityParameterFile.BuiltIn("shenzhen");
        var figures = new List<Figure>();
        int users = options.Quick ? 120 : 2000;
        List<RoundTrip> trips = [.. Enumerable.Range(0, options.Runs).Select(run => Run(city, users, 4, options.Seed + run, say, cancellationToken))];
        double? Judged(double value) => options.Quick ? null : value;
        string name = string.Create(CultureInfo.InvariantCulture, $"{users:N0} drivers, 4 weeks");
        figures.Add(Figure.Of($"{name}: homes found", "%", [.. trips.Select(t => 100 * t.HomesFound)], atLeast: Judged(95)));
        figures.Add(Figure.Of($"{name}: workplaces found", "%", [.. trips.Select(t => 100 * t.WorksFound)], atLeast: Judged(85)));
        foreach (int k in Enumerable.Range(0, trips[0].Medians.Count))
            figures.Add(Figure.Of($"{name}: median of {trips[0].Medians[k].Name} misses by", "%", [.. trips.Select(t => 100 * Math.Abs((t.Medians[k].Found / t.Medians[k].Truth) - 1))], atMost: Judged(SameMedian)));
        figures.Add(Figure.Of($"{name}: P(t) by hour, found against true", "", [.. trips.Select(t => t.Rhythm)], atMost: Judged(0.1)));
        figures.Add(Figure.Of($"{name}: lengths of stays, seen against simulated", "", [.. trips.Select(t => t.StayLengths)], atMost: Judged(0.05)));
        figures.Add(Figure.Of($"{name}: distances of trips, seen against simulated", "", [.. trips.Select(t => t.TripDistances)], atMost: Judged(0.12)));
        figures.Add(Figure.Of(string.Create(CultureInfo.InvariantCulture, $"{trips[0].Records:N0} records estimated"), "s", [.. trips.Select(t => t.Seconds)]));
        if (!options.Quick)
        {
            RoundTrip many = Run(city, 4000, 4, options.Seed, say, cancellationToken);
            figures.Add(Figure.Of(string.Create(CultureInfo.InvariantCulture, $"{many.Records:N0} records estimated"), "s", [many.Seconds]));
            figures.Add(Figure.Of("10,000,000 records, in proportion", "s", [many.Seconds * 1e7 / many.Records], atMost: 60));
        }
        string[] notes =
        [
            "GPS with a standard deviation of 30 m, a fix every 10 minutes, 30 % of the fixes and 10 % of the days missing; CSV on disk to the finished estimate. Distances of distributions are half the sum of the differences: 0 alike, 1 nothing in common.",
            .. options.Quick ? ["Quick: few drivers, nothing is judged."] : Array.Empty<string>(),
            Machine.LoadNote(loadBefore),
        ];
        return new Report(
            "estimate", "Known drivers found again in their GPS records.", Machine.Here(options.DataFolder),
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), figures, notes);
    }

    private static RoundTrip Run(CityParameters city, int users, int weeks, long seed, Action<string> say, CancellationToken cancellationToken)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("movc-bench-");
        try
        {
            return RoundTrip.Run(city, new TrackOptions { Users = users, Weeks = weeks, Seed = seed }, folder.FullName, TimeProvider.System, say, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
