using Movc.Domain.Charging;

namespace Movc.TwinState;

/// <summary>How a twin runs.</summary>
/// <param name="ClockSource">CloudEvents source whose progress is the city's clock.</param>
/// <param name="Unmanaged">How vehicles charge that nobody dispatches.</param>
public sealed record TwinOptions(string ClockSource, UnmanagedCharging Unmanaged)
{
    /// <summary>City time between two snapshots of a shard: a whole number of intervals, as many as shards or a multiple for an even load [G].</summary>
    public TimeSpan SnapshotEvery { get; init; } = TimeSpan.FromHours(2);
}
