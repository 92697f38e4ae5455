using Movc.Domain;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.Ingest.Time;

namespace Movc.Ingest.Replay;

/// <summary>A city out of two files: whose vehicles plug in as the session file tells, under the load of the load file.</summary>
/// <param name="Source">The vehicle events.</param>
/// <param name="Load">The city's load without these vehicles.</param>
/// <param name="Calendar">City time.</param>
/// <param name="Assumptions">One printable line each, with its source mark.</param>
public sealed record ReplayCity(
    IVehicleEventSource Source, ICityLoad Load, ICityCalendar Calendar, IReadOnlyList<string> Assumptions)
{
    /// <summary>What became of the session file's rows.</summary>
    public required SessionCounts Counts { get; init; }

    /// <summary>Reads both files, whole or not at all.</summary>
    /// <exception cref="InputException">What is wrong, in one line with its remedy.</exception>
    public static ReplayCity Open(ReplayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ReplayParameters parameters = ReplayParameters.Default;
        var calendar = new NodaCityCalendar(options.TimeZone);
        SessionSet sessions = SessionRules.Apply(SessionFile.Read(options.SessionsPath), calendar, parameters);
        ReplayFleet fleet = ReplayFleet.Build(sessions, parameters, options.Clone, options.Seed);
        var source = new SessionReplay(SourceUriOf(options), fleet, sessions, parameters, calendar, options.From);
        var load = MeteredLoadFile.Read(options.LoadPath, calendar, parameters.PeakKwPerVehicle * fleet.VehicleCount);
        string[] assumptions = options.Clone > 1
            ? [.. parameters.Assumptions, parameters.LoadAssumption, parameters.CloneAssumption]
            : [.. parameters.Assumptions, parameters.LoadAssumption];
        return new ReplayCity(source, load, calendar, assumptions) { Counts = sessions.Counts };
    }

    private static string SourceUriOf(ReplayOptions options)
    {
        string name = "movc:replay/" + Uri.EscapeDataString(Path.GetFileNameWithoutExtension(options.SessionsPath));
        return options.Clone > 1 ? $"{name}~{options.Clone}" : name;
    }
}
