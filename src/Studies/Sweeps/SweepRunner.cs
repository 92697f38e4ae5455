using System.Globalization;
using System.Text.Json;
using Movc.Domain;
using Movc.Ingest.Simulation.Parameters;
using Movc.Studies.Cache;
using Movc.Studies.Output;
using Movc.Studies.Points;
using Movc.Studies.Weeks;

namespace Movc.Studies.Sweeps;

/// <summary>
/// Runs a study point by point. Every answer is kept by its content as soon as it is there: a study that was interrupted goes on where it
/// ended, and one that shares points with another finds them.
/// </summary>
/// <param name="cache">Null = nothing is kept.</param>
/// <param name="threads">0 = all processors; results are the same for any number.</param>
/// <param name="time">Clock of the times.</param>
public sealed class SweepRunner(StudyCache? cache, int threads, TimeProvider time)
{
    private const string Kind = "point";

    /// <summary>Bytes that a vehicle's day takes with its dispatch: 296 at the most were measured (480,000 vehicles, a week, 993 MB), and room beside them.</summary>
    private const double BytesPerVehicleDay = 420;

    private readonly Dictionary<string, CityParameters> _cities = new(StringComparer.Ordinal);

    /// <summary>Runs the study.</summary>
    /// <param name="plan">What to answer.</param>
    /// <param name="settings">What all points share.</param>
    /// <param name="progress">Told (points done, points in all, what is being done).</param>
    /// <param name="cancellationToken">Ends the job; what is answered stays kept.</param>
    /// <exception cref="InputException">A city that is not known or whose file is wrong, or more vehicles than the memory holds.</exception>
    public StudyResult Run(StudyPlan plan, StudySettings settings, Action<int, int, string> progress, CancellationToken cancellationToken)
    {
        StudyPoint[] points = [.. plan.Grids.SelectMany(g => g.Points(settings, CityOf)).Distinct()];
        if (points.Length == 0) throw new InputException("the study has no point: give at least one value of everything that it varies");
        foreach (StudyPoint point in points) ThrowIfTooLarge(point);
        var answers = new PointAnswer[points.Length];
        var times = new PointTime[points.Length];
        var runner = new PointRunner(new WeekSource(cache, threads), threads);
        int done = 0;
        // Points of one simulated week one after the other: there is one in memory at a time.
        foreach (int i in Enumerable.Range(0, points.Length).GroupBy(i => WeekSource.KeyOf(CityOf(points[i].City), points[i].Week), StringComparer.Ordinal).SelectMany(g => g))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = PointNames.Of(points[i], points);
            long since = time.GetTimestamp();
            (answers[i], string week) = Answer(runner, points[i], what => progress(done, points.Length, $"{name}: {what}"), cancellationToken);
            times[i] = new PointTime(i + 1, Math.Round(time.GetElapsedTime(since).TotalSeconds, 3), week);
            progress(++done, points.Length, name);
        }
        cache?.Trim();
        string[] cities = [.. points.Select(p => p.City).Distinct(StringComparer.Ordinal)];
        return new StudyResult(plan, settings, answers, [.. cities.Select(c => new StudyCity(c, CityOf(c).Name, CityOf(c).Hash, CityOf(c).Assumptions))], times);
    }

    private (PointAnswer Answer, string Week) Answer(PointRunner runner, StudyPoint point, Action<string> step, CancellationToken cancellationToken)
    {
        CityParameters city = CityOf(point.City);
        string key = ContentKey.Of(ModelVersion.Text, city.Hash, point.City, point.Canonical, point.Sample.ToString("R", CultureInfo.InvariantCulture));
        if (cache?.TryReadText(Kind, key) is { } text && TryRead(text) is { } kept) return (kept, "kept");
        PointAnswer answer = runner.Run(city, point, step, cancellationToken);
        cache?.WriteText(Kind, key, JsonSerializer.Serialize(answer, StudyJson.Compact));
        return (answer, runner.LastWeekOrigin);
    }

    /// <summary>A kept answer, or null where the text is none: then it is computed again.</summary>
    private static PointAnswer? TryRead(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<PointAnswer>(text, StudyJson.Compact);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private CityParameters CityOf(string city)
    {
        if (!_cities.TryGetValue(city, out CityParameters? parameters)) _cities[city] = parameters = CityParameterFile.Open(city);
        return parameters;
    }

    private static void ThrowIfTooLarge(StudyPoint point)
    {
        double wanted = point.Vehicles * (double)point.Days * BytesPerVehicleDay, there = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (wanted <= 0.9 * there) return;
        // Two digits, rounded down: the share named must fit.
        double fits = 0.9 * there / wanted, unit = Math.Pow(10, Math.Floor(Math.Log10(fits)) - 1);
        throw new InputException(string.Create(
            CultureInfo.InvariantCulture,
            $"{point.Vehicles:N0} vehicles over {point.Days} days need about {wanted / 1e9:0.0} GB of memory, {there / 1e9:0.0} GB are here; give --sample {Math.Floor(fits / unit) * unit:0.############} or less"));
    }
}
