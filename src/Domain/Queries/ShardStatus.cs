using Movc.Domain.Fleet;

namespace Movc.Domain.Queries;

/// <summary>Counts of one shard, as <see cref="TwinStatus"/> has them of the city.</summary>
/// <param name="Shard">Shard = partition.</param>
/// <param name="WriterEpoch">Number of the shard's writer: of two processes that both tell of a shard, the one with the higher number holds it.</param>
/// <param name="At">Interval's boundary that it handed over last; null before the first.</param>
/// <param name="Flexibility">What its vehicles could do then; null before the first.</param>
public sealed record ShardStatus(
    int Shard,
    long WriterEpoch,
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
    IReadOnlyDictionary<string, int> VehiclesByQuality,
    PlaceCounts Places,
    FleetFlexibility? Flexibility)
{
    /// <summary>What its sums rested on at that boundary; null before the first.</summary>
    public AggregateQuality? Quality { get; init; }

    /// <summary>What it heard of whom.</summary>
    public IReadOnlyList<SourceStatus> Sources { get; init; } = [];
}
