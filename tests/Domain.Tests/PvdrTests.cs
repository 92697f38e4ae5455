using Movc.Domain.Metrics;

namespace Movc.Domain.Tests;

public sealed class PvdrTests
{
    [Fact]
    public void The_peak_valley_difference_is_taken_over_the_valley_and_over_the_peak()
    {
        Pvdr pvdr = Pvdr.Of([12, 8, 10, 16]);
        pvdr.OverValley.ShouldBe(1.0);
        pvdr.OverPeak.ShouldBe(.5);
    }

    [Fact]
    public void A_flat_load_has_no_difference() => Pvdr.Of([7, 7, 7]).ShouldBe(new Pvdr(0, 0));

    [Fact]
    public void The_ratio_does_not_depend_on_the_unit_or_the_order()
    {
        double[] load = [9_000, 13_700, 11_250, 10_000];
        Pvdr inMegawatts = Pvdr.Of([.. load.Reverse().Select(l => l / 1024)]);
        inMegawatts.ShouldBe(Pvdr.Of(load));
    }

    [Fact]
    public void An_empty_load_has_none()
    {
        Pvdr pvdr = Pvdr.Of([]);
        pvdr.OverValley.ShouldBe(double.NaN);
        pvdr.OverPeak.ShouldBe(double.NaN);
    }

    [Fact]
    public void A_valley_at_or_under_zero_leaves_only_the_ratio_over_the_peak()
    {
        Pvdr.Of([-2, 8]).OverValley.ShouldBe(double.NaN);
        Pvdr.Of([-2, 8]).OverPeak.ShouldBe(1.25);
        Pvdr.Of([0, 8]).OverValley.ShouldBe(double.NaN);
        Pvdr.Of([-3, -2]).OverPeak.ShouldBe(double.NaN);
    }

    [Fact]
    public void A_load_that_is_not_a_number_does_not_pass_as_one()
    {
        Pvdr pvdr = Pvdr.Of([5, double.NaN, 10]);
        pvdr.OverValley.ShouldBe(double.NaN);
        pvdr.OverPeak.ShouldBe(double.NaN);
    }
}
