namespace Movc.TwinState.Shards;

/// <summary>
/// Tells the metrics what a shard counted since it was last told: a counter of this process only ever rises, though shards come with
/// what they counted elsewhere, and go.
/// </summary>
internal sealed class ShardTeller
{
    private long _accepted;
    private long _duplicate;
    private long _deadLettered;
    private long _departures;
    private long _underPromise;

    /// <summary>What stands now was counted before, elsewhere or when it was folded.</summary>
    public void Begin(ShardCounters counters) =>
        (_accepted, _duplicate, _deadLettered, _departures, _underPromise) =
        (counters.Accepted, counters.Duplicate, counters.DeadLettered, counters.Departures, counters.DeparturesUnderPromise);

    /// <summary>Tells the difference. Call while nobody counts.</summary>
    public void Tell(ShardCounters counters)
    {
        TwinMetrics.Accepted.Add(counters.Accepted - _accepted);
        TwinMetrics.Duplicate.Add(counters.Duplicate - _duplicate);
        TwinMetrics.DeadLettered.Add(counters.DeadLettered - _deadLettered);
        TwinMetrics.Departures.Add(counters.Departures - _departures);
        TwinMetrics.DeparturesUnderPromise.Add(counters.DeparturesUnderPromise - _underPromise);
        Begin(counters);
    }
}
