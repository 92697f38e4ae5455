using Movc.Domain;
using Movc.Domain.Mobility;
using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Simulation.People;
using Movc.Ingest.Time;
using Movc.Studies.Estimation.Fit;
using Movc.Studies.Estimation.Input;
using Movc.Studies.Estimation.Stays;

namespace Movc.Studies.Estimation;

/// <summary>From files of records to a population (docs/math/estimation.md).</summary>
internal static class Estimator
{
    /// <summary>Fewest users for a population.</summary>
    private const int FewestUsers = 5;

    /// <summary>Estimates.</summary>
    /// <param name="city">A city whose place, clock and whatever is not estimated are taken.</param>
    /// <param name="options">What to read and how.</param>
    /// <param name="step">Told what is being done.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <exception cref="InputException">No such file, no column, or nobody who tells enough.</exception>
    public static Estimate Run(CityParameters city, EstimationOptions options, Action<string> step, CancellationToken cancellationToken)
    {
        var area = new CityArea(city.Districts, options.Borders is null ? [] : Borders.Read(options.Borders, city.Districts));
        var calendar = new NodaCityCalendar(city.TimeZone);
        var counts = new InputCounts();
        var points = new PointSet();
        var reader = new RecordReader(area, calendar, options.Columns, points, counts);
        foreach (string input in options.Inputs) reader.Read(input, step, cancellationToken);
        step("putting the records in order");
        var tracks = UserTracks.Of(points, counts);
        TimeGeoParameters start = ((TimeGeo)CityPeople.Of(city).Mobility).Parameters;
        var rules = new StayRules { LongestGapMin = options.LongestGapMin, StraightKmPerHour = start.SpeedKmPerHour / start.Detour };
        WorkBlockComponent[] blocks = [.. city.Work.Blocks.Select(b => new WorkBlockComponent(b.Weight, b.StartMeanMin, b.DurationMeanMin, b.StartVarianceMin2, b.CovarianceMin2, b.DurationVarianceMin2))];
        var raw = new RawEstimator(area, calendar, rules, start, blocks, options.Threads);
        step("finding stays and places");
        RawEstimate estimate = raw.Of(tracks, null, cancellationToken);
        if (estimate.Histories.Count < FewestUsers)
        {
            string why = string.Join(", ", estimate.LeftOut.Select(l => $"{l.Value} {Describe(l.Key)}").Concat(counts.Faults.Select(f => $"{f.Count} records {f.Fault.ToString().ToLowerInvariant()}")));
            throw new InputException($"{string.Join(", ", options.Inputs)}: {estimate.Histories.Count} of {tracks.Users.Count} users tell enough for a population, {FewestUsers} are needed ({why})");
        }
        long offsetMs = calendar.OffsetMinutes(tracks.AtMs[tracks.First[estimate.Histories[0].User]]) * 60_000L;
        (PopulationFit population, RawEstimate check) = new Calibration(raw, area, start, offsetMs, options.NoiseM / 1000, options.Drivers, options.Seed, options.Threads).Run(estimate, tracks, step, cancellationToken);
        return new Estimate(counts, tracks, estimate, population, check, area);
    }

    /// <summary>A reason for people.</summary>
    public static string Describe(UserFault fault) => fault switch
    {
        UserFault.FewStays => $"with fewer than {RawEstimator.FewestStays} stays",
        UserFault.ShortSpan => $"over less than {RawEstimator.ShortestSpanDays:0} days",
        _ => "without a home",
    };
}
