using Movc.Domain.Time;

namespace Movc.Domain.Habits;

/// <summary>Says when a vehicle is expected to be away from the plug. Pure and safe for any thread.</summary>
public interface IPlugOutlook
{
    /// <summary>The times away that are expected from an instant on, in time order; the first of a vehicle that is away is the present one.</summary>
    /// <param name="vehicleId">UTF-8.</param>
    /// <param name="habit">What is remembered of it.</param>
    /// <param name="moment">How it stands.</param>
    /// <param name="untilMs">Those that begin at it or later may be left out, Unix milliseconds UTC.</param>
    /// <param name="calendar">City time.</param>
    /// <param name="gaps">Room for the answer; what does not fit is left out from the end.</param>
    /// <returns>How many; 0 for a vehicle that is away = nothing is known of its return.</returns>
    int Expect(ReadOnlySpan<byte> vehicleId, in VehicleHabit habit, in PlugMoment moment, long untilMs, ICityCalendar calendar, Span<ExpectedGap> gaps);
}
