using Movc.Domain.Mobility;
using Movc.Domain.Places;
using Movc.Studies.Estimation.Input;
using Movc.Studies.Estimation.Tracks;

namespace Movc.Studies.Estimation.Fit;

/// <summary>
/// Takes out what sampling does to an estimate, by indirect inference: a population is looked for whose simulated drivers, seen at the very
/// times at which the real users were, lead the same estimator to the same figures.
/// </summary>
/// <param name="estimator">The estimator.</param>
/// <param name="area">Where the city is.</param>
/// <param name="start">What is not estimated.</param>
/// <param name="offsetMs">Offset of the city's clock.</param>
/// <param name="noiseKm">Standard deviation of a fix each way.</param>
/// <param name="drivers">How many are simulated, some for each user where users are few.</param>
/// <param name="seed">Of the simulated drivers.</param>
/// <param name="threads">0 = all processors.</param>
internal sealed class Calibration(RawEstimator estimator, CityArea area, TimeGeoParameters start, long offsetMs, double noiseKm, int drivers, long seed, int threads)
{
    private const int Rounds = 3;

    /// <summary>Range of α that a city's file takes.</summary>
    private const double SmallestShape = 0.1, LargestShape = 10;

    /// <summary>Range of a group's mean distance, km: under it everybody stays at home, over it no city holds them.</summary>
    private const double ShortestMeanKm = 0.3, LongestMeanKm = 300;

    /// <summary>Longest step of one round, a factor either way.</summary>
    private const double LongestStep = 2.5;

    /// <summary>Corrects an estimate.</summary>
    /// <param name="raw">The estimate.</param>
    /// <param name="tracks">Its records.</param>
    /// <param name="step">Told what is being done.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <returns>The population, and what the estimator makes of its simulated drivers.</returns>
    public (PopulationFit Population, RawEstimate Check) Run(RawEstimate raw, UserTracks tracks, Action<string> step, CancellationToken cancellationToken)
    {
        PopulationFit candidate = raw.Population;
        int[] users = Mimicked(raw);
        for (int round = 0; ; round++)
        {
            step($"looking for the population that looks like this, round {round + 1} of {Rounds + 1}");
            var mobility = new TimeGeo(ParametersOf(candidate, raw), RegionsOf(raw));
            // The same draws in every round: what changes is the population alone.
            UserTracks mimic = TrackMimic.Of(mobility, start.SpeedKmPerHour, tracks, users, offsetMs, noiseKm, seed, threads);
            RawEstimate got = estimator.Of(mimic, null, cancellationToken);
            if (round == Rounds) return (candidate, got);
            candidate = Towards(candidate, raw.Population, got.Population);
        }
    }

    /// <summary>Users who are mimicked, evenly over all of them, or each several times.</summary>
    private int[] Mimicked(RawEstimate raw)
    {
        int count = raw.Histories.Count, times = Math.Max(1, drivers / count);
        return times > 1
            ? [.. Enumerable.Range(0, times).SelectMany(_ => raw.Histories.Select(h => h.User))]
            : [.. Enumerable.Range(0, Math.Min(count, drivers)).Select(k => raw.Histories[(int)((long)k * count / Math.Min(count, drivers))].User)];
    }

    /// <summary>The found regions as the simulator knows regions.</summary>
    public StayRegions RegionsOf(RawEstimate raw)
    {
        double[] homes = new double[raw.Regions.Count];
        foreach (Places.UserHistory history in raw.Histories) homes[history.Home]++;
        return new StayRegions(
            area.OriginLatitudeDeg, area.OriginLongitudeDeg, raw.Regions.EastKm, raw.Regions.NorthKm, [.. raw.Regions.District.Select(d => Math.Max(0, d))], raw.Popularity,
            start.DistrictWeights.Count)
        {
            HomeWeight = homes,
        };
    }

    private TimeGeoParameters ParametersOf(PopulationFit fit, RawEstimate raw)
    {
        double[] byDistrict = new double[start.DistrictWeights.Count];
        foreach (Places.UserHistory history in raw.Histories) byDistrict[Math.Max(0, raw.Regions.District[history.Home])]++;
        return start with
        {
            WorkplaceShare = Math.Clamp(fit.WorkplaceShare, 0, 1),
            ToursPerWeek = fit.ToursPerWeek,
            DwellRate = fit.DwellRate,
            BurstRate = fit.BurstRate,
            ExplorationRate = Math.Clamp(fit.ExplorationRate, 0, 1),
            ExplorationDecay = Math.Max(0, fit.ExplorationDecay),
            DistanceShape = fit.DistanceShape,
            OtherDistanceKm = double.IsFinite(fit.MedianOtherDistanceKm) ? fit.MedianOtherDistanceKm : start.OtherDistanceKm,
            WorkDistanceKm = double.IsFinite(fit.WorkDistanceKm) ? fit.WorkDistanceKm : start.WorkDistanceKm,
            DistanceFactors = double.IsFinite(fit.MedianOtherDistanceKm) ? [.. fit.OtherDistanceKm.Select(km => km / fit.MedianOtherDistanceKm)] : start.DistanceFactors,
            Work = WorkOf(raw),
            CommuterRhythm = Ingest.Simulation.People.CityPeople.RhythmOf(fit.RhythmWithWork),
            NonCommuterRhythm = Ingest.Simulation.People.CityPeople.RhythmOf(fit.RhythmWithoutWork),
            DistrictWeights = byDistrict,
        };
    }

    private WorkBlocks WorkOf(RawEstimate raw) => raw.Work.Components.Count == 0 || !double.IsFinite(raw.Work.Weekday)
        ? start.Work
        : new WorkBlocks(raw.Work.Weekday, double.IsFinite(raw.Work.Weekend) ? raw.Work.Weekend : 0, raw.Work.Components, 30, 1200);

    /// <summary>The candidate moved by as much as what it came to missed what was wanted.</summary>
    private static PopulationFit Towards(PopulationFit candidate, PopulationFit wanted, PopulationFit got) => candidate with
    {
        ToursPerWeek = Scaled(candidate.ToursPerWeek, wanted.ToursPerWeek, got.ToursPerWeek),
        DwellRate = Scaled(candidate.DwellRate, wanted.DwellRate, got.DwellRate),
        BurstRate = Scaled(candidate.BurstRate, wanted.BurstRate, got.BurstRate),
        OtherDistanceKm = [.. candidate.OtherDistanceKm.Select((km, g) => Math.Clamp(km * Factor(wanted.OtherDistanceKm[g], got.OtherDistanceKm[g]), ShortestMeanKm, LongestMeanKm))],
        DistanceShape = Math.Clamp(candidate.DistanceShape * Factor(wanted.DistanceShape, got.DistanceShape), SmallestShape, LargestShape),
        WorkDistanceKm = candidate.WorkDistanceKm * Factor(wanted.WorkDistanceKm, got.WorkDistanceKm),
        ExplorationRate = Explored(candidate, wanted, got).Rate,
        ExplorationDecay = Explored(candidate, wanted, got).Decay,
        WorkplaceShare = Math.Clamp(candidate.WorkplaceShare * Factor(wanted.WorkplaceShare, got.WorkplaceShare), 0, 1),
        RhythmWithWork = Moved(candidate.RhythmWithWork, wanted.RhythmWithWork, got.RhythmWithWork),
        RhythmWithoutWork = Moved(candidate.RhythmWithoutWork, wanted.RhythmWithoutWork, got.RhythmWithoutWork),
    };

    /// <summary>ρ and γ by the rate at ten places known, where most visits are, and the slope there: they move apart, ρ and γ do not.</summary>
    private static (double Rate, double Decay) Explored(PopulationFit candidate, PopulationFit wanted, PopulationFit got)
    {
        if (!double.IsFinite(wanted.ExplorationDecay) || !double.IsFinite(got.ExplorationDecay)) return (candidate.ExplorationRate, candidate.ExplorationDecay);
        const double pivot = 10;
        double Level(PopulationFit fit) => fit.ExplorationRate * Math.Pow(pivot, -fit.ExplorationDecay);
        double decay = Math.Clamp(candidate.ExplorationDecay + wanted.ExplorationDecay - got.ExplorationDecay, 0, 1.5);
        double level = Level(candidate) * Factor(Level(wanted), Level(got));
        return (Math.Min(1, level * Math.Pow(pivot, decay)), decay);
    }

    private static LogNormal Scaled(LogNormal candidate, LogNormal wanted, LogNormal got) =>
        new(candidate.Median * Factor(wanted.Median, got.Median), Math.Min(2, candidate.Sigma * Factor(wanted.Sigma, got.Sigma)));

    private static double Factor(double wanted, double got) => wanted > 0 && got > 0 && double.IsFinite(wanted) && double.IsFinite(got) ? Math.Clamp(wanted / got, 1 / LongestStep, LongestStep) : 1;

    private static double[] Moved(double[] candidate, double[] wanted, double[] got)
    {
        if (candidate.Length != wanted.Length || got.Length != wanted.Length) return candidate;
        double[] moved = [.. candidate.Select((c, h) => c * Factor(wanted[h], got[h]))];
        double sum = moved.Sum();
        return [.. moved.Select(m => m / sum)];
    }
}
