using System.Globalization;
using System.Text;
using Movc.Domain;
using Movc.Domain.Events;
using Movc.Ingest.Replay;
using Movc.Ingest.Time;

namespace Movc.Ingest.Tests.Replay;

public sealed class SessionRulesTests
{
    [Fact]
    public void A_session_that_begins_before_the_one_in_use_ends_is_put_aside_and_the_earlier_stands()
    {
        SessionSet set = Judge("A;1 10:00;1 12:00;5", "A;1 11:00;1 14:00;7", "A;1 13:00;1 15:00;9");
        Used(set).ShouldBe(["1 10:00-1 12:00", "1 13:00-1 15:00"]);
        RefusedSession refused = set.Refused.ShouldHaveSingleItem();
        refused.Reason.ShouldBe(DeadLetterReason.SessionOverlaps);
        refused.Line.ShouldBe(3);
        refused.Detail.ShouldBe("it begins at 2019-01-01 11:00 while A's session on line 2 lasts until 2019-01-01 12:00");
    }

    [Fact]
    public void Sessions_that_touch_in_a_minute_and_sessions_of_others_do_not_overlap() =>
        Judge("A;1 10:00;1 12:00;5", "A;1 12:00;1 14:00;5", "B;1 11:00;1 13:00;5").Refused.ShouldBeEmpty();

    [Fact]
    public void Rows_out_of_order_are_judged_by_their_plug_in()
    {
        SessionSet set = Judge("A;1 11:00;1 14:00;5", "A;1 10:00;1 12:00;5");
        set.Refused.ShouldHaveSingleItem().Line.ShouldBe(2);
        Used(set).ShouldBe(["1 10:00-1 12:00"]);
    }

    [Fact]
    public void Zero_length_goes_before_overlap_and_blocks_nothing()
    {
        SessionSet set = Judge("A;1 10:00;1 12:00;5", "A;1 11:00;1 11:00;0,01", "A;1 12:00;1 12:00;0,01", "A;1 12:00;1 13:00;5");
        set.Refused.Select(r => (r.Line, r.Reason)).ShouldBe([(3, DeadLetterReason.SessionZeroLength), (4, DeadLetterReason.SessionZeroLength)]);
        set.Refused[0].Detail.ShouldBe("it is plugged in and out at 2019-01-01 11:00");
        set.Sessions.Count.ShouldBe(2);
    }

    [Fact]
    public void A_plug_out_not_told_becomes_the_next_later_plug_in_and_says_so()
    {
        SessionSet set = Judge("A;1 10:00;NA;5", "A;2 09:00;2 12:00;5", "B;1 11:00;1 12:00;1");
        Used(set).ShouldBe(["1 10:00-2 09:00", "2 09:00-2 12:00", "1 11:00-1 12:00"]);
        set.Sessions.Select(s => s.EndQuality).ShouldBe([Quality.Substituted, Quality.Good, Quality.Good]);
    }

    [Fact]
    public void Two_rows_without_end_in_the_same_minute_leave_the_first_and_put_aside_the_second()
    {
        SessionSet set = Judge("A;1 10:00;NA;5", "A;1 10:00;NA;6", "A;2 09:00;2 12:00;5");
        Used(set).ShouldBe(["1 10:00-2 09:00", "2 09:00-2 12:00"]);
        set.Refused.ShouldHaveSingleItem().Reason.ShouldBe(DeadLetterReason.SessionOverlaps);
    }

    [Fact]
    public void A_last_plug_out_not_told_stays_open()
    {
        SessionSet set = Judge("A;1 10:00;NA;5", "A;1 10:00;NA;6");
        set.Sessions.ShouldHaveSingleItem().IsOpen.ShouldBeTrue();
        set.Counts.Open.ShouldBe(1);
        set.Refused.ShouldHaveSingleItem().Detail.ShouldBe("it begins at 2019-01-01 10:00 while A's session on line 2 has no end");
    }

    [Theory]
    [InlineData("A;2 10:00;2 09:00;5", "it is plugged out at 2019-01-02 09:00, before its plug-in at 2019-01-02 10:00")]
    [InlineData("NA;2 10:00;2 11:00;5", "User_ID is not told")]
    [InlineData("A;NA;2 11:00;5", "Start_plugin is not told")]
    [InlineData("A;2 10:00;2 11:00;NA", "El_kWh is not told")]
    [InlineData("A;2 10:00;2 11:00;-0,5", "its energy of -0.5 kWh is negative")]
    [InlineData("A;2 10:00;2 11:00;1500", "its energy of 1500 kWh is beyond any battery (1364 kWh)")]
    public void A_row_that_contradicts_itself_is_put_aside_with_its_bytes(string row, string detail)
    {
        SessionSet set = Judge("A;1 10:00;1 12:00;5", row);
        RefusedSession refused = set.Refused.ShouldHaveSingleItem();
        refused.Reason.ShouldBe(DeadLetterReason.SessionMalformed);
        refused.Detail.ShouldBe(detail);
        Encoding.UTF8.GetString(refused.Raw.Span).ShouldBe(Written(row));
        set.Counts.ShouldBe(new SessionCounts(2, 1, 1, 0, 0, 1, 0, 0));
    }

    [Fact]
    public void A_file_of_which_nothing_can_be_used_is_refused()
    {
        using TemporaryFile file = FileOf("A;1 10:00;1 10:00;5");
        Should.Throw<InputException>(() => Apply(file)).Message.ShouldBe(
            $"{file.Path}:2:Start_plugin: none of the 1 sessions can be used, this one because it is plugged in and out at 2019-01-01 10:00; mend the file");
    }

    private static SessionSet Judge(params string[] rows)
    {
        using TemporaryFile file = FileOf(rows);
        return Apply(file);
    }

    private static SessionSet Apply(TemporaryFile file) =>
        SessionRules.Apply(SessionFile.Read(file.Path), new NodaCityCalendar("UTC"), ReplayParameters.Default);

    private static TemporaryFile FileOf(params string[] rows) =>
        new("User_ID;Start_plugin;End_plugout;El_kWh\r\n" + string.Concat(rows.Select(r => Written(r) + "\r\n")));

    /// <summary>"A;1 10:00;…" is the first of January 2019, 10:00.</summary>
    private static string Written(string row) => string.Join(';', row.Split(';').Select(
        f => f.Contains(':', StringComparison.Ordinal) ? $"0{f.Split(' ')[0]}.01.2019 {f.Split(' ')[1]}" : f));

    private static string[] Used(SessionSet set) => [.. set.Sessions.Select(s => $"{At(s.StartMs)}-{At(s.EndMs)}")];

    private static string At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("%d HH:mm", CultureInfo.InvariantCulture);
}
