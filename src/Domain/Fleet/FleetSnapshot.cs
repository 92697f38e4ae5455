namespace Movc.Domain.Fleet;

/// <summary>The whole fleet at one instant: what the optimizer sees and what an audit can replay.</summary>
/// <param name="AtMs">The instant, Unix milliseconds UTC, on an interval's boundary.</param>
/// <param name="Shards">Every shard's part, in the order of the shards, all at the same instant.</param>
public sealed record FleetSnapshot(long AtMs, IReadOnlyList<ShardSnapshot> Shards)
{
    public int RegisteredCount => Shards.Sum(s => s.RegisteredCount);

    public int PluggedCount => Shards.Sum(s => s.PluggedCount);
}
