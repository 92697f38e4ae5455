using Movc.Domain.Events;
using Movc.Domain.Time;
using Movc.Studies.Estimation.Input;
using Movc.Studies.Estimation.Places;
using Movc.Studies.Estimation.Stays;

namespace Movc.Studies.Trajectories;

/// <summary>Finds the stays of every recorded driver, with home and work, as an estimation does (docs/math/estimation.md).</summary>
internal static class TrajectoryStays
{
    /// <summary>Stays by user, in time order; a user without a stay has none.</summary>
    public static TrajectoryStay[][] Of(UserTracks tracks, StayRules rules, CityArea area, ICityCalendar calendar, CancellationToken cancellationToken)
    {
        var detector = new StayDetector(rules);
        var found = new List<FoundStay>[tracks.Users.Count];
        for (int u = 0; u < found.Length; u++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            found[u] = [];
            detector.Find(tracks, u, found[u]);
            // A stop too short to be seen has no place, and a stay none after its end.
            found[u].RemoveAll(s => float.IsNaN(s.EastKm) || s.DepartMs <= s.ArriveMs);
        }
        FoundRegions regions = FoundRegions.Of(area, found.SelectMany(f => f));
        return [.. found.Select((stays, user) => Labelled(user, stays, tracks, regions, area, calendar))];
    }

    private static TrajectoryStay[] Labelled(int user, List<FoundStay> found, UserTracks tracks, FoundRegions regions, CityArea area, ICityCalendar calendar)
    {
        if (found.Count == 0) return [];
        double days = Math.Max(1, (found[^1].DepartMs - found[0].ArriveMs) / 86_400_000.0);
        UserHistory history = HistoryBuilder.Of(user, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(found), area, regions, calendar, (int)Math.Ceiling(days), days);
        var stays = new List<TrajectoryStay>(found.Count);
        int before = -1;
        foreach (FoundStay stay in found)
        {
            int region = regions.Of(area, stay.EastKm, stay.NorthKm);
            // One place in two runs: the noise of GPS, not a trip.
            if (stays.Count > 0 && region >= 0 && region == before && !stays[^1].CutAfter && !stay.CutBefore)
            {
                stays[^1] = stays[^1] with { DepartMs = stay.DepartMs, CutAfter = stay.CutAfter };
                continue;
            }
            PlaceKind place = region >= 0 && region == history.Home ? PlaceKind.Home : region >= 0 && region == history.Work ? PlaceKind.Work : PlaceKind.Other;
            // Two stays overlap where the distance between them was told as too short a trip.
            long arrive = stays.Count > 0 ? Math.Max(stay.ArriveMs, stays[^1].DepartMs + 1) : stay.ArriveMs;
            if (stay.DepartMs <= arrive) continue;
            stays.Add(new TrajectoryStay(arrive, stay.DepartMs, stay.EastKm, stay.NorthKm, place, stay.CutAfter));
            before = region;
        }
        return [.. stays];
    }
}
