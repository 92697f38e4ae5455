using Movc.Domain.Fleet;
using Movc.Domain.Places;

namespace Movc.TwinState;

/// <summary>How a twin runs.</summary>
/// <param name="ClockSource">CloudEvents source whose progress is the city's clock.</param>
/// <param name="Model">What it reckons with between events.</param>
public sealed record TwinOptions(string ClockSource, FleetModel Model)
{
    /// <summary>The city's districts.</summary>
    public IDistrictMap Districts => Model.Districts;

    /// <summary>Whether a shard that ends in order keeps its state, so that the next start folds nothing.</summary>
    public bool KeepsLast { get; init; } = true;

    /// <summary>City time between two snapshots of a shard: a whole number of intervals, as many as shards or a multiple for an even load [G].</summary>
    public TimeSpan SnapshotEvery { get; init; } = TimeSpan.FromHours(2);
}
