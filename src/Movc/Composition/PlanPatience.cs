using Movc.Domain.Time;

namespace Movc.Composition;

/// <summary>How long a plan may take before it counts as late.</summary>
internal static class PlanPatience
{
    /// <summary>Share of an interval after which its plan is late [G]: then half of what it commits is over.</summary>
    private const double LateShare = 0.5;

    /// <summary>No plan is late before this [G]: at thousands of times real time half an interval is shorter than a machine's hiccup.</summary>
    private const double ShortestMs = 3_000;

    /// <summary>At a pace.</summary>
    /// <param name="speed">City seconds per wall second; null = as fast as it goes, where nothing is late.</param>
    public static TimeSpan? At(double? speed) => speed is { } pace ? TimeSpan.FromMilliseconds(Math.Max(ShortestMs, Slots.Ms * LateShare / pace)) : null;
}
