using Movc.Domain.Time;

namespace Movc.Ingest.Simulation;

/// <summary>Instants of the city's local midnights, asked of the calendar once a day and kept.</summary>
public sealed class DayClock(ICityCalendar calendar, int firstDay)
{
    private const long DayMs = 86_400_000;
    private long[] _startMs = [];

    /// <summary>Local midnight that begins the day, Unix milliseconds UTC; days from the first on.</summary>
    public long StartMs(int day)
    {
        int index = day - firstDay;
        if ((uint)index >= (uint)_startMs.Length) Extend(index);
        return _startMs[index];
    }

    /// <summary>Saturday or Sunday. Public holidays are not known.</summary>
    public static bool IsWeekend(int day) => Weekday(day) >= 5;

    /// <summary>0 = Monday; 1970-01-01 was a Thursday.</summary>
    public static int Weekday(int day) => (((day + 3) % 7) + 7) % 7;

    private void Extend(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        int from = _startMs.Length;
        Array.Resize(ref _startMs, Math.Max(index + 1, Math.Max(64, 2 * from)));
        for (int i = from; i < _startMs.Length; i++)
        {
            long localMs = (firstDay + (long)i) * DayMs;
            // Twice, so that the offset is that of midnight and not of the instant with the same digits in UTC.
            long guess = localMs - calendar.OffsetMinutes(localMs) * 60_000L;
            _startMs[i] = localMs - calendar.OffsetMinutes(guess) * 60_000L;
        }
    }
}
