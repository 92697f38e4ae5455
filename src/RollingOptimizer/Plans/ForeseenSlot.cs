using Movc.Domain.Queries;
using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Plans;

/// <summary>What was expected of an interval before it came, kW; null where no plan was made so long before.</summary>
/// <param name="HourAheadKw">The city without its private EVs, as the plan of an hour before had it.</param>
/// <param name="DayAheadKw">The same a day before.</param>
/// <param name="PlannedKw">The city after dispatch, as the plan of an hour before had it.</param>
public readonly record struct ForeseenSlot(double? HourAheadKw, double? DayAheadKw, double? PlannedKw)
{
    private const int HourSlots = 60 / Slots.Minutes;

    /// <summary>What a plan expects of the intervals an hour and a day after its own, as far as it reaches.</summary>
    public static IEnumerable<(long AtMs, ForeseenSlot Slot)> Of(LoadCurves horizon)
    {
        ArgumentNullException.ThrowIfNull(horizon);
        long atMs = horizon.StartAt.ToUnixTimeMilliseconds();
        if (horizon.OriginalKw.Count > HourSlots) yield return (atMs + (HourSlots * Slots.Ms), new ForeseenSlot(horizon.OriginalKw[HourSlots], null, horizon.AfterKw[HourSlots]));
        if (horizon.OriginalKw.Count > Slots.PerDay) yield return (atMs + (Slots.PerDay * Slots.Ms), new ForeseenSlot(null, horizon.OriginalKw[Slots.PerDay], null));
    }

    /// <summary>This with what another tells beside.</summary>
    public ForeseenSlot With(in ForeseenSlot newer) => new(newer.HourAheadKw ?? HourAheadKw, newer.DayAheadKw ?? DayAheadKw, newer.PlannedKw ?? PlannedKw);
}
