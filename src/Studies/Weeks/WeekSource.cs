using Movc.Domain.Simulation;
using Movc.Ingest.Simulation.Parameters;
using Movc.Studies.Cache;

namespace Movc.Studies.Weeks;

/// <summary>Weeks on demand: the one asked for last, one kept in the cache, or a new simulation. Not for several threads at once.</summary>
/// <param name="cache">Null = nothing is kept.</param>
/// <param name="threads">0 = all processors.</param>
public sealed class WeekSource(StudyCache? cache, int threads)
{
    private const string Kind = "week";
    private string? _lastKey;
    private SimulatedWeek? _last;

    /// <summary>How the last week came: as "simulated", for the log.</summary>
    public string LastOrigin { get; private set; } = "none";

    /// <summary>Name of a week by its content.</summary>
    public static string KeyOf(CityParameters city, WeekSettings settings) => ContentKey.Of(ModelVersion.Text, city.Hash, settings.Canonical);

    /// <summary>The week.</summary>
    /// <param name="city">The parameters.</param>
    /// <param name="settings">Which week.</param>
    /// <param name="step">Told what is being done.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    public SimulatedWeek Get(CityParameters city, WeekSettings settings, Action<string> step, CancellationToken cancellationToken)
    {
        string key = KeyOf(city, settings);
        if (string.Equals(_lastKey, key, StringComparison.Ordinal))
        {
            LastOrigin = "in memory";
            return _last!;
        }
        // One week at a time in memory: the one before is let go first.
        (_lastKey, _last) = (null, null);
        PeopleModel people = WeekSimulation.PeopleOf(city, settings);
        SimulatedWeek? week = null;
        if (cache is not null)
        {
            step("reading the simulated week");
            week = WeekFile.TryRead(cache.PathOf(Kind, key), key, settings, people);
        }
        LastOrigin = week is null ? "simulated" : "cached";
        if (week is null)
        {
            week = WeekSimulation.Run(people, settings, threads, step, cancellationToken);
            if (cache is not null)
            {
                step("keeping the simulated week");
                WeekFile.Write(cache.PathOf(Kind, key), key, week);
                cache.Trim();
            }
        }
        else
        {
            cache!.Touch(cache.PathOf(Kind, key));
        }
        (_lastKey, _last) = (key, week);
        return week;
    }
}
