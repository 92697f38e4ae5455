using Movc.Domain.Queries;
using Movc.Domain.Time;

namespace Movc.Output;

/// <summary>
/// PVDR of a run: the intervals that are over, continued by the last plan's horizon, cut to whole calendar days where there is
/// at least one (a day's first hours alone say nothing of its peak).
/// </summary>
internal static class PvdrOfRun
{
    public static (PvdrSummary? Original, PvdrSummary? ChargeOnly, PvdrSummary? After, PvdrWindow Window) Of(
        LoadCurves? history, LoadCurves? horizon, ICityCalendar calendar)
    {
        var original = new List<double>();
        var chargeOnly = new List<double>();
        var after = new List<double>();
        var day = new List<int>();
        var realized = new List<bool>();
        long next = long.MinValue;
        foreach ((LoadCurves? curves, bool isRealized) in new[] { (history, true), (horizon, false) })
        {
            if (curves is null) continue;
            long start = curves.StartAt.ToUnixTimeMilliseconds();
            for (int t = 0; t < curves.OriginalKw.Count; t++)
            {
                long at = start + (t * Slots.Ms);
                if (at < next) continue;
                original.Add(curves.OriginalKw[t]);
                chargeOnly.Add(curves.ChargeOnlyKw[t]);
                after.Add(curves.AfterKw[t]);
                day.Add(calendar.DayNumber(at));
                realized.Add(isRealized);
                next = at + Slots.Ms;
            }
        }
        if (day.Count == 0) return (null, null, null, new PvdrWindow(0, 0));
        long first = next - (day.Count * Slots.Ms);
        (int from, int count) = WholeDays(day, startsAtMidnight: calendar.MinuteOfDay(first) == 0, endsAtMidnight: calendar.MinuteOfDay(next) == 0);
        int[] days = [.. day.GetRange(from, count)];
        List<bool> window = realized.GetRange(from, count);
        PvdrSummary Pvdr(List<double> load) => PvdrSummary.Of([.. load.GetRange(from, count)], days);
        return (Pvdr(original), Pvdr(chargeOnly), Pvdr(after), new PvdrWindow(window.Count(r => r), window.Count(r => !r)));
    }

    private static (int From, int Count) WholeDays(List<int> day, bool startsAtMidnight, bool endsAtMidnight)
    {
        int from = startsAtMidnight ? 0 : day.FindIndex(d => d != day[0]);
        int to = endsAtMidnight ? day.Count : day.FindLastIndex(d => d != day[^1]) + 1;
        return from < 0 || to <= from ? (0, day.Count) : (from, to - from);
    }
}
