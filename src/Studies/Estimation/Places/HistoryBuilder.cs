using Movc.Domain.Events;
using Movc.Domain.Time;
using Movc.Studies.Estimation.Input;
using Movc.Studies.Estimation.Stays;

namespace Movc.Studies.Estimation.Places;

/// <summary>Turns the stays of all users into regions and visits.</summary>
internal static class HistoryBuilder
{
    private const double MsPerMin = 60_000;

    /// <summary>Monday 1970-01-05, minutes.</summary>
    private const double FirstMondayMin = 4 * 1440;

    /// <summary>Visits of one user, with labels.</summary>
    public static UserHistory Of(int user, ReadOnlySpan<FoundStay> stays, CityArea area, FoundRegions regions, ICityCalendar calendar, int daysSeen, double spanDays)
    {
        var visits = new List<Visit>(stays.Length);
        foreach (ref readonly FoundStay stay in stays)
        {
            double offset = calendar.OffsetMinutes(stay.ArriveMs) - FirstMondayMin;
            var visit = new Visit
            {
                ArriveMin = (stay.ArriveMs / MsPerMin) + offset,
                DepartMin = (stay.DepartMs / MsPerMin) + offset,
                Region = regions.Of(area, stay.EastKm, stay.NorthKm),
                CutBefore = stay.CutBefore,
                CutAfter = stay.CutAfter,
            };
            // One place in two runs: the noise of GPS, not a trip.
            if (visits.Count > 0 && visit.Region >= 0 && visits[^1].Region == visit.Region && !visit.CutBefore && !visits[^1].CutAfter)
            {
                visits[^1] = visits[^1] with { DepartMin = visit.DepartMin, CutAfter = visit.CutAfter };
                continue;
            }
            visits.Add(visit);
        }
        Visit[] all = [.. visits];
        int home = PlaceLabels.HomeOf(all);
        int work = home < 0 ? -1 : PlaceLabels.WorkOf(all, home, r => regions.DistanceKm(home, r), daysSeen / 7.0);
        for (int i = 0; i < all.Length; i++)
            all[i].Place = all[i].Region < 0 ? PlaceKind.Other : all[i].Region == home ? PlaceKind.Home : all[i].Region == work ? PlaceKind.Work : PlaceKind.Other;
        return new UserHistory(user, all, home, work, daysSeen, spanDays);
    }
}
