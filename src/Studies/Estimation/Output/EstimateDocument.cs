using Movc.Ingest.Simulation.Parameters;
using Movc.Studies.Estimation.Fit;

namespace Movc.Studies.Estimation.Output;

/// <summary>estimate.json: what was read, what was left out and why, what was estimated.</summary>
internal sealed record EstimateDocument(
    int Schema, string Version, long Seed, string BaseCity, string BaseParametersHash, IReadOnlyList<string> Inputs, long Records, IReadOnlyDictionary<string, long> RecordsLeftOut, long RecordsOutOfOrder,
    IReadOnlyCollection<string> ColumnsNotUsed, int Users, int UsersKept, IReadOnlyDictionary<string, int> UsersLeftOut, int Regions, int Districts, IReadOnlyList<string> DistrictsWithoutHomes,
    IReadOnlyList<ParameterLine> Parameters, double WorkProbabilityWeekday, double WorkProbabilityWeekend, double StayLengthDistance, double TripDistanceDistance,
    IReadOnlyList<double> RhythmWithWork, IReadOnlyList<double> RhythmWithoutWork)
{
    public static EstimateDocument Of(Estimate e, CityParameters city, EstimationOptions options, string version)
    {
        Distributions seen = Distributions.Of(e.Raw), simulated = Distributions.Of(e.Check);
        var homes = e.Raw.Histories.Select(h => e.Raw.Regions.District[h.Home]).ToHashSet();
        return new EstimateDocument(
            1, version, options.Seed, city.City, city.Hash, options.Inputs, e.Counts.Records,
            new SortedDictionary<string, long>(e.Counts.Faults.ToDictionary(f => Camel(f.Fault.ToString()), f => f.Count, StringComparer.Ordinal), StringComparer.Ordinal), e.Counts.OutOfOrder, e.Counts.ColumnsNotUsed,
            e.Tracks.Users.Count, e.Raw.Histories.Count, new SortedDictionary<string, int>(e.Raw.LeftOut.ToDictionary(l => Camel(l.Key.ToString()), l => l.Value, StringComparer.Ordinal), StringComparer.Ordinal),
            e.Raw.Regions.Count, city.Districts.Count, [.. city.Districts.Where((_, d) => !homes.Contains(d)).Select(d => d.Name)],
            ParameterLine.Of(e), e.Raw.Work.Weekday, e.Raw.Work.Weekend,
            Distributions.Distance(seen.Stays, simulated.Stays), Distributions.Distance(seen.Trips, simulated.Trips), e.Population.RhythmWithWork, e.Population.RhythmWithoutWork);
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
