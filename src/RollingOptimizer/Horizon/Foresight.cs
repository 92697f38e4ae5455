using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Plans;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>Remembers what plans expected of intervals that are still to come, an hour and a day before them.</summary>
internal sealed class Foresight
{
    private const int HourSlots = 60 / Slots.Minutes;
    private readonly Dictionary<long, ForeseenSlot> _of = [];

    /// <summary>Notes a plan's curves.</summary>
    public void Note(LoadCurves horizon)
    {
        long atMs = horizon.StartAt.ToUnixTimeMilliseconds();
        if (horizon.OriginalKw.Count > HourSlots)
        {
            long soonMs = atMs + (HourSlots * Slots.Ms);
            _of[soonMs] = _of.GetValueOrDefault(soonMs) with { HourAheadKw = horizon.OriginalKw[HourSlots], PlannedKw = horizon.AfterKw[HourSlots] };
        }
        // The last that a day's horizon reaches is a slot short of a day ahead.
        int day = Math.Min(Slots.PerDay, horizon.OriginalKw.Count - 1);
        if (day == Slots.PerDay) _of[atMs + (day * Slots.Ms)] = new ForeseenSlot(null, horizon.OriginalKw[day], null);
        foreach (long gone in _of.Keys.Where(ms => ms < atMs - Slots.Ms).ToArray()) _of.Remove(gone);
    }

    /// <summary>What was expected of an interval; null where nothing was.</summary>
    public ForeseenSlot? Of(long slotMs) => _of.TryGetValue(slotMs, out ForeseenSlot slot) ? slot : null;
}
