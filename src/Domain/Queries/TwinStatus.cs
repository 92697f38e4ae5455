using Movc.Domain.Fleet;

namespace Movc.Domain.Queries;

/// <summary>Counts of the twin at its newest complete instant.</summary>
public sealed record TwinStatus(
    DateTimeOffset? At,
    int Registered,
    int Plugged,
    int Available,
    int Charging,
    int Discharging,
    long Departures,
    long DeparturesUnderPromise,
    long EventsAccepted,
    long EventsDuplicate,
    long EventsDeadLettered,
    IReadOnlyDictionary<string, long> DeadLettersByReason,
    IReadOnlyDictionary<string, int> VehiclesByQuality,
    PlaceCounts Places,
    FleetFlexibility? Flexibility,
    Trouble? Trouble = null,
    IReadOnlyList<ShardHolding>? Holdings = null)
{
    /// <summary>What the sums rested on at <see cref="At"/>; null before the first.</summary>
    public AggregateQuality? Quality { get; init; }

    /// <summary>The city from its shards' counts.</summary>
    /// <param name="shards">All of them, or those that are known.</param>
    /// <param name="deadLettersByReason">Of the store.</param>
    /// <param name="trouble">What keeps the twin from its work.</param>
    public static TwinStatus Of(IReadOnlyList<ShardStatus> shards, IReadOnlyDictionary<string, long> deadLettersByReason, Trouble? trouble)
    {
        var byQuality = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach ((string quality, int count) in shards.SelectMany(s => s.VehiclesByQuality)) byQuality[quality] = byQuality.GetValueOrDefault(quality) + count;
        bool isComplete = shards.Count > 0 && shards.All(s => s.At is not null);
        return new TwinStatus(
            isComplete ? shards.Min(s => s.At) : null,
            shards.Sum(s => s.Registered), shards.Sum(s => s.Plugged), shards.Sum(s => s.Available), shards.Sum(s => s.Charging), shards.Sum(s => s.Discharging),
            shards.Sum(s => s.Departures), shards.Sum(s => s.DeparturesUnderPromise), shards.Sum(s => s.EventsAccepted), shards.Sum(s => s.EventsDuplicate),
            deadLettersByReason.Values.Sum(), deadLettersByReason, byQuality,
            new PlaceCounts(shards.Sum(s => s.Places.Home), shards.Sum(s => s.Places.Work), shards.Sum(s => s.Places.Other), shards.Sum(s => s.Places.Driving), shards.Sum(s => s.Places.Unknown)),
            isComplete ? FleetFlexibility.Sum(shards.Select(s => s.Flexibility!)) : null,
            trouble)
        {
            Quality = isComplete && shards.All(s => s.Quality is not null) ? AggregateQuality.Sum([.. shards.Select(s => s.Quality!)]) : null,
        };
    }
}
