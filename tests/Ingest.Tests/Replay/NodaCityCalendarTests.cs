using Movc.Domain;
using Movc.Ingest.Time;

namespace Movc.Ingest.Tests.Replay;

public sealed class NodaCityCalendarTests
{
    [Fact]
    public void Shanghai_is_eight_hours_ahead_all_year()
    {
        var calendar = new NodaCityCalendar("Asia/Shanghai");
        long ms = new DateTimeOffset(2024, 7, 1, 16, 30, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        calendar.TimeZone.ShouldBe("Asia/Shanghai");
        calendar.OffsetMinutes(ms).ShouldBe(480);
        calendar.MinuteOfDay(ms).ShouldBe(30);
        calendar.DayNumber(ms).ShouldBe(new DateOnly(2024, 7, 2).DayNumber - new DateOnly(1970, 1, 1).DayNumber);
    }

    [Fact]
    public void It_agrees_with_the_framework_at_every_hour_of_two_years_in_any_order()
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Oslo", out TimeZoneInfo? system)) Assert.Skip("needs the system's time-zone data to compare with");
        var calendar = new NodaCityCalendar("Europe/Oslo");
        var start = new DateTimeOffset(2018, 12, 1, 0, 0, 0, TimeSpan.Zero);
        const int Hours = 2 * 366 * 24;
        for (int i = 0; i < Hours; i++)
        {
            // 7919 is prime to the number of hours: every hour once, scattered, so that the kept interval is left all the time.
            DateTimeOffset utc = start.AddHours((long)i * 7919 % Hours);
            DateTimeOffset local = TimeZoneInfo.ConvertTime(utc, system);
            long ms = utc.ToUnixTimeMilliseconds();
            calendar.OffsetMinutes(ms).ShouldBe((int)local.Offset.TotalMinutes);
            calendar.MinuteOfDay(ms).ShouldBe(local.Hour * 60 + local.Minute);
            calendar.ToWall(ms).ShouldBe(local.DateTime);
        }
    }

    [Fact]
    public void Instants_before_1970_have_days_and_minutes_too()
    {
        var calendar = new NodaCityCalendar("UTC");
        calendar.DayNumber(-1).ShouldBe(-1);
        calendar.MinuteOfDay(-1).ShouldBe(1439);
    }

    [Fact]
    public void A_repeated_time_is_the_earlier_one_and_a_skipped_one_moves_forward()
    {
        var calendar = new NodaCityCalendar("Europe/Oslo");
        calendar.ToUnixMs(new DateTime(2019, 10, 27, 2, 30, 0)).ShouldBe(Utc(2019, 10, 27, 0, 30));
        calendar.ToUnixMs(new DateTime(2019, 3, 31, 2, 30, 0)).ShouldBe(Utc(2019, 3, 31, 1, 30));
        calendar.ToWall(Utc(2019, 3, 31, 1, 30)).ShouldBe(new DateTime(2019, 3, 31, 3, 30, 0));
    }

    [Fact]
    public void A_day_that_skips_its_midnight_begins_after_the_gap() =>
        new NodaCityCalendar("America/Sao_Paulo").StartOfDayMs(new DateOnly(2018, 11, 4)).ShouldBe(Utc(2018, 11, 4, 3, 0));

    [Theory]
    [InlineData("Europe/Olso", "time zone \"Europe/Olso\": no zone of the time-zone database has this name; give an IANA name as Europe/Oslo or Asia/Shanghai")]
    [InlineData("europe/oslo", "time zone \"europe/oslo\": no zone of the time-zone database has this name; write Europe/Oslo")]
    [InlineData("UTC+3", "time zone \"UTC+3\": no zone of the time-zone database has this name; give an IANA name as Europe/Oslo or Asia/Shanghai")]
    public void A_name_that_is_no_zone_is_refused_with_its_remedy(string name, string message) =>
        Should.Throw<InputException>(() => new NodaCityCalendar(name)).Message.ShouldBe(message);

    [Fact]
    public void Asking_within_one_zone_interval_allocates_nothing()
    {
        var calendar = new NodaCityCalendar("Europe/Oslo");
        long ms = Utc(2019, 1, 1, 0, 0);
        long sum = calendar.MinuteOfDay(ms);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++) sum += calendar.MinuteOfDay(ms + i * 60_000L) + calendar.DayNumber(ms);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        sum.ShouldBeGreaterThan(0);
    }

    private static long Utc(int year, int month, int day, int hour, int minute) =>
        new DateTimeOffset(year, month, day, hour, minute, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
