namespace Movc.Ingest.Simulation.Parameters;

/// <summary>One kind of tour from home to a place and back: when, how often, how far, how long.</summary>
public sealed record TourParameters
{
    /// <summary>Probability of a tour on Monday to Friday.</summary>
    public required double ProbabilityWeekday { get; init; }

    /// <summary>Probability of a tour on Saturday and Sunday.</summary>
    public required double ProbabilityWeekend { get; init; }

    /// <summary>Mean of the straight-line distance before the group's factor, km.</summary>
    public required double MeanDistanceKm { get; init; }

    /// <summary>Mixture of (start, duration) of the block at the destination; weights add up to 1.</summary>
    public required IReadOnlyList<BlockMixtureComponent> Blocks { get; init; }

    public required double DurationMinMin { get; init; }

    public required double DurationMaxMin { get; init; }
}
