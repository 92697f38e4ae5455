using System.Text.Json;
using Movc.Domain.Mobility;

namespace Movc.Ingest.Simulation.Parameters;

/// <summary>Reads the section mobility of a city's file.</summary>
internal static class MobilitySection
{
    public static MobilityParameters Read(ParameterReader r)
    {
        double[] rhythm = Rhythm(r, "mobility.rhythm", r.Table("mobility.rhythm", ("share", "1")));
        const string withoutWork = "mobility.rhythmWithoutWork";
        return new MobilityParameters
        {
            ToursPerWeek = Population(r, "tours", "toursPerWeek", "1/week", 100),
            DwellRate = Population(r, "dwell", "dwellRate", "1", 1000),
            BurstRate = Population(r, "burst", "burstRate", "1", 1000),
            ExplorationRate = r.Number("mobility.explorationRate", "1", 0, 1),
            ExplorationDecay = r.Number("mobility.explorationDecay", "1", 0, 5),
            DistanceShape = r.Number("mobility.distanceShape", "1", 0.1, 10),
            OtherDistanceKm = r.Number("mobility.otherDistance", "km", 0.1, 1000),
            WorkDistanceKm = r.Number("mobility.workDistance", "km", 0.1, 1000),
            HourlyRhythm = rhythm,
            HourlyRhythmWithoutWork = r.TableIfGiven(withoutWork, ("share", "1")) is { } rows ? Rhythm(r, withoutWork, rows) : rhythm,
        };
    }

    private static double[] Rhythm(ParameterReader r, string path, IReadOnlyList<JsonElement[]> rows)
    {
        double[] rhythm = [.. rows.Select((row, i) => r.NumberOf($"{path}.rows[{i}]", row[0], 0, 1))];
        if (rhythm.Length is not (24 or 168)) throw r.Wrong(path, $"has {rhythm.Length} hours; give 24, for every day alike, or 168 from Monday on");
        if (rhythm.Sum() <= 0) throw r.Wrong(path, "nobody travels: the hours add up to 0");
        return rhythm;
    }

    private static LogNormal Population(ParameterReader r, string sigma, string median, string unit, double max) =>
        new(r.Number($"mobility.{median}", unit, 0.01, max), r.Number($"mobility.{sigma}Sigma", "1", 0, 3));
}
