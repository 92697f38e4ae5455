namespace Movc.TwinState.Shards;

/// <summary>What a shard counted since its journal began, and what stands now. Written by the shard, read by anybody.</summary>
internal sealed class ShardCounters
{
    public long Accepted;
    public long Duplicate;
    public long DeadLettered;
    public long Read;
    public long Departures;
    public long DeparturesUnderPromise;
    public int Plugged;
    public int Available;
    public int Charging;
    public int Discharging;
}
