namespace Movc.Domain.Time;

/// <summary>City time on top of UTC instants. Implementations carry their own time-zone data.</summary>
public interface ICityCalendar
{
    /// <summary>IANA name, as Asia/Shanghai.</summary>
    string TimeZone { get; }

    /// <summary>Number of the local calendar day that holds the instant (days since 1970-01-01, local).</summary>
    int DayNumber(long unixMs);

    /// <summary>Local wall-clock minute of the day, 0 to 1,439.</summary>
    int MinuteOfDay(long unixMs);

    /// <summary>Offset from UTC in minutes at the instant.</summary>
    int OffsetMinutes(long unixMs);
}
