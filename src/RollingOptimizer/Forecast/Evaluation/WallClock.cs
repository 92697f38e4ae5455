using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Forecast.Evaluation;

/// <summary>The calendar of a series that is written on its own wall clock: no zone, no clock changes.</summary>
public sealed class WallClock : ICityCalendar
{
    /// <inheritdoc/>
    public string TimeZone => "wall clock";

    /// <inheritdoc/>
    public int DayNumber(long unixMs) => (int)Math.Floor(unixMs / 86_400_000.0);

    /// <inheritdoc/>
    public int MinuteOfDay(long unixMs) => (int)((unixMs - (DayNumber(unixMs) * 86_400_000L)) / 60_000);

    /// <inheritdoc/>
    public int OffsetMinutes(long unixMs) => 0;
}
