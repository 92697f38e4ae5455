using Movc.TwinState.Shards;

namespace Movc.TwinState.Tests.Shards;

public sealed class SequenceWindowTests
{
    [Fact]
    public void It_judges_as_a_set_of_all_numbers_would_in_any_order_with_gaps_and_duplicates()
    {
        var random = new Random(21);
        for (int round = 0; round < 60; round++)
        {
            var window = new SequenceWindow();
            var seen = new HashSet<long>();
            // Numbers arrive shuffled within a reach that never forces the window on; some are left out for ever.
            int reach = random.Next(1, 4000);
            long next = 1;
            var waiting = new List<long>();
            for (int n = 0; n < 3000; n++)
            {
                while (waiting.Count < 40 && next < reach)
                {
                    if (random.Next(10) > 0) waiting.Add(next);
                    next++;
                }
                long number = waiting.Count > 0 && random.Next(4) > 0 ? waiting[random.Next(waiting.Count)] : random.NextInt64(1, reach + 1);
                waiting.Remove(number);
                window.Judge(number).ShouldBe(seen.Contains(number) ? SequenceWindow.Verdict.Seen : SequenceWindow.Verdict.New);
                if (seen.Add(number)) window.Take(number);
                if (random.Next(50) == 0) window = SequenceWindow.Deserialize(window.Serialize());
            }
            long watermark = 0;
            while (seen.Contains(watermark + 1)) watermark++;
            window.Watermark.ShouldBe(watermark);
            window.OpenGaps.ShouldBe(seen.Max() - watermark - seen.Count(s => s > watermark));
            (window.GivenUpTo, window.GivenUpCount).ShouldBe((0, 0));
        }
    }

    [Fact]
    public void A_number_far_ahead_gives_up_what_is_missing_and_older_ones_are_too_old_to_judge()
    {
        var window = new SequenceWindow();
        foreach (long n in new long[] { 1, 2, 4, 6 }) window.Take(n);
        long far = SequenceWindow.Span + 5;
        window.Judge(far).ShouldBe(SequenceWindow.Verdict.New);
        window.Take(far);
        // Up to far − Span + 1 = 6 nothing can be remembered any more: 3 and 5 were given up.
        (window.Watermark, window.GivenUpTo, window.GivenUpCount).ShouldBe((6, 6, 2));
        for (long n = 1; n <= 6; n++) window.Judge(n).ShouldBe(SequenceWindow.Verdict.TooOld);
        window.Judge(7).ShouldBe(SequenceWindow.Verdict.New);
        window.Judge(far).ShouldBe(SequenceWindow.Verdict.Seen);
        window.OpenGaps.ShouldBe(far - 6 - 1);
        for (long n = 7; n < far; n++)
        {
            window.Judge(n).ShouldBe(SequenceWindow.Verdict.New);
            window.Take(n);
        }
        (window.Watermark, window.OpenGaps, window.GivenUpCount).ShouldBe((far, 0, 2));
        window.Judge(far - 1).ShouldBe(SequenceWindow.Verdict.Seen);
        window.Serialize().Length.ShouldBe(24);
    }

    [Fact]
    public void The_farthest_number_that_forces_nothing_is_one_less_than_the_span_ahead()
    {
        var window = new SequenceWindow();
        window.Take(SequenceWindow.Span - 1);
        (window.Watermark, window.GivenUpCount).ShouldBe((0, 0));
        window.Take(SequenceWindow.Span);
        (window.Watermark, window.GivenUpCount).ShouldBe((1, 1));
    }

    [Fact]
    public void A_leap_over_everything_costs_no_time_and_counts_what_it_gave_up()
    {
        var window = new SequenceWindow();
        window.Take(1);
        window.Take(3);
        window.Take(long.MaxValue - 10);
        window.Judge(long.MaxValue - 11).ShouldBe(SequenceWindow.Verdict.New);
        window.Watermark.ShouldBe(long.MaxValue - 10 - SequenceWindow.Span + 1);
        window.GivenUpCount.ShouldBe(window.Watermark - 2);
    }

    [Fact]
    public void It_survives_being_stored_at_any_moment_and_refuses_foreign_bytes()
    {
        var random = new Random(4);
        var window = new SequenceWindow();
        for (int n = 0; n < 4000; n++)
        {
            long number = random.NextInt64(1, 30_000);
            if (window.Judge(number) == SequenceWindow.Verdict.New) window.Take(number);
            if (n % 97 != 0) continue;
            SequenceWindow back = SequenceWindow.Deserialize(window.Serialize());
            (back.Watermark, back.GivenUpTo, back.GivenUpCount, back.OpenGaps).ShouldBe((window.Watermark, window.GivenUpTo, window.GivenUpCount, window.OpenGaps));
            for (long k = Math.Max(1, window.Watermark - 3); k < window.Watermark + SequenceWindow.Span; k += 37) back.Judge(k).ShouldBe(window.Judge(k));
        }
        Should.Throw<ArgumentException>(() => SequenceWindow.Deserialize(new byte[25]));
    }
}
