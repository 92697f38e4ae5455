using Movc.Domain.Events;
using Movc.Domain.Queries;
using Movc.EventLog.Wire;
using Movc.TwinState.Shards;

namespace Movc.TwinState.Queries;

/// <summary>Sources as one shard knows them.</summary>
internal static class SourceViews
{
    /// <summary>Call while nobody counts.</summary>
    public static SourceStatus Of(ShardSources.Source source)
    {
        SourceCounters c = source.Counters;
        var byQuality = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (int q = 0; q < c.ByQuality.Length; q++)
        {
            if (c.ByQuality[q] > 0) byQuality.Add(QualityNames.Of((Quality)q), c.ByQuality[q]);
        }
        return new SourceStatus(
            source.Uri, c.Accepted, c.Duplicate, c.PutAside, c.Late, c.LatestMs / 1000.0, Instant(c.NewestMs), Instant(source.ReachedMs),
            source.Window.OpenGaps, source.Window.GivenUpCount, source.IsClock ? null : c.Skew.AheadMs / 1000.0, byQuality);
    }

    private static DateTimeOffset? Instant(long ms) => ms == long.MinValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
