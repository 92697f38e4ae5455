using Movc.Domain.Time;

namespace Movc.Ingest.Tests.Simulation;

/// <summary>A city without daylight saving, eight hours ahead of UTC.</summary>
internal sealed class FixedOffsetCalendar : ICityCalendar
{
    private const int OffsetMin = 480;

    public string TimeZone => "Asia/Shanghai";

    public int DayNumber(long unixMs) => (int)Math.Floor((unixMs + OffsetMin * 60_000L) / 86_400_000.0);

    public int MinuteOfDay(long unixMs) => (int)((unixMs + OffsetMin * 60_000L - DayNumber(unixMs) * 86_400_000L) / 60_000);

    public int OffsetMinutes(long unixMs) => OffsetMin;
}
