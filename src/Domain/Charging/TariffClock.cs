using Movc.Domain.Time;

namespace Movc.Domain.Charging;

/// <summary>How long each price level of a home tariff lasts between two instants. For several threads at once.</summary>
/// <remarks>Counts by the local clock: a day with 23 or 25 hours is taken as one of 24.</remarks>
public sealed class TariffClock
{
    private const long DayMs = Slots.PerDay * Slots.Ms;
    private readonly Tariff _tariff;
    private readonly ICityCalendar _calendar;

    // Per level: time at it before each slot of the day, ms, and in the whole day at the end.
    private readonly long[][] _before;

    public TariffClock(Tariff tariff, ICityCalendar calendar)
    {
        _tariff = tariff;
        _calendar = calendar;
        _before = [.. Enumerable.Range(0, tariff.Levels.Length).Select(level =>
        {
            long[] before = new long[Slots.PerDay + 1];
            for (int t = 0; t < Slots.PerDay; t++) before[t + 1] = before[t] + (tariff.LevelOfSlot[t] == level ? Slots.Ms : 0);
            return before;
        })];
    }

    /// <summary>The prices that it counts by.</summary>
    public Tariff Tariff => _tariff;

    /// <summary>Price levels, the cheapest first.</summary>
    public int Levels => _before.Length;

    /// <summary>Level at an instant, Unix milliseconds UTC.</summary>
    public int LevelAt(long unixMs) => _tariff.LevelOfSlot[(int)(OfDay(Local(unixMs)) / Slots.Ms)];

    /// <summary>Time at a level between two instants, ms; 0 where the second is not after the first.</summary>
    public long MsAt(int level, long fromMs, long toMs) => toMs <= fromMs ? 0 : Since(level, Local(toMs)) - Since(level, Local(fromMs));

    private long Local(long unixMs) => unixMs + _calendar.OffsetMinutes(unixMs) * 60_000L;

    private long Since(int level, long localMs)
    {
        long ofDay = OfDay(localMs);
        int slot = (int)(ofDay / Slots.Ms);
        long[] before = _before[level];
        long broken = _tariff.LevelOfSlot[slot] == level ? ofDay - slot * Slots.Ms : 0;
        return (localMs - ofDay) / DayMs * before[Slots.PerDay] + before[slot] + broken;
    }

    private static long OfDay(long localMs) => ((localMs % DayMs) + DayMs) % DayMs;
}
