using Movc.Domain.Metrics;
using Movc.Domain.Queries;
using Movc.Domain.Sources;
using Movc.Gateway.Frames;

namespace Movc.Gateway.Tests;

public class CityFrameComposerTests
{
    private static CityFrame Compose(TwinStatus? status = null, PlanView? plan = null, LoadCurves? history = null, FakeRun? run = null, DateTimeOffset? now = null) =>
        CityFrameComposer.Compose(status ?? Samples.Status(), plan, history, run ?? new FakeRun(), new EastEight(), now ?? Samples.Now);

    [Fact]
    public void Before_the_first_interval_what_is_not_known_is_null_and_not_zero()
    {
        CityFrame frame = Compose(Samples.Status() with { At = null });
        frame.Schema.ShouldBe(1);
        frame.At.ShouldBeNull();
        frame.Load.ShouldBeNull();
        frame.Horizon.ShouldBeNull();
        frame.Pvdr.ShouldBeNull();
        frame.Plan.ShouldBeNull();
        frame.Mode.ShouldBe("simulated");
        frame.State.ShouldBe("running");
    }

    [Fact]
    public void The_load_is_that_of_the_newest_realized_interval()
    {
        LoadCurves history = Samples.History();
        Compose(history: history).Load.ShouldBe(new FrameLoad(history.OriginalKw[^1], history.ChargeOnlyKw[^1], history.AfterKw[^1]));
    }

    [Fact]
    public void The_pvdr_of_today_takes_realized_intervals_since_local_midnight_and_planned_ones_until_the_next()
    {
        LoadCurves history = Samples.Curves(Samples.Now.AddHours(-26), 26 * 6), horizon = Samples.Plan().Horizon;
        FramePvdr pvdr = Compose(plan: Samples.Plan(), history: history).Pvdr!;
        // 15:00 in the city: 15 hours gone, 9 to come, whatever else the curves hold.
        (pvdr.RealizedSlots, pvdr.PlannedSlots).ShouldBe((90, 54));
        double[] today = [.. history.AfterKw.Skip(11 * 6), .. horizon.AfterKw.Take(54)];
        pvdr.After.ShouldBe(Pvdr.Of(today));
        pvdr.Original.ShouldNotBe(pvdr.ChargeOnly);
    }

    [Fact]
    public void An_interval_that_is_realized_and_planned_counts_once_as_realized()
    {
        // The plan is an hour old: six of its intervals are history by now.
        LoadCurves history = Samples.Curves(Samples.Now.AddHours(-15), 96);
        FramePvdr pvdr = Compose(Samples.Status() with { At = Samples.Now.AddHours(1) }, Samples.Plan(), history).Pvdr!;
        (pvdr.RealizedSlots, pvdr.PlannedSlots).ShouldBe((96, 48));
        pvdr.Original.ShouldBe(Pvdr.Of([.. history.OriginalKw, .. Samples.Plan().Horizon.OriginalKw.Skip(6).Take(48)]));
    }

    [Fact]
    public void At_local_midnight_the_new_day_is_all_plan()
    {
        DateTimeOffset midnight = Samples.Now.AddHours(9);
        PlanView plan = Samples.Plan() with { At = midnight, Horizon = Samples.Curves(midnight, 144) };
        FramePvdr pvdr = Compose(Samples.Status() with { At = midnight }, plan, Samples.Curves(midnight.AddDays(-1), 144)).Pvdr!;
        (pvdr.RealizedSlots, pvdr.PlannedSlots).ShouldBe((0, 144));
    }

    [Fact]
    public void History_is_asked_for_from_before_yesterdays_local_midnight()
    {
        DateTimeOffset from = CityFrameComposer.HistoryFrom(Samples.Now, new EastEight())!.Value;
        from.ShouldBe(Samples.Now.AddHours(-15 - 25));
        CityFrameComposer.HistoryFrom(null, new EastEight()).ShouldBeNull();
    }

    [Fact]
    public void The_age_of_a_plan_grows_with_the_clock_and_is_never_negative()
    {
        CityFrame frame = Compose(plan: Samples.Plan(), now: Samples.Now.AddSeconds(-3));
        frame.Plan!.AgeSeconds.ShouldBe(0);
        CityFrameComposer.WithAge(frame, Samples.Now, Samples.Now.AddSeconds(42.5)).Plan!.AgeSeconds.ShouldBe(42.5);
    }

    public static TheoryData<string, string, CityMode, RunState, string?, int, int> Qualities => new()
    {
        // expected, vehicles' quality, mode, state, plan status, plan age s, share of that quality in 100
        { "good", "good", CityMode.Live, RunState.Running, "solved", 0, 100 },
        { "good", "good", CityMode.Live, RunState.Running, null, 0, 100 },
        { "substituted", "good", CityMode.Replay, RunState.Running, "solved", 0, 100 },
        { "substituted", "good", CityMode.Simulated, RunState.Finished, "solved", 9999, 100 },
        { "substituted", "stale", CityMode.Live, RunState.Running, "solved", 0, 1 },
        { "substituted", "stale", CityMode.Live, RunState.Running, "solved", 0, 50 },
        { "stale", "stale", CityMode.Live, RunState.Running, "solved", 0, 51 },
        { "stale", "invalid", CityMode.Simulated, RunState.Running, "solved", 0, 51 },
        { "stale", "good", CityMode.Live, RunState.Running, "late", 0, 100 },
        { "stale", "good", CityMode.Live, RunState.Running, "solved", 31, 100 },
        { "good", "good", CityMode.Live, RunState.Running, "solved", 30, 100 },
        { "invalid", "good", CityMode.Live, RunState.Running, "failed", 0, 100 },
        { "invalid", "good", CityMode.Live, RunState.Failed, "solved", 0, 100 },
    };

    [Theory]
    [MemberData(nameof(Qualities))]
    public void The_overall_quality_is_the_worst_that_matters(
        string expected, string quality, CityMode mode, RunState state, string? planStatus, int ageSeconds, int share)
    {
        var vehicles = new Dictionary<string, int>(StringComparer.Ordinal) { ["good"] = 0 };
        vehicles[quality] = share;
        vehicles["good"] += 100 - share;
        // At 60 times life an interval takes 10 s: overdue after two of them and 10 s of grace.
        var run = new FakeRun { Mode = mode, State = state, Speed = 60 };
        PlanView? plan = planStatus is null ? null : Samples.Plan(status: planStatus);
        OverallQuality.Of(Samples.Status(quality: vehicles), plan, run, Samples.Now.AddSeconds(ageSeconds)).ShouldBe(expected);
    }
}
