using Movc.Ingest.Simulation.Parameters;
using Movc.Studies.Estimation.Fit;
using Movc.Studies.Estimation.Tracks;

namespace Movc.Studies.Estimation;

/// <summary>Simulated drivers written down as GPS saw them, estimated, and held against what they are.</summary>
/// <param name="Records">Written and read.</param>
/// <param name="Seconds">From the files to the finished estimate.</param>
/// <param name="HomesFound">Share of all drivers.</param>
/// <param name="WorksFound">Share of drivers with a workplace.</param>
/// <param name="Medians">Median of each parameter over the drivers, and the estimate of it.</param>
/// <param name="Rhythm">Distance of P(t) by hour of the day from the drivers' own: 0 alike, 1 nothing in common.</param>
/// <param name="StayLengths">Distance of the lengths of stays, seen against simulated: 0 alike, 1 nothing in common.</param>
/// <param name="TripDistances">The same of the distances of trips.</param>
public sealed record RoundTrip(
    long Records, double Seconds, double HomesFound, double WorksFound, IReadOnlyList<(string Name, double Truth, double Found)> Medians, double Rhythm, double StayLengths, double TripDistances)
{
    /// <summary>Goes round once.</summary>
    /// <param name="city">Whose drivers.</param>
    /// <param name="tracks">How many, and how they are seen.</param>
    /// <param name="folder">Room for the records; it is there.</param>
    /// <param name="time">Clock of the seconds.</param>
    /// <param name="step">Told what is being done.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    public static RoundTrip Run(CityParameters city, TrackOptions tracks, string folder, TimeProvider time, Action<string> step, CancellationToken cancellationToken)
    {
        long records = SyntheticTracks.Write(city, tracks, folder, step, cancellationToken);
        long since = time.GetTimestamp();
        Estimate estimate = Estimator.Run(city, new EstimationOptions { Inputs = [Path.Combine(folder, SyntheticTracks.Points)], NoiseM = tracks.NoiseM, Seed = tracks.Seed + 1 }, step, cancellationToken);
        double seconds = time.GetElapsedTime(since).TotalSeconds;
        TruthCheck check = TruthCheck.Of(estimate, Path.Combine(folder, SyntheticTracks.Truth));
        Distributions seen = Distributions.Of(estimate.Raw), simulated = Distributions.Of(estimate.Check);
        return new RoundTrip(
            records, seconds, check.HomesFound, check.WorksFound, check.Medians, RhythmDistance(city, estimate.Population.RhythmWithWork), Distributions.Distance(seen.Stays, simulated.Stays), Distributions.Distance(seen.Trips, simulated.Trips));
    }

    private static double RhythmDistance(CityParameters city, double[] found)
    {
        double[] truth = ByHour([.. city.Mobility.HourlyRhythm]), day = ByHour(found);
        return Distributions.Distance(truth, day);
    }

    private static double[] ByHour(double[] hours)
    {
        double sum = hours.Sum();
        return [.. Enumerable.Range(0, 24).Select(h => Enumerable.Range(0, hours.Length / 24).Sum(d => hours[(24 * d) + h]) / sum)];
    }
}
