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
    /// <summary>Index of <see cref="ByPlace"/> for vehicles between places.</summary>
    public const int DrivingIndex = 4;

    /// <summary>Vehicles by place: not known, home, work, other, driving.</summary>
    public readonly int[] ByPlace = new int[DrivingIndex + 1];
    public int Plugged;
    public int Available;
    public int Charging;
    public int Discharging;
}
