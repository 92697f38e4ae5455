using Movc.Domain.Fleet;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>What every plugged-in vehicle is to do in the coming interval, in columns by shard and row.</summary>
internal sealed class WantedPower
{
    public WantedPower(FleetSnapshot fleet)
    {
        PowerW = [.. fleet.Shards.Select(s => new int[s.PluggedCount])];
        TakesPart = [.. fleet.Shards.Select(s => new bool[s.PluggedCount])];
    }

    /// <summary>Power wanted, W, charging positive.</summary>
    public int[][] PowerW { get; }

    /// <summary>Whether a setpoint may be sent to it; the others charge on their own.</summary>
    public bool[][] TakesPart { get; }

    /// <summary>What it will do, W: what is wanted, or without a setpoint what it does on its own.</summary>
    public int EffectiveW(FleetSnapshot fleet, int shard, int row)
    {
        ShardSnapshot s = fleet.Shards[shard];
        return TakesPart[shard][row] || s.SetpointUntilMs[row] != 0 ? PowerW[shard][row] : s.StandingW[row];
    }
}
