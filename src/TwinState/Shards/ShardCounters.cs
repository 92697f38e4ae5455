using Movc.TwinState.Snapshots;

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

    /// <summary>Sum over departures of their satisfaction (MOVC Eq. 40), parts per million.</summary>
    public long SatisfactionPpm;

    /// <summary>Index of <see cref="ByPlace"/> for vehicles between places.</summary>
    public const int DrivingIndex = 4;

    /// <summary>Vehicles by place: not known, home, work, other, driving.</summary>
    public readonly int[] ByPlace = new int[DrivingIndex + 1];
    public int Registered;
    public int Plugged;
    public int Available;
    public int Charging;
    public int Discharging;

    /// <summary>Writes what a fold comes to; duplicates, dead letters and reads are of the process.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="withSatisfaction">Whether satisfaction is written too; before format 3 it was not counted.</param>
    public void Save(ImageWriter writer, bool withSatisfaction)
    {
        foreach (long count in (ReadOnlySpan<long>)[Accepted, Departures, DeparturesUnderPromise, Registered, Plugged, Available, Charging, Discharging]) writer.Write(count);
        writer.Write<int>(ByPlace);
        if (withSatisfaction) writer.Write(SatisfactionPpm);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Load(ref ImageReader reader, bool withSatisfaction)
    {
        (Accepted, Departures, DeparturesUnderPromise) = (reader.Int64(), reader.Int64(), reader.Int64());
        (Registered, Plugged, Available, Charging, Discharging) = (reader.Int32(), reader.Int32(), reader.Int32(), reader.Int32(), reader.Int32());
        reader.Column(ByPlace.AsSpan());
        if (withSatisfaction) SatisfactionPpm = reader.Int64();
    }
}
