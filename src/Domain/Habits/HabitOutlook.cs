using Movc.Domain.Time;

namespace Movc.Domain.Habits;

/// <summary>
/// Expects of every vehicle what it did on its last day of the same kind. Of one vehicle that is often wrong; of a city it is not,
/// because who went out yesterday stands for who stays at home tomorrow. What was declared goes before what is remembered: a declared
/// departure takes its length and use from the remembered one nearest in time, however far that is.
/// </summary>
public sealed class HabitOutlook : IPlugOutlook
{
    /// <summary>A departure and a remembered one further apart than this are two, ms [G].</summary>
    public const long MatchMs = 3 * 3_600_000L;

    /// <summary>How long a vehicle is away that is remembered only at the plug, slots [G].</summary>
    private const int ShortSlots = 6;

    private const int DaysAhead = 3;

    /// <inheritdoc/>
    public int Expect(ReadOnlySpan<byte> vehicleId, in VehicleHabit habit, in PlugMoment moment, long untilMs, ICityCalendar calendar, Span<ExpectedGap> gaps)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        int today = calendar.DayNumber(moment.AtMs), count = 0;
        long cursorMs = moment.AtMs;
        bool declares = moment.IsPlugged && moment.DepartureMs > moment.AtMs;
        if (!moment.IsPlugged || declares)
        {
            long leavesMs = declares ? moment.DepartureMs : moment.SinceMs;
            if (gaps.Length == 0) return 0;
            if (!TryMatch(in habit, leavesMs, today, calendar, out long apartMs, out RememberedGap match))
            {
                if (!declares) return 0;
                gaps[0] = new ExpectedGap(leavesMs, long.MaxValue, 0);
                return 1;
            }
            // Overdue is expected at any moment.
            long backMs = Math.Max(leavesMs + (match.SlotsAway * Slots.Ms), moment.AtMs + 1);
            gaps[count++] = new ExpectedGap(leavesMs, backMs, match.UsedWh);
            // The remembered one that this was is not expected again; one hours apart is another that may still come.
            cursorMs = Math.Abs(apartMs) <= MatchMs ? Math.Max(backMs, leavesMs + apartMs + 1) : backMs;
        }
        int firstDay = calendar.DayNumber(cursorMs);
        for (int day = firstDay; day < firstDay + DaysAhead && count < gaps.Length; day++)
        {
            if (!habit.TryDay(day, today, out ReadOnlySpan<RememberedGap> remembered)) break;
            foreach (RememberedGap gap in remembered)
            {
                long fromMs = StartMs(day, gap, calendar, cursorMs);
                if (fromMs >= untilMs) return count;
                if (fromMs <= cursorMs || count == gaps.Length) continue;
                cursorMs = fromMs + (gap.SlotsAway * Slots.Ms);
                gaps[count++] = new ExpectedGap(fromMs, cursorMs, gap.UsedWh);
            }
        }
        return count;
    }

    /// <summary>The remembered gap that began nearest to a departure's time of day, of its day and the days beside it; false when no day is remembered.</summary>
    private static bool TryMatch(in VehicleHabit habit, long leavesMs, int today, ICityCalendar calendar, out long apartMs, out RememberedGap match)
    {
        (apartMs, match) = (0, default);
        long nearest = long.MaxValue;
        bool isKnown = false;
        int leavesDay = calendar.DayNumber(leavesMs);
        for (int day = leavesDay - 1; day <= leavesDay + 1; day++)
        {
            // A gap that is under way began before today's unfinished list could hold it.
            if (!habit.TryDay(day, Math.Min(today, leavesDay), out ReadOnlySpan<RememberedGap> remembered)) break;
            isKnown = true;
            foreach (RememberedGap gap in remembered)
            {
                long fromMs = StartMs(day, gap, calendar, leavesMs);
                if (Math.Abs(fromMs - leavesMs) >= nearest) continue;
                (nearest, apartMs, match) = (Math.Abs(fromMs - leavesMs), fromMs - leavesMs, gap);
            }
        }
        if (nearest < long.MaxValue) return true;
        // It spent the days that are remembered at the plug.
        match = new RememberedGap(calendar.MinuteOfDay(leavesMs) / Slots.Minutes, ShortSlots, 0);
        apartMs = 2 * MatchMs;
        return isKnown;
    }

    /// <summary>Instant at which a remembered gap would begin on a day.</summary>
    private static long StartMs(int day, RememberedGap gap, ICityCalendar calendar, long nearMs) =>
        (((day * (long)Slots.PerDay) + gap.StartSlot) * Slots.Ms) - (calendar.OffsetMinutes(nearMs) * 60_000L);
}
