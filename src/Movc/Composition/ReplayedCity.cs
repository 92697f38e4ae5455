using Movc.RollingOptimizer.Plans;
using Movc.TwinState.Store;

namespace Movc.Composition;

/// <summary>What a run must know of a replay beyond the city: what it may jump about in.</summary>
/// <param name="Name">What is replayed, for people.</param>
/// <param name="FromMs">First instant, Unix milliseconds UTC.</param>
/// <param name="ToMs">Instant after the last.</param>
/// <param name="Loop">Whether it begins again at its end.</param>
/// <param name="Paused">Whether it waits for somebody to let it play.</param>
internal sealed record ReplayedCity(string Name, long FromMs, long ToMs, bool Loop, bool Paused)
{
    /// <summary>The stored events that are replayed; null for files, where only what was played can be jumped back to.</summary>
    public IEventReader? Stored { get; init; }

    /// <summary>What the city did in the intervals of the stored period.</summary>
    public IReadOnlyList<RealizedSlot> Realized { get; init; } = [];
}
