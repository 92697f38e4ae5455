namespace Movc.Domain.Queries;

/// <summary>How a source of events does. Counts are since the processes hold their shards; what is open stands in the store.</summary>
/// <param name="Source">CloudEvents source.</param>
/// <param name="Accepted">Events taken.</param>
/// <param name="Duplicate">Seen before.</param>
/// <param name="PutAside">Dead letters.</param>
/// <param name="Late">Of the accepted, those that came after a newer one of the same vehicle.</param>
/// <param name="LatestSeconds">The longest that one of these was behind, seconds.</param>
/// <param name="NewestAt">Newest instant that an event told; null = none since then.</param>
/// <param name="ReachedAt">Everything before was sent, as the source says; null = it does not say.</param>
/// <param name="OpenGaps">Sequence numbers missing below the highest seen.</param>
/// <param name="GivenUp">Missing ones that are waited for no longer.</param>
/// <param name="ClockAheadSeconds">Estimate of how far its clock is ahead of the city's; negative = behind, or on its way for so long at least; null for the city's clock itself.</param>
/// <param name="ByQuality">Accepted events by quality.</param>
public sealed record SourceStatus(
    string Source,
    long Accepted,
    long Duplicate,
    long PutAside,
    long Late,
    double LatestSeconds,
    DateTimeOffset? NewestAt,
    DateTimeOffset? ReachedAt,
    long OpenGaps,
    long GivenUp,
    double? ClockAheadSeconds,
    IReadOnlyDictionary<string, long> ByQuality)
{
    /// <summary>Sources of a city from what its shards tell of them, by name.</summary>
    public static IReadOnlyList<SourceStatus> Merge(IEnumerable<SourceStatus> parts) =>
    [
        .. parts.GroupBy(p => p.Source, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new SourceStatus(
            g.Key, g.Sum(p => p.Accepted), g.Sum(p => p.Duplicate), g.Sum(p => p.PutAside), g.Sum(p => p.Late), g.Max(p => p.LatestSeconds),
            g.Max(p => p.NewestAt), g.All(p => p.ReachedAt is not null) ? g.Min(p => p.ReachedAt) : null, g.Sum(p => p.OpenGaps), g.Sum(p => p.GivenUp),
            g.Max(p => p.ClockAheadSeconds), Sum(g.Select(p => p.ByQuality)))),
    ];

    private static SortedDictionary<string, long> Sum(IEnumerable<IReadOnlyDictionary<string, long>> parts)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach ((string quality, long count) in parts.SelectMany(p => p)) sums[quality] = sums.GetValueOrDefault(quality) + count;
        return sums;
    }
}
