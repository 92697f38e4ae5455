namespace Movc.Domain.Aggregators;

/// <summary>How a simulated aggregator answers.</summary>
/// <param name="Seed">Of everything drawn.</param>
/// <param name="DelaySeconds">Mean time until it answers, s of city time, exponential.</param>
/// <param name="RefusedShare">Share of setpoints that it refuses, 0 to 1.</param>
/// <param name="PartialShare">Share of setpoints that are followed in part only, 0 to 1: the part is uniform.</param>
/// <param name="SilentShare">Share of intervals that it does not answer at all, 0 to 1.</param>
public sealed record AggregatorBehaviour(long Seed = 1, double DelaySeconds = 0, double RefusedShare = 0, double PartialShare = 0, double SilentShare = 0)
{
    /// <summary>When aggregators are cut off; null = never.</summary>
    public FeedOutage? Outage { get; init; }

    /// <summary>Of which the first are; null where there is no outage.</summary>
    public IAggregatorMap? Aggregators { get; init; }

    /// <summary>Whether it takes everything over.</summary>
    public bool IsObedient => RefusedShare <= 0 && PartialShare <= 0 && SilentShare <= 0 && DelaySeconds <= 0 && Outage is null;
}
