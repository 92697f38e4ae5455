using System.Text.Json;
using Movc.Domain;
using Movc.Ingest.Simulation.Parameters;
using Movc.Studies.Estimation.Output;
using Movc.Studies.Output;

namespace Movc.Studies.Estimation;

/// <summary>Estimates a city from records and writes it: NAME.json, users.csv, estimate.json, report.html.</summary>
public static class EstimateFolder
{
    /// <summary>By which a folder is known as one.</summary>
    public const string Document = "estimate.json";

    /// <summary>The page for people.</summary>
    public const string Report = "report.html";

    /// <summary>Estimates and writes.</summary>
    /// <param name="folder">It is there, and empty.</param>
    /// <param name="cityOrFile">The base: whatever is not estimated is its.</param>
    /// <param name="name">Key of the new city.</param>
    /// <param name="fleet">Vehicles of the new city; null = the base's.</param>
    /// <param name="options">What to read and how.</param>
    /// <param name="version">Of the program.</param>
    /// <param name="step">Told what is being done.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <returns>Lines for people.</returns>
    /// <exception cref="InputException">Anything wrong with the input.</exception>
    public static IReadOnlyList<string> Write(
        string folder, string cityOrFile, string name, int? fleet, EstimationOptions options, string version, Action<string> step, CancellationToken cancellationToken)
    {
        CityParameters city = CityParameterFile.Open(cityOrFile);
        Estimate estimate = Estimator.Run(city, options, step, cancellationToken);
        step("writing");
        string source = string.Join(", ", options.Inputs.Select(Path.GetFileName));
        TextFile.Write(folder, name + ".json", EstimatedCity.Of(CityParameterFile.TextOfAny(cityOrFile), city, name, fleet, estimate, source));
        TextFile.Write(folder, "users.csv", UserTable.Of(estimate));
        EstimateDocument document = EstimateDocument.Of(estimate, city, options, version);
        TextFile.Write(folder, Document, JsonSerializer.Serialize(document, StudyJson.Indented) + "\n");
        TextFile.Write(folder, Report, EstimateReport.Of(estimate, city, options, version));
        return
        [
            FormattableString.Invariant($"{document.Records:N0} records, {estimate.Counts.LeftOut:N0} left out; {document.Users:N0} users, {document.UsersKept:N0} tell enough; {document.Regions:N0} stay regions"),
            .. document.Parameters.Select(p => FormattableString.Invariant($"{p.Symbol,-8} {ParameterLine.Text(p.Estimate),9} {p.Unit,-7} as seen {ParameterLine.Text(p.AsSeen),9}   {p.Name}")),
            FormattableString.Invariant($"seen against simulated: stay lengths differ by {document.StayLengthDistance:0.000}, trip distances by {document.TripDistanceDistance:0.000} (0 alike, 1 nothing in common)"),
            .. document.DistrictsWithoutHomes.Count > 0 ? [$"no user lives in {string.Join(", ", document.DistrictsWithoutHomes)}: their share of the fleet lives elsewhere"] : Array.Empty<string>(),
        ];
    }
}
