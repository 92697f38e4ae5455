using Movc.Domain.Operators;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.Output;

namespace Movc.Cli.Tests;

/// <summary>Whoever says that a limit was kept must notice when it was not.</summary>
public sealed class LimitJudgementTests
{
    private const long From = 1_658_102_400_000;

    [Fact]
    public void In_hindsight_every_interval_is_held_against_the_limit_that_stood_when_it_began()
    {
        OperatorEntry[] orders =
        [
            Order(OperatorEntry.Limit, "west", minute: 10, 100, 50), Order(OperatorEntry.Limit, "east", minute: 0, 1, 1), Order(OperatorEntry.Hold, "west", minute: 11),
            // Given within the fourth interval: it stands from the fifth on.
            Order(OperatorEntry.Limit, "west", minute: 35, 200), Order(OperatorEntry.Unlimit, "west", minute: 60),
        ];
        // Before the limit; at it; over it; under what may be delivered; within the new one; over it; free again.
        DistrictPast past = DistrictPast.Of("west", From, [500, 100, 107, -51, 150, 205, 999], orders);
        (past.Limited, past.Over, past.MostOverKw).ShouldBe((5, 3, 7));
        past.MostOverAt.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(From + (2 * Slots.Ms)));
        DistrictPast kept = DistrictPast.Of("west", From, [500, 100, 99, -50, 150, 200, 999], orders);
        (kept.Limited, kept.Over, kept.MostOverKw, kept.MostOverAt).ShouldBe((5, 0, 0, null));
        DistrictPast.Of("north", From, [1e9], orders).Limited.ShouldBe(0);
    }

    [Fact]
    public void A_runs_summary_holds_what_was_measured_against_the_limit_of_the_interval_before()
    {
        IntervalSummary[] intervals = [Interval(Limit(100, null)), Interval(Limit(100, 90)), Interval(Limit(50, 120)), Interval(Limit(50, 60)), Interval()];
        LimitSummary sum = LimitSummary.Of(intervals).ShouldHaveSingleItem();
        (sum.Intervals, sum.Over, sum.HighestKw, sum.LowestKw, sum.ImportKw).ShouldBe((3, 2, 120, 60, 50));
        sum.ToString().ShouldBe("west: at most 50 kW drawn; 60 to 120 kW measured, over it in 2 of 3 intervals");
        LimitSummary.Of([Interval()]).ShouldBeEmpty();
    }

    private static OperatorEntry Order(string action, string name, int minute, double? importKw = null, double? exportKw = null) =>
        new(default, DateTimeOffset.FromUnixTimeMilliseconds(From + (minute * 60_000)), action, HoldScope.District, name, "lead", "drill", importKw, exportKw);

    private static LimitView Limit(double importKw, double? measuredKw) => new("west", importKw, null, 0, 0, 0, measuredKw, 0, true);

    private static IntervalSummary Interval(params LimitView[] limits) => new(0, default, 0, 0, 0, "solved", string.Empty, 0, 0, 0, 0, limits.Length > 0 ? limits : null);
}
