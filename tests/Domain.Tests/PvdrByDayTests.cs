using Movc.Domain.Metrics;

namespace Movc.Domain.Tests;

public sealed class PvdrByDayTests
{
    [Fact]
    public void A_load_is_cut_at_its_calendar_days()
    {
        PvdrByDay pvdr = PvdrByDay.Of([10, 20, 10, 15, 10, 10], [3, 3, 4, 4, 5, 5]);
        pvdr.PerDay.Select(d => d.OverValley).ShouldBe([1.0, .5, 0]);
        pvdr.Median.OverValley.ShouldBe(.5);
        pvdr.Median.OverPeak.ShouldBe(1 / 3.0, 1e-15);
    }

    [Fact]
    public void Of_an_even_number_of_days_the_median_is_the_mean_of_the_two_in_the_middle() =>
        PvdrByDay.Of([10, 20, 10, 15, 10, 10, 10, 40], [0, 0, 1, 1, 2, 2, 3, 3]).Median.OverValley.ShouldBe(.75);

    [Fact]
    public void The_median_is_taken_by_each_definition_apart()
    {
        // A day with a valley of 0 has no ratio over the valley and still counts over the peak.
        PvdrByDay pvdr = PvdrByDay.Of([10, 20, 0, 10, 10, 10], [0, 0, 1, 1, 2, 2]);
        pvdr.PerDay[1].OverValley.ShouldBe(double.NaN);
        pvdr.Median.ShouldBe(new Pvdr(.5, .5));
    }

    [Fact]
    public void No_load_has_no_day_and_no_median()
    {
        PvdrByDay pvdr = PvdrByDay.Of([], []);
        pvdr.PerDay.ShouldBeEmpty();
        pvdr.Median.OverPeak.ShouldBe(double.NaN);
    }

    [Fact]
    public void Loads_and_days_of_different_length_are_a_programmers_error() =>
        Should.Throw<ArgumentException>(() => PvdrByDay.Of([1, 2], [0])).Message.ShouldContain("2 loads but 1 days");
}
