using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Plans;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>Remembers what plans expected of intervals that are still to come.</summary>
internal sealed class Foresight
{
    private readonly Dictionary<long, ForeseenSlot> _of = [];

    /// <summary>Takes up what was expected before.</summary>
    public void Restore(IReadOnlyList<(long AtMs, ForeseenSlot Slot)> foreseen)
    {
        foreach ((long atMs, ForeseenSlot slot) in foreseen) _of[atMs] = slot;
    }

    /// <summary>Notes a plan's curves.</summary>
    public void Note(LoadCurves horizon)
    {
        long atMs = horizon.StartAt.ToUnixTimeMilliseconds();
        foreach ((long slotMs, ForeseenSlot slot) in ForeseenSlot.Of(horizon)) _of[slotMs] = _of.GetValueOrDefault(slotMs).With(in slot);
        foreach (long gone in _of.Keys.Where(ms => ms < atMs - Slots.Ms).ToArray()) _of.Remove(gone);
    }

    /// <summary>What was expected of an interval; null where nothing was.</summary>
    public ForeseenSlot? Of(long slotMs) => _of.TryGetValue(slotMs, out ForeseenSlot slot) ? slot : null;
}
