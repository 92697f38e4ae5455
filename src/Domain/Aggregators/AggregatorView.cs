namespace Movc.Domain.Aggregators;

/// <summary>An aggregator as people read it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SilentSince">City time of the first setpoints that it has not answered; null = it answers. Its vehicles are left out of plans meanwhile.</param>
/// <param name="HeardAt">City time of its newest answer; null before the first.</param>
/// <param name="SentAt">When its newest setpoints took effect; null before the first.</param>
/// <param name="Last">What those came to.</param>
/// <param name="Total">What all came to since the program was started.</param>
public sealed record AggregatorView(string Name, DateTimeOffset? SilentSince, DateTimeOffset? HeardAt, DateTimeOffset? SentAt, SetpointCounts Last, SetpointCounts Total);
