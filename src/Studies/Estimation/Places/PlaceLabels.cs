namespace Movc.Studies.Estimation.Places;

/// <summary>Home and work of a user (model.md §2).</summary>
internal static class PlaceLabels
{
    private const double Day = 1440, Week = 7 * Day;

    /// <summary>The night for which home is looked for, minutes from midnight [G].</summary>
    private const double NightEndMin = 6 * 60;

    /// <summary>Working times begin between these minutes of the day [G].</summary>
    private const double FirstShiftMin = 4 * 60, LastShiftMin = 18 * 60;

    /// <summary>A place where fewer visits a week last a working time is no workplace [G]: a favourite shop is visited as often, but not for so long.</summary>
    private const double WorkVisitsPerWeek = 1.5;

    /// <summary>Shortest working time, minutes [G].</summary>
    private const double WorkMin = 180;

    /// <summary>The region with most time between 0:00 and 6:00; −1 where there is none.</summary>
    /// <remarks>
    /// The paper takes the region with most visits that begin between 18:00 and 4:00 and end before noon. Who does not leave before noon has
    /// none at home: one in ten simulated drivers gets a stranger's home by that rule.
    /// </remarks>
    public static int HomeOf(ReadOnlySpan<Visit> visits)
    {
        var nights = new Dictionary<int, double>();
        foreach (ref readonly Visit visit in visits)
        {
            if (visit.Region < 0) continue;
            for (double day = Math.Floor(visit.ArriveMin / Day); day * Day < visit.DepartMin; day++)
            {
                double slept = Math.Min(visit.DepartMin, (day * Day) + NightEndMin) - Math.Max(visit.ArriveMin, day * Day);
                if (slept > 0) nights[visit.Region] = nights.GetValueOrDefault(visit.Region) + slept;
            }
        }
        return nights.Count == 0 ? -1 : nights.OrderByDescending(n => n.Value).ThenBy(n => n.Key).First().Key;
    }

    /// <summary>The region, not home, that maximises visits × distance from home among those that look like work; −1 where none does.</summary>
    /// <param name="visits">In time order.</param>
    /// <param name="home">Region.</param>
    /// <param name="km">Distance of a region from home.</param>
    /// <param name="weeksSeen">Weeks that the user's records cover.</param>
    public static int WorkOf(ReadOnlySpan<Visit> visits, int home, Func<int, double> km, double weeksSeen)
    {
        var long1 = new Dictionary<int, int>();
        foreach (ref readonly Visit visit in visits)
        {
            if (visit.Region < 0 || visit.Region == home) continue;
            bool weekday = visit.ArriveMin % Week < 5 * Day;
            double begins = visit.ArriveMin % Day, length = visit.DepartMin - visit.ArriveMin;
            if (weekday && begins >= FirstShiftMin && begins < LastShiftMin && length >= WorkMin) long1[visit.Region] = long1.GetValueOrDefault(visit.Region) + 1;
        }
        int work = -1;
        double most = 0;
        foreach ((int region, int n) in long1.OrderBy(w => w.Key))
        {
            double use = n * km(region);
            if (n >= WorkVisitsPerWeek * weeksSeen && use > most) (work, most) = (region, use);
        }
        return work;
    }
}
