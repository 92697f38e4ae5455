using Movc.Domain.Places;
using Movc.Domain.Randomness;

namespace Movc.Domain.Mobility;

/// <summary>One driver's own parameters of the TimeGeo model (model.md §§2-3).</summary>
/// <param name="ToursPerWeek">n_w.</param>
/// <param name="DwellRate">β1.</param>
/// <param name="BurstRate">β2.</param>
/// <param name="OtherDistance">Density of the distance to a new place.</param>
/// <param name="Home">Region.</param>
/// <param name="Work">Region; −1 where there is none.</param>
public readonly record struct TimeGeoTraits(double ToursPerWeek, double DwellRate, double BurstRate, GammaDistance OtherDistance, int Home, int Work)
{
    /// <summary>Draws a driver.</summary>
    internal static TimeGeoTraits Draw(TimeGeo model, ref CounterRandom random)
    {
        TimeGeoParameters p = model.Parameters;
        bool works = random.NextUniform() < p.WorkplaceShare && p.Work.Ever;
        double tours = p.ToursPerWeek.Draw(ref random), dwell = p.DwellRate.Draw(ref random), burst = p.BurstRate.Draw(ref random);
        double factor = p.DistanceFactors[(int)(random.NextUniform() * p.DistanceFactors.Count)];
        int home = HomeOf(model, ref random);
        int work = works ? model.Destinations.Draw(home, new GammaDistance(p.DistanceShape, p.WorkDistanceKm * factor / p.DistanceShape), ref random) : -1;
        return new TimeGeoTraits(tours, dwell, burst, new GammaDistance(p.DistanceShape, p.OtherDistanceKm * factor / p.DistanceShape), home, work);
    }

    private static int HomeOf(TimeGeo model, ref CounterRandom random)
    {
        int district = Pick(model.CumulatedDistrictWeights, random.NextUniform());
        return model.HomesByDistrict[district][Pick(model.CumulatedHomes[district], random.NextUniform())];
    }

    private static int Pick(double[] cumulated, double uniform)
    {
        double at = uniform * cumulated[^1];
        int i = 0;
        while (i < cumulated.Length - 1 && at >= cumulated[i]) i++;
        return i;
    }
}
