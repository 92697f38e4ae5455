namespace Movc.Domain.Queries;

/// <summary>The city's vehicles at an instant, as they were known then.</summary>
/// <param name="At">The instant.</param>
/// <param name="City">All vehicles; its name is "city".</param>
/// <param name="Districts">Those of the city, then "elsewhere" if anybody is there; empty for a city without districts.</param>
/// <param name="StateHash">Hash of every vehicle's reported state.</param>
/// <param name="Complete">False where not every shard is known here; sums and hash are then of those that are.</param>
/// <param name="EventsFolded">Events read from the store to get there, after the nearest snapshots.</param>
public sealed record CityStateView(DateTimeOffset At, DistrictView City, IReadOnlyList<DistrictView> Districts, string StateHash, bool Complete, long EventsFolded)
{
    /// <summary>A city from what several processes know of it.</summary>
    /// <param name="parts">At least one.</param>
    /// <param name="isComplete">Whether they know all of it.</param>
    public static CityStateView Merge(IReadOnlyList<CityStateView> parts, bool isComplete) => new(
        parts.Min(p => p.At),
        DistrictView.Sum(DistrictView.CityName, [.. parts.Select(p => p.City)]),
        [.. parts.SelectMany(p => p.Districts).GroupBy(d => d.Name, StringComparer.Ordinal).Select(g => DistrictView.Sum(g.Key, [.. g])).OrderBy(d => string.Equals(d.Name, DistrictView.Elsewhere, StringComparison.Ordinal))],
        Hashing.StateHash.ToHex(parts.Select(p => Hashing.StateHash.Parse(p.StateHash)).Aggregate(UInt128.Zero, Hashing.StateHash.Combine)),
        isComplete, parts.Sum(p => p.EventsFolded));
}
