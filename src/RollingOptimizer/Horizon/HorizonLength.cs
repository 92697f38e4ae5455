using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>How far a plan looks: to the end of the next calendar day, but within two bounds.</summary>
/// <param name="LeastSlots">1 or more.</param>
/// <param name="MostSlots">At least as many, and no more than is expected of vehicles (<see cref="Domain.Fleet.FleetOutlook.Slots"/>).</param>
public sealed record HorizonLength(int LeastSlots, int MostSlots)
{
    /// <summary>24 to 36 hours.</summary>
    public static HorizonLength Default { get; } = new(Slots.PerDay, Slots.PerDay * 3 / 2);

    /// <summary>Slots planned from an interval on.</summary>
    public int SlotsAt(long atMs, ICityCalendar calendar)
    {
        int left = ((1440 - calendar.MinuteOfDay(atMs)) / Slots.Minutes) + Slots.PerDay;
        return Math.Clamp(left, LeastSlots, MostSlots);
    }
}
