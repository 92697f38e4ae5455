using Movc.Studies.Estimation.Input;
using Movc.Studies.Estimation.Stays;

namespace Movc.Studies.Tests.Estimation;

public class StayDetectorTests
{
    private const long Min = 60_000;

    [Fact]
    public void A_place_is_one_stay_whatever_the_noise_and_a_trip_divides_two()
    {
        // Half an hour at 0, a point on the way, an hour at 5 km.
        List<FoundStay> stays = Find([(0, 0), (10, 0.03), (20, -0.04), (30, 0.02), (40, 2.5), (50, 5), (60, 5.05), (110, 4.97)]);
        stays.Count.ShouldBe(2);
        stays[0].EastKm.ShouldBe(0, 0.01f);
        stays[1].EastKm.ShouldBe(5, 0.03f);
        stays[0].CutBefore.ShouldBeTrue();
        stays[1].CutAfter.ShouldBeTrue();
        // At 15 km/h 2.5 km take 10 minutes: gone at 30, there at 50.
        stays[0].DepartMs.ShouldBeInRange(30 * Min - Min, 30 * Min + Min);
        stays[1].ArriveMs.ShouldBeInRange(50 * Min - Min, 50 * Min + Min);
    }

    [Fact]
    public void A_silence_cuts_and_nothing_is_known_across_it()
    {
        List<FoundStay> stays = Find([(0, 0), (30, 0), (60, 0), (400, 0), (430, 0)]);
        stays.Count.ShouldBe(2);
        stays[0].CutAfter.ShouldBeTrue();
        stays[1].CutBefore.ShouldBeTrue();
        stays[0].DepartMs.ShouldBe(60 * Min);
        stays[1].ArriveMs.ShouldBe(400 * Min);
    }

    [Fact]
    public void Between_two_stays_without_a_point_the_silence_is_shared_beside_the_way()
    {
        // 40 minutes of silence, 2.5 km or 10 minutes of way: 15 minutes on either side.
        List<FoundStay> stays = Find([(0, 0), (30, 0), (70, 2.5), (100, 2.5)]);
        stays[0].DepartMs.ShouldBeInRange(45 * Min - Min, 45 * Min + Min);
        stays[1].ArriveMs.ShouldBeInRange(55 * Min - Min, 55 * Min + Min);
    }

    [Fact]
    public void A_way_out_and_back_had_a_stop_that_was_not_seen()
    {
        List<FoundStay> stays = Find([(0, 0), (30, 0), (40, 2), (50, 2.6), (60, 1), (70, 0), (100, 0)]);
        stays.Count.ShouldBe(3);
        float.IsNaN(stays[1].EastKm).ShouldBeTrue();
        stays[1].ArriveMs.ShouldBe(50 * Min);
    }

    [Fact]
    public void A_spike_is_no_trip()
    {
        Find([(0, 0), (2, 0), (3, 4), (4, 0), (20, 0)]).Count.ShouldBe(1);
        Find([(0, 0), (20, 0), (23, 9), (24, 0), (60, 0)]).Count.ShouldBe(1);
    }

    [Fact]
    public void Records_that_are_stays_are_taken_as_they_are()
    {
        var tracks = new UserTracks(["a"], [0, 4], [0, 60 * Min, 70 * Min, 1000 * Min], [3000, 300, 3600, 3600], [0, 1, 2, 3], [0, 0, 0, 0]);
        var stays = new List<FoundStay>();
        new StayDetector(new StayRules { StraightKmPerHour = 15 }).Find(tracks, 0, stays);
        // The second is too short, before the last lies a silence.
        stays.Select(s => s.EastKm).ShouldBe([0f, 2f, 3f]);
        stays.Select(s => s.CutBefore).ShouldBe([true, false, true]);
        stays.Select(s => s.CutAfter).ShouldBe([false, true, true]);
    }

    private static List<FoundStay> Find((int Min, double East)[] points)
    {
        var tracks = new UserTracks(["a"], [0, points.Length], [.. points.Select(p => p.Min * Min)], new int[points.Length], [.. points.Select(p => (float)p.East)], new float[points.Length]);
        var stays = new List<FoundStay>();
        new StayDetector(new StayRules { StraightKmPerHour = 15 }).Find(tracks, 0, stays);
        return stays;
    }
}
