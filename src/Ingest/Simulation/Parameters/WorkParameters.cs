namespace Movc.Ingest.Simulation.Parameters;

/// <summary>When those who have a workplace are there.</summary>
public sealed record WorkParameters
{
    /// <summary>Probability of a day at work, Monday to Friday.</summary>
    public required double ProbabilityWeekday { get; init; }

    /// <summary>Probability of a day at work, Saturday and Sunday.</summary>
    public required double ProbabilityWeekend { get; init; }

    /// <summary>Mixture of (start, duration) of the block at work; weights add up to 1.</summary>
    public required IReadOnlyList<BlockMixtureComponent> Blocks { get; init; }

    public required double DurationMinMin { get; init; }

    public required double DurationMaxMin { get; init; }
}
