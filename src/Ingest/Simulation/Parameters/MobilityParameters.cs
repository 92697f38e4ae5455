using Movc.Domain.Mobility;

namespace Movc.Ingest.Simulation.Parameters;

/// <summary>The population of the TimeGeo model as the file gives it (model.md §3).</summary>
public sealed record MobilityParameters
{
    public required LogNormal ToursPerWeek { get; init; }

    public required LogNormal DwellRate { get; init; }

    public required LogNormal BurstRate { get; init; }

    public required double ExplorationRate { get; init; }

    public required double ExplorationDecay { get; init; }

    public required double DistanceShape { get; init; }

    public required double OtherDistanceKm { get; init; }

    public required double WorkDistanceKm { get; init; }

    /// <summary>Share of travel by hour, 0 or more: 24 values where all days are alike, else 168 from Monday on; of vehicles with a workplace.</summary>
    public required IReadOnlyList<double> HourlyRhythm { get; init; }

    /// <summary>The same of vehicles without a workplace.</summary>
    public required IReadOnlyList<double> HourlyRhythmWithoutWork { get; init; }
}
