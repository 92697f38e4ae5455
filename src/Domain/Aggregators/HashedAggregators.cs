using System.Globalization;

namespace Movc.Domain.Aggregators;

/// <summary>A fleet shared out evenly among aggregators by the hash of its vehicles' ids (FNV-1a, 32 bit): for cities whose vehicles tell of none.</summary>
public sealed class HashedAggregators : IAggregatorMap
{
    public const int Max = 1000;

    /// <param name="count">1 to <see cref="Max"/>.</param>
    public HashedAggregators(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Max);
        Names = [.. Enumerable.Range(1, count).Select(n => string.Create(CultureInfo.InvariantCulture, $"aggregator-{n}"))];
    }

    public IReadOnlyList<string> Names { get; }

    public int Of(ReadOnlySpan<byte> vehicleId)
    {
        uint hash = 2_166_136_261;
        foreach (byte b in vehicleId) hash = (hash ^ b) * 16_777_619;
        // The low bits of ids that differ in their last digit alone are in step; the high ones are not.
        return (int)(((ulong)(hash * 2_654_435_769u) * (ulong)Names.Count) >> 32);
    }
}
