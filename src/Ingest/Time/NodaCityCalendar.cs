using System.Diagnostics;
using Movc.Domain;
using Movc.Domain.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace Movc.Ingest.Time;

/// <summary>
/// City time by NodaTime's bundled time-zone database, so that a machine without zone data gives the same answers.
/// Thread-safe. The zone interval last asked for is kept: a twin asks about one stretch of time at a time, and intervals last months.
/// </summary>
[DebuggerDisplay("{TimeZone}")]
public sealed class NodaCityCalendar : ICityCalendar
{
    private const long MsPerDay = 86_400_000;

    private readonly DateTimeZone _zone;

    // Replaced as a whole: a reader sees one interval or another, never a mix.
    private volatile Span _current;

    /// <param name="timeZone">IANA name, as Europe/Oslo.</param>
    /// <exception cref="InputException">The name is not in the database.</exception>
    public NodaCityCalendar(string timeZone)
    {
        ArgumentNullException.ThrowIfNull(timeZone);
        IDateTimeZoneProvider tzdb = DateTimeZoneProviders.Tzdb;
        // The provider also makes up fixed zones from names like UTC+3; those are not IANA names.
        _zone = (tzdb.Ids.Contains(timeZone, StringComparer.Ordinal) ? tzdb.GetZoneOrNull(timeZone) : null) ?? throw Unknown(timeZone, tzdb);
        _current = Span.At(_zone, 0);
    }

    /// <inheritdoc/>
    public string TimeZone => _zone.Id;

    /// <inheritdoc/>
    public int DayNumber(long unixMs) => (int)FloorDivide(unixMs + SpanAt(unixMs).OffsetMs, MsPerDay);

    /// <inheritdoc/>
    public int MinuteOfDay(long unixMs)
    {
        long local = unixMs + SpanAt(unixMs).OffsetMs;
        return (int)((local - FloorDivide(local, MsPerDay) * MsPerDay) / 60_000);
    }

    /// <inheritdoc/>
    public int OffsetMinutes(long unixMs) => (int)FloorDivide(SpanAt(unixMs).OffsetMs, 60_000);

    /// <summary>
    /// The instant of a wall-clock time. A time that a clock change repeats is the earlier of the two; one that it skips is
    /// shifted forward by the length of the gap (02:30 becomes 03:30).
    /// </summary>
    /// <param name="wall">Local time; its Kind is not looked at.</param>
    /// <returns>Unix milliseconds UTC.</returns>
    public long ToUnixMs(DateTime wall) =>
        _zone.ResolveLocal(LocalDateTime.FromDateTime(wall), Resolvers.LenientResolver).ToInstant().ToUnixTimeMilliseconds();

    /// <summary>The first instant of a local calendar day, Unix milliseconds UTC: midnight, or what follows a skipped midnight.</summary>
    public long StartOfDayMs(DateOnly day) =>
        _zone.AtStartOfDay(LocalDate.FromDateOnly(day)).ToInstant().ToUnixTimeMilliseconds();

    /// <summary>The wall-clock time at an instant.</summary>
    public DateTime ToWall(long unixMs) => DateTime.UnixEpoch.AddMilliseconds(unixMs + SpanAt(unixMs).OffsetMs);

    private static long FloorDivide(long value, long divisor) => (value - (((value % divisor) + divisor) % divisor)) / divisor;

    private static InputException Unknown(string timeZone, IDateTimeZoneProvider tzdb)
    {
        string? near = tzdb.Ids.FirstOrDefault(id => string.Equals(id, timeZone.Trim(), StringComparison.OrdinalIgnoreCase));
        string remedy = near is null ? "give an IANA name as Europe/Oslo or Asia/Shanghai" : $"write {near}";
        return new InputException($"time zone \"{timeZone}\": no zone of the time-zone database has this name; {remedy}");
    }

    private Span SpanAt(long unixMs)
    {
        Span span = _current;
        if (unixMs >= span.StartMs && unixMs < span.EndMs) return span;
        return _current = Span.At(_zone, unixMs);
    }

    /// <summary>A stretch of time with one offset; immutable.</summary>
    private sealed class Span
    {
        private Span(long startMs, long endMs, long offsetMs)
        {
            StartMs = startMs;
            EndMs = endMs;
            OffsetMs = offsetMs;
        }

        public long StartMs { get; }

        public long EndMs { get; }

        public long OffsetMs { get; }

        public static Span At(DateTimeZone zone, long unixMs)
        {
            ZoneInterval interval = zone.GetZoneInterval(Instant.FromUnixTimeMilliseconds(unixMs));
            return new Span(
                interval.HasStart ? interval.Start.ToUnixTimeMilliseconds() : long.MinValue,
                interval.HasEnd ? interval.End.ToUnixTimeMilliseconds() : long.MaxValue,
                interval.WallOffset.Milliseconds);
        }
    }
}
