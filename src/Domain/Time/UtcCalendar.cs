namespace Movc.Domain.Time;

/// <summary>The calendar of UTC: no offset, no clock change.</summary>
public sealed class UtcCalendar : ICityCalendar
{
    private const long DayMs = Slots.PerDay * Slots.Ms;

    private UtcCalendar()
    {
    }

    public static UtcCalendar Instance { get; } = new();

    /// <inheritdoc/>
    public string TimeZone => "Etc/UTC";

    /// <inheritdoc/>
    public int DayNumber(long unixMs) => (int)Math.Floor(unixMs / (double)DayMs);

    /// <inheritdoc/>
    public int MinuteOfDay(long unixMs) => (int)((unixMs - (DayNumber(unixMs) * DayMs)) / 60_000);

    /// <inheritdoc/>
    public int OffsetMinutes(long unixMs) => 0;
}
