using Movc.Domain.Events;

namespace Movc.TwinState.Shards;

/// <summary>What a shard counted of one source since this process holds the shard.</summary>
internal sealed class SourceCounters
{
    public long Accepted;
    public long Duplicate;
    public long PutAside;

    /// <summary>Accepted after a newer event of the same vehicle.</summary>
    public long Late;

    /// <summary>The longest that one of these was behind, ms.</summary>
    public long LatestMs;

    /// <summary>Newest instant told, Unix milliseconds UTC; <see cref="long.MinValue"/> = none.</summary>
    public long NewestMs = long.MinValue;

    public readonly long[] ByQuality = new long[(int)Quality.Blocked + 1];

    public readonly ClockSkew Skew = new();

    /// <summary>Counts an accepted event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="behindMs">How much older than the vehicle's newest it is, 0 or less = it is the newest.</param>
    public void OnAccepted(in VehicleEvent e, long behindMs)
    {
        Accepted++;
        ByQuality[(int)e.Quality]++;
        NewestMs = Math.Max(NewestMs, e.OccurredAtMs);
        if (behindMs <= 0) return;
        Late++;
        LatestMs = Math.Max(LatestMs, behindMs);
    }
}
