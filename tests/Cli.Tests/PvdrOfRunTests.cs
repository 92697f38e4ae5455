using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.Output;

namespace Movc.Cli.Tests;

public class PvdrOfRunTests
{
    private const int Day = Slots.PerDay;
    private static readonly DateTimeOffset Midnight = new(2024, 3, 4, 0, 0, 0, TimeSpan.FromHours(8));

    /// <summary>Load from the slot after that midnight on: 100 kW at night, 200 kW by day, and a kW more with every day.</summary>
    private static LoadCurves Curves(int fromSlot, int count)
    {
        double[] Load(double factor) => [.. Enumerable.Range(fromSlot, count).Select(t => factor * ((t % Day < Day / 2 ? 100 : 200) + (t / Day)))];
        return new LoadCurves(Midnight.AddMinutes(10.0 * fromSlot), Slots.Minutes, Load(1), Load(2), Load(3));
    }

    [Fact]
    public void Of_nothing_there_is_none()
    {
        (PvdrSummary? original, PvdrSummary? chargeOnly, PvdrSummary? after, PvdrWindow window) = PvdrOfRun.Of(null, null, new FixedCalendar());
        (original ?? chargeOnly ?? after).ShouldBeNull();
        window.ShouldBe(new PvdrWindow(0, 0));
    }

    [Fact]
    public void A_day_begun_at_midnight_is_completed_by_the_plan()
    {
        (PvdrSummary? original, _, _, PvdrWindow window) = PvdrOfRun.Of(Curves(0, 6), Curves(6, Day), new FixedCalendar());
        window.ShouldBe(new PvdrWindow(6, Day - 6));
        original!.PerDay.OverValley.ShouldBe([1.0]);
        original.PerDay.OverPeak.ShouldBe([0.5]);
    }

    [Fact]
    public void Days_that_are_not_whole_at_either_end_are_left_out()
    {
        // From 10:00: fourteen hours, two whole days, and the plan into the next day.
        (PvdrSummary? original, _, _, PvdrWindow window) = PvdrOfRun.Of(Curves(60, 84 + Day + 30), Curves(2 * Day + 30, Day), new FixedCalendar());
        window.ShouldBe(new PvdrWindow(Day + 30, Day - 30));
        original!.PerDay.OverValley.ShouldBe([100.0 / 101, 100.0 / 102]);
        original.WeeklyMedian.OverValley.ShouldBe(((100.0 / 101) + (100.0 / 102)) / 2, 1e-12);
    }

    [Fact]
    public void Where_no_day_is_whole_what_there_is_counts()
    {
        (PvdrSummary? original, _, _, PvdrWindow window) = PvdrOfRun.Of(null, Curves(60, Day), new FixedCalendar());
        window.ShouldBe(new PvdrWindow(0, Day));
        original!.PerDay.OverValley.Count.ShouldBe(2);
        PvdrOfRun.Of(Curves(60, 3), null, new FixedCalendar()).Window.ShouldBe(new PvdrWindow(3, 0));
    }

    [Fact]
    public void An_interval_that_is_over_counts_as_over_even_where_the_plan_has_it_too()
    {
        PvdrOfRun.Of(Curves(0, 10), Curves(4, Day - 4), new FixedCalendar()).Window.ShouldBe(new PvdrWindow(10, Day - 10));
    }

    [Fact]
    public void Each_curve_has_its_own()
    {
        LoadCurves flat = new(Midnight, Slots.Minutes, [.. Enumerable.Repeat(1.0, Day)], [.. Enumerable.Range(0, Day).Select(t => t == 5 ? 4.0 : 2.0)], [.. Enumerable.Range(0, Day).Select(t => t == 7 ? 3.0 : 2.0)]);
        (PvdrSummary? original, PvdrSummary? chargeOnly, PvdrSummary? after, _) = PvdrOfRun.Of(flat, null, new FixedCalendar());
        original!.WeeklyMedian.OverValley.ShouldBe(0);
        chargeOnly!.WeeklyMedian.ShouldBe(new PvdrSummary.Pair(1.0, 0.5));
        after!.WeeklyMedian.OverValley.ShouldBe(0.5);
    }

    /// <summary>Eight hours east of Greenwich, all year.</summary>
    private sealed class FixedCalendar : ICityCalendar
    {
        private const long OffsetMs = 8 * 3_600_000;

        public string TimeZone => "Etc/GMT-8";

        public int DayNumber(long unixMs) => (int)((unixMs + OffsetMs) / 86_400_000);

        public int MinuteOfDay(long unixMs) => (int)((unixMs + OffsetMs) % 86_400_000 / 60_000);

        public int OffsetMinutes(long unixMs) => 480;
    }
}
