using Movc.Domain.Metrics;
using Movc.Ingest.Simulation;

namespace Movc.Ingest.Tests.Simulation;

public sealed class ShapedCityLoadTests
{
    private const int SlotMs = 600_000;

    [Theory]
    [InlineData(Season.Spring, 0.428)]
    [InlineData(Season.Summer, 0.362)]
    [InlineData(Season.Fall, 0.408)]
    [InlineData(Season.Winter, 0.396)]
    public void The_weeks_median_pvdr_over_the_peak_is_the_papers(Season season, double pvdr)
    {
        double[] week = Week(new ShapedCityLoad(Fleets.Shenzhen, 480_000, season, Fleets.Calendar));
        int[] days = Enumerable.Range(0, week.Length).Select(t => t / 144).ToArray();
        PvdrByDay.Of(week, days).Median.OverPeak.ShouldBe(pvdr, 0.002);
    }

    [Fact]
    public void The_summer_week_holds_the_years_peak_and_a_credible_mean()
    {
        double[] week = Week(new ShapedCityLoad(Fleets.Shenzhen, 480_000, Season.Summer, Fleets.Calendar));
        week.Max().ShouldBe(19_219_000, 19_219);
        week.Min().ShouldBeGreaterThan(0);
        foreach (Season other in new[] { Season.Spring, Season.Fall, Season.Winter })
            Week(new ShapedCityLoad(Fleets.Shenzhen, 480_000, other, Fleets.Calendar)).Max().ShouldBeLessThan(19_219_000);
        TestContext.Current.TestOutputHelper?.WriteLine($"summer week: mean {week.Average() / 1000:0} MW, valley {week.Min() / 1000:0} MW");
    }

    [Fact]
    public void The_other_weeks_have_their_months_mean()
    {
        Week(new ShapedCityLoad(Fleets.Shenzhen, 480_000, Season.Spring, Fleets.Calendar)).Average().ShouldBe(13_600_000 * 0.75, 1000);
        Week(new ShapedCityLoad(Fleets.Shenzhen, 480_000, Season.Winter, Fleets.Calendar)).Average().ShouldBe(13_600_000 * 0.62, 1000);
    }

    [Fact]
    public void A_smaller_fleet_has_its_share_of_the_city()
    {
        double[] city = Week(new ShapedCityLoad(Fleets.Shenzhen, 480_000, Season.Summer, Fleets.Calendar));
        double[] part = Week(new ShapedCityLoad(Fleets.Shenzhen, 12_000, Season.Summer, Fleets.Calendar));
        for (int t = 0; t < city.Length; t++) part[t].ShouldBe(city[t] / 40, 1e-6);
    }

    [Fact]
    public void Weekends_are_lower_and_flatter_and_no_slot_jumps()
    {
        double[] week = Week(new ShapedCityLoad(Fleets.Shenzhen, 480_000, Season.Summer, Fleets.Calendar));
        double wednesday = week[(2 * 144)..(3 * 144)].Average(), saturday = week[(5 * 144 + 6)..(6 * 144)].Average();
        (saturday / wednesday).ShouldBe(0.90, 0.01);
        for (int t = 0; t < week.Length; t++)
            Math.Abs(week[(t + 1) % week.Length] / week[t] - 1).ShouldBeLessThan(0.04, $"slot {t}");
    }

    [Fact]
    public void The_week_repeats_and_the_description_carries_the_marks()
    {
        var load = new ShapedCityLoad(Fleets.Shenzhen, 480_000, Season.Summer, Fleets.Calendar);
        long at = Fleets.MondayMs + 5 * Fleets.DayMs + 17 * SlotMs;
        load.LoadKw(at).ShouldBe(load.LoadKw(at + 7 * Fleets.DayMs));
        load.LoadKw(at).ShouldNotBe(load.LoadKw(at + 3 * Fleets.DayMs));
        load.Description.ShouldContain("[S]");
        load.Description.ShouldContain("[P]");
        load.Description.ShouldContain("[G]");
        load.Description.ShouldContain("0.362");
    }

    private static double[] Week(ShapedCityLoad load) =>
        Enumerable.Range(0, 1008).Select(t => load.LoadKw(Fleets.MondayMs + (long)t * SlotMs)).ToArray();
}
