using Movc.Studies.Estimation.Fit;
using Movc.Studies.Estimation.Places;
using Movc.Studies.Output;

namespace Movc.Studies.Estimation.Output;

/// <summary>users.csv: each user's own parameters, corrected by what the population's were corrected by; empty where the records do not tell.</summary>
internal static class UserTable
{
    public static string Of(Estimate e)
    {
        var table = new CsvTable("user", "toursPerWeek", "dwellRate", "burstRate", "explorationRate", "explorationDecay", "distanceShape", "distanceScaleKm", "stays", "daysSeen", "homeLat", "homeLon", "workLat", "workLon");
        (PopulationFit raw, PopulationFit fit) = (e.Raw.Population, e.Population);
        for (int i = 0; i < e.Raw.Histories.Count; i++)
        {
            UserHistory history = e.Raw.Histories[i];
            UserFit user = e.Raw.Users[i];
            (double? homeLat, double? homeLon) = Place(e, history.Home);
            (double? workLat, double? workLon) = Place(e, history.Work);
            table.Row(
                e.Tracks.Users[history.User], user.ToursPerWeek * fit.ToursPerWeek.Median / raw.ToursPerWeek.Median, user.DwellRate * fit.DwellRate.Median / raw.DwellRate.Median,
                user.BurstRate * fit.BurstRate.Median / raw.BurstRate.Median, user.ExplorationRate * fit.ExplorationRate / raw.ExplorationRate, fit.ExplorationDecay,
                fit.DistanceShape, user.DistanceKm * fit.MedianOtherDistanceKm / raw.MedianOtherDistanceKm / fit.DistanceShape, history.Visits.Length, history.DaysSeen, homeLat, homeLon, workLat, workLon);
        }
        return table.ToString();
    }

    private static (double? Latitude, double? Longitude) Place(Estimate e, int region)
    {
        if (region < 0) return (null, null);
        (double latitude, double longitude) = e.Area.ToDegrees(e.Raw.Regions.EastKm[region], e.Raw.Regions.NorthKm[region]);
        return (latitude, longitude);
    }
}
