using Movc.Domain.Habits;
using Movc.Domain.Time;

namespace Movc.Domain.Tests.Habits;

/// <summary>What is remembered of when vehicles are away, and what is expected from it.</summary>
public sealed class HabitTests
{
    private const long DayMs = 86_400_000;
    private static readonly ICityCalendar Calendar = UtcCalendar.Instance;

    /// <summary>2022-07-18, a Monday.</summary>
    private static readonly int Monday = (int)(1_658_102_400_000 / DayMs);

    [Fact]
    public void All_that_is_remembered_of_a_vehicle_is_copied_and_nothing_of_others()
    {
        HabitColumns from = new(), to = new();
        from.Resize(5);
        to.Resize(4);
        var random = new Random(3);
        for (int column = 0; column < HabitColumns.ColumnCount; column++)
        {
            random.NextBytes(from.Bytes(column, 5));
            random.NextBytes(to.Bytes(column, 4));
        }
        byte[][] before = [.. Enumerable.Range(0, HabitColumns.ColumnCount).Select(column => to.Bytes(column, 4).ToArray())];
        to.Copy(from, 3, 1);
        for (int column = 0; column < HabitColumns.ColumnCount; column++)
        {
            int bytes = to.Bytes(column, 1).Length;
            to.Bytes(column, 4).ToArray().ShouldBe([.. before[column][..bytes], .. from.Bytes(column, 5).Slice(3 * bytes, bytes), .. before[column][(2 * bytes)..]], $"column {column}");
        }
    }

    [Fact]
    public void Nothing_is_expected_of_a_vehicle_of_which_nothing_was_seen()
    {
        var seen = new Seen();
        seen.Expect(At(Monday, 12), plugged: true, sinceMs: At(Monday, 8)).ShouldBeEmpty();
        seen.Expect(At(Monday, 12), plugged: false, sinceMs: At(Monday, 8)).ShouldBeEmpty();
        // What it declares itself is known; of its return nothing is.
        seen.Expect(At(Monday, 12), plugged: true, sinceMs: At(Monday, 8), departureMs: At(Monday, 15)).ShouldBe([new ExpectedGap(At(Monday, 15), long.MaxValue, 0)]);
    }

    [Fact]
    public void A_working_day_is_expected_as_the_last_one_was_and_a_weekend_as_the_last_weekend()
    {
        var seen = new Seen();
        seen.Away(At(Monday - 1, 14), At(Monday - 1, 16), 5_000);
        seen.Away(At(Monday, 8), At(Monday, 9), 3_000);
        seen.Away(At(Monday, 18), At(Monday, 18.5), 2_000);
        seen.Expect(At(Monday + 1, 0), true, At(Monday, 19)).ShouldBe(
            [new(At(Monday + 1, 8), At(Monday + 1, 9), 3_000), new(At(Monday + 1, 18), At(Monday + 1, 18.5), 2_000), new(At(Monday + 2, 8), At(Monday + 2, 9), 3_000)]);
        // Friday evening looks into Saturday.
        seen.Away(At(Monday + 4, 7), At(Monday + 4, 7.5), 1_000);
        seen.Expect(At(Monday + 4, 20), true, At(Monday + 4, 8)).ShouldBe([new(At(Monday + 5, 14), At(Monday + 5, 16), 5_000)]);
        // On Monday the whole of Friday counts, not the Monday before.
        seen.Expect(At(Monday + 7, 0), true, At(Monday + 4, 8))[0].ShouldBe(new(At(Monday + 7, 7), At(Monday + 7, 7.5), 1_000));
    }

    [Fact]
    public void A_day_without_a_gap_is_a_day_at_the_plug_and_expected_again()
    {
        var seen = new Seen();
        seen.Away(At(Monday, 8), At(Monday, 9), 3_000);
        seen.Expect(At(Monday + 1, 0), true, At(Monday, 9)).ShouldNotBeEmpty();
        // Tuesday passed without a gap.
        seen.Expect(At(Monday + 2, 0), true, At(Monday, 9)).ShouldBeEmpty();
        seen.Away(At(Monday + 3, 8), At(Monday + 3, 9), 3_000);
        seen.Expect(At(Monday + 4, 0), true, At(Monday + 3, 9)).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_declared_departure_takes_length_and_use_from_the_habit_nearest_in_time_and_that_one_is_not_expected_twice()
    {
        var seen = new Seen();
        seen.Away(At(Monday, 8), At(Monday, 9), 3_000);
        seen.Away(At(Monday, 18), At(Monday, 18.5), 2_000);
        foreach (double declared in new[] { 7.0, 7.9, 8.0, 8.5, 9.2, 10.9 })
        {
            IReadOnlyList<ExpectedGap> gaps = seen.Expect(At(Monday + 1, 2), true, At(Monday, 19), At(Monday + 1, declared));
            gaps[0].ShouldBe(new ExpectedGap(At(Monday + 1, declared), At(Monday + 1, declared + 1), 3_000));
            gaps[1].FromMs.ShouldBe(At(Monday + 1, 18));
            gaps[2].FromMs.ShouldBe(At(Monday + 2, 8));
        }
        // Hours from any habit: as long as the nearest, which is still to come.
        seen.Expect(At(Monday + 1, 0), true, At(Monday, 19), At(Monday + 1, 3)).Take(2).ShouldBe([new(At(Monday + 1, 3), At(Monday + 1, 4), 3_000), new(At(Monday + 1, 8), At(Monday + 1, 9), 3_000)]);
        // Two days at the plug: away for a short time.
        seen.Expect(At(Monday + 3, 0), true, At(Monday, 19), At(Monday + 3, 3)).ShouldBe([new(At(Monday + 3, 3), At(Monday + 3, 4), 0)]);
    }

    [Fact]
    public void Who_is_away_comes_back_as_usual_and_who_is_overdue_at_any_moment()
    {
        var seen = new Seen();
        seen.Away(At(Monday, 8), At(Monday, 9), 3_000);
        IReadOnlyList<ExpectedGap> gaps = seen.Expect(At(Monday + 1, 8.5), plugged: false, sinceMs: At(Monday + 1, 7.75));
        gaps[0].ShouldBe(new ExpectedGap(At(Monday + 1, 7.75), At(Monday + 1, 8.75), 3_000));
        gaps = seen.Expect(At(Monday + 1, 10), plugged: false, sinceMs: At(Monday + 1, 7.75));
        gaps[0].ShouldBe(new ExpectedGap(At(Monday + 1, 7.75), At(Monday + 1, 10) + 1, 3_000));
        seen.Expect(At(Monday + 1, 23), plugged: false, sinceMs: At(Monday + 1, 22.5))[0].ShouldBe(new ExpectedGap(At(Monday + 1, 22.5), At(Monday + 1, 23.5), 3_000));
    }

    [Fact]
    public void Gaps_come_in_order_do_not_overlap_and_begin_before_the_end_asked_for()
    {
        var random = new Random(8);
        for (int n = 0; n < 500; n++)
        {
            var seen = new Seen();
            long atMs = At(Monday - 20, 0);
            for (int gap = 0; gap < random.Next(1, 60); gap++)
            {
                long leaves = atMs + random.NextInt64(1, DayMs), back = leaves + random.NextInt64(1, random.Next(2) == 0 ? DayMs / 10 : 3 * DayMs);
                seen.Away(leaves, back, random.Next(-100, 40_000));
                atMs = back;
            }
            long now = atMs + random.NextInt64(0, 3 * DayMs);
            bool plugged = random.Next(3) > 0;
            long until = now + random.NextInt64(1, 2 * DayMs);
            IReadOnlyList<ExpectedGap> gaps = seen.Expect(now, plugged, plugged ? atMs : now - random.NextInt64(1, DayMs), plugged && random.Next(2) == 0 ? now + random.NextInt64(1, DayMs) : 0, until);
            for (int g = 0; g < gaps.Count; g++)
            {
                gaps[g].ToMs.ShouldBeGreaterThan(gaps[g].FromMs);
                gaps[g].UsedWh.ShouldBeGreaterThanOrEqualTo(0);
                if (g > 0) gaps[g].FromMs.ShouldBeGreaterThan(gaps[g - 1].ToMs - 1);
                if (g > 0) gaps[g].FromMs.ShouldBeLessThan(until);
                if (plugged || g > 0) gaps[g].FromMs.ShouldBeGreaterThan(now);
                gaps[g].ToMs.ShouldBeGreaterThan(now);
            }
        }
    }

    [Fact]
    public void More_gaps_than_are_kept_of_a_day_leave_the_first_ones_and_a_long_one_is_cut_to_what_fits()
    {
        var seen = new Seen();
        for (int hour = 6; hour < 16; hour++) seen.Away(At(Monday, hour), At(Monday, hour + .5), 1_000);
        seen.Expect(At(Monday + 1, 0), true, At(Monday, 16)).Count(g => g.FromMs < At(Monday + 2, 0)).ShouldBe(HabitColumns.GapsPerDay);
        var gap = new RememberedGap(143, 5_000, 10_000_000);
        (gap.StartSlot, gap.SlotsAway, gap.UsedWh).ShouldBe((143, RememberedGap.MaxSlots, ushort.MaxValue * RememberedGap.WhStep));
        Should.Throw<ArgumentOutOfRangeException>(() => new RememberedGap(144, 1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new RememberedGap(-1, 1, 0));
    }

    [Fact]
    public void Days_away_are_no_days_at_the_plug()
    {
        var seen = new Seen();
        // It plugs in every third day: from Monday evening to Wednesday noon it is away, and again from Wednesday night to Friday.
        seen.Away(At(Monday, 18), At(Monday + 2, 12), 30_000);
        seen.Expect(At(Monday + 2, 13), true, At(Monday + 2, 12), departureMs: At(Monday + 2, 19))[0].ShouldBe(new ExpectedGap(At(Monday + 2, 19), At(Monday + 4, 13), 30_000));
        seen.Away(At(Monday + 2, 22), At(Monday + 4, 8), 12_000);
        // Thursday was not spent at the plug: the last working day that is finished is Wednesday.
        seen.Expect(At(Monday + 4, 9), true, At(Monday + 4, 8), departureMs: At(Monday + 4, 18))[0].UsedWh.ShouldBe(12_000);
    }

    [Fact]
    public void The_usual_need_is_the_mean_of_all_stays_and_after_many_it_still_follows()
    {
        var columns = new HabitColumns();
        columns.Resize(2);
        columns.Of(1).UsualNeedWh.ShouldBe(0);
        columns.Need(1, 0);
        columns.Of(1).UsualNeedWh.ShouldBe(0);
        foreach (int neededWh in (ReadOnlySpan<int>)[9_000, 3_000, 12_000, 6_000, 8_000]) columns.Need(1, neededWh);
        // Of a few nothing is said.
        columns.Of(1).UsualNeedWh.ShouldBe(0);
        columns.Need(1, 10_000);
        columns.Of(1).UsualNeedWh.ShouldBe(8_000);
        columns.Of(0).UsualNeedWh.ShouldBe(0);
        for (int stay = 0; stay < HabitColumns.MaxNeeds; stay++) columns.Need(1, 8_000);
        columns.Need(1, 8_000 + (100 * HabitColumns.MaxNeeds));
        columns.Of(1).UsualNeedWh.ShouldBe(8_100);
    }

    [Fact]
    public void The_usual_power_is_the_smaller_of_the_last_two_stays()
    {
        var seen = new Seen();
        seen.Away(At(Monday, 8), At(Monday, 9), 0, chargeW: 7_000, lastChargeW: 0);
        seen.Habit.UsualChargeW.ShouldBe(7_000);
        seen.Away(At(Monday, 12), At(Monday, 13), 0, chargeW: 60_000, lastChargeW: 7_000);
        seen.Habit.UsualChargeW.ShouldBe(7_000);
        seen.Away(At(Monday, 14), At(Monday, 15), 0, chargeW: 50_000, lastChargeW: 60_000);
        seen.Habit.UsualChargeW.ShouldBe(50_000);
    }

    private static long At(int day, double hour) => (day * DayMs) + (long)Math.Round(hour * 3_600_000);

    private sealed class Seen
    {
        private readonly HabitColumns _columns = new();
        private readonly HabitOutlook _outlook = new();

        public Seen() => _columns.Resize(3);

        public VehicleHabit Habit => _columns.Of(1);

        public void Away(long fromMs, long toMs, int usedWh, int chargeW = 7_000, int lastChargeW = 7_000)
        {
            _columns.Leave(1, 50_000);
            _columns.Return(1, fromMs, toMs, 50_000 - usedWh, chargeW, lastChargeW, Calendar);
        }

        public IReadOnlyList<ExpectedGap> Expect(long atMs, bool plugged, long sinceMs, long departureMs = 0, long? untilMs = null)
        {
            var gaps = new ExpectedGap[12];
            VehicleHabit habit = Habit;
            int count = _outlook.Expect("v"u8, in habit, new PlugMoment(atMs, plugged, sinceMs, departureMs), untilMs ?? atMs + (36 * 3_600_000L), Calendar, gaps);
            return gaps[..count];
        }
    }
}
