using Movc.Domain.Aggregators;

namespace Movc.RollingOptimizer.Setpoints;

/// <summary>What is kept of one aggregator.</summary>
internal sealed class AggregatorBook(string name)
{
    private long _heardAtMs = long.MinValue;

    public string Name => name;

    /// <summary>Counts of setpoints that are no longer kept one by one.</summary>
    public SetpointCounts Past { get; set; }

    public long Expired { get; set; }

    public long Superseded { get; set; }

    /// <summary>When the last setpoints took effect that it was sent.</summary>
    public long LastSentMs { get; set; } = long.MinValue;

    /// <summary>When the first of the setpoints took effect that it has not answered; null = it answers.</summary>
    public long? SilentSinceMs { get; private set; }

    /// <summary>City time of its newest answer; <see cref="long.MinValue"/> before the first.</summary>
    public long HeardMs { get; private set; } = long.MinValue;

    /// <summary>It answered setpoints.</summary>
    public void Heard(long setpointAtMs, long saidMs)
    {
        HeardMs = Math.Max(HeardMs, saidMs);
        _heardAtMs = Math.Max(_heardAtMs, setpointAtMs);
        SilentSinceMs = null;
    }

    /// <summary>It did not answer setpoints in time.</summary>
    public void Missed(long setpointAtMs)
    {
        if (setpointAtMs > _heardAtMs) SilentSinceMs ??= setpointAtMs;
    }

    public AggregatorView View(SetpointCounts last, SetpointCounts kept) => new(
        name, SilentSinceMs is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null,
        HeardMs == long.MinValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(HeardMs),
        LastSentMs == long.MinValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(LastSentMs), last, Past + kept with { Expired = Expired, Superseded = Superseded });
}
