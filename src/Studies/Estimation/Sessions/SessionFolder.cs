using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Movc.Domain;
using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Simulation;
using Movc.Ingest.Replay;
using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Simulation.People;
using Movc.Ingest.Time;
using Movc.Studies.Estimation.Output;
using Movc.Studies.Output;
using Movc.Studies.Report;

namespace Movc.Studies.Estimation.Sessions;

/// <summary>Fits the charging choice to a file of plug sessions and writes it: NAME.json, charging.json, charging.html.</summary>
public static class SessionFolder
{
    /// <summary>By which a folder is known as one.</summary>
    public const string Document = "charging.json";

    /// <summary>The page for people.</summary>
    public const string Report = "charging.html";

    /// <summary>Fits and writes.</summary>
    /// <param name="folder">It is there.</param>
    /// <param name="sessions">File of sessions, in a known format.</param>
    /// <param name="place">Where they were.</param>
    /// <param name="cityOrFile">The base: whatever is not estimated is its.</param>
    /// <param name="name">Key of the new city.</param>
    /// <param name="seed">Of the simulated drivers.</param>
    /// <param name="threads">0 = all processors.</param>
    /// <param name="version">Of the program.</param>
    /// <param name="step">Told what is being done.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <returns>Lines for people.</returns>
    /// <exception cref="InputException">Anything wrong with the input.</exception>
    public static IReadOnlyList<string> Write(
        string folder, string sessions, PlaceKind place, string cityOrFile, string name, long seed, int threads, string version, Action<string> step, CancellationToken cancellationToken)
    {
        CityParameters city = CityParameterFile.Open(cityOrFile);
        step("reading sessions");
        SessionSet set = ReadSessions(sessions, city, out NodaCityCalendar calendar);
        var observed = SessionMoments.Of(set, ms => calendar.OffsetMinutes(ms) * 60_000L);
        if (observed.Users < 5) throw new InputException($"{sessions}: {observed.Users} users have two sessions or more; 5 are needed to tell how people charge");
        PeopleModel people = CityPeople.Of(city);
        ChargingFit fit = new ChargingFitter(people, city.Charging.Cases[ChargingCase.Base], place, seed, threads).Run(observed, step, cancellationToken);
        string source = Path.GetFileName(sessions);
        TextFile.Write(folder, name + ".json", WithWeights(CityParameterFile.TextOfAny(cityOrFile), name, fit, source));
        TextFile.Write(folder, Document, JsonSerializer.Serialize(new { Schema = 1, Version = version, Seed = seed, BaseCity = city.City, BaseParametersHash = city.Hash, Sessions = sessions, Place = place, set.Counts, Fit = fit }, StudyJson.Indented) + "\n");
        TextFile.Write(folder, Report, Page(fit, set.Counts, city, source, place, seed, version));
        return
        [
            FormattableString.Invariant($"{set.Counts.Rows:N0} sessions, {set.Counts.Used:N0} used ({set.Counts.Malformed:N0} malformed, {set.Counts.ZeroLength:N0} of no length, {set.Counts.Overlapping:N0} overlapping left out); {observed.Users:N0} users with two and more"),
            FormattableString.Invariant($"β0 {fit.Weights.Constant:0.##}, β_SOC {fit.Weights.Soc:0.##}, β_ΔSOC {fit.Weights.Gain:0.##} (base {city.Charging.Cases[ChargingCase.Base].Constant:0.##}, {city.Charging.Cases[ChargingCase.Base].Soc:0.##}, {city.Charging.Cases[ChargingCase.Base].Gain:0.##}); {fit.Tried} weights tried"),
            FormattableString.Invariant($"sessions per user and week {observed.PerUserWeek:0.00} observed, {fit.Fitted.PerUserWeek:0.00} fitted, {fit.Before.PerUserWeek:0.00} before; kWh a session {observed.MeanKwh:0.0}, {fit.Fitted.MeanKwh:0.0}, {fit.Before.MeanKwh:0.0}"),
            FormattableString.Invariant($"energies differ by {Estimation.Fit.Distributions.Distance(observed.EnergyShares, fit.Fitted.EnergyShares):0.000} (before {Estimation.Fit.Distributions.Distance(observed.EnergyShares, fit.Before.EnergyShares):0.000}; 0 alike, 1 nothing in common); trips of these users take {fit.TripEnergyFactor:0.00} times the base's energy"),
        ];
    }

    private static SessionSet ReadSessions(string path, CityParameters city, out NodaCityCalendar calendar)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: no such file; give a file of plug-in sessions");
        string header = File.ReadLines(path).FirstOrDefault() ?? string.Empty;
        SessionFormat format = SessionFormat.OfHeader(header.TrimStart('\uFEFF')) ?? throw new InputException(
            $"{path}:1:1: the header is that of no known session file; known are {string.Join(" and ", SessionFormat.Known.Select(f => $"{f.Name} ({f.UserColumn}{f.Delimiter}{f.PlugInColumn}{f.Delimiter}{f.PlugOutColumn}{f.Delimiter}{f.EnergyKwhColumn})"))}");
        // Only the wall clock counts, so any clock reads it.
        calendar = new NodaCityCalendar(city.TimeZone);
        return SessionRules.Apply(SessionFile.Read(path, format), calendar, ReplayParameters.Default);
    }

    /// <summary>The base's file with the fitted weights in its base case; the other cases keep their distance from it.</summary>
    private static string WithWeights(string text, string name, ChargingFit fit, string source)
    {
        JsonObject root = CityDocument.Open(text, name, source);
        JsonObject cases = root["charging"]!["cases"]!.AsObject();
        JsonArray[] rows = [.. cases["rows"]!.AsArray().Select(r => r!.AsArray())];
        JsonArray first = rows.Single(r => string.Equals(r[0]!.GetValue<string>(), "base", StringComparison.Ordinal));
        double[] shift = [fit.Weights.Constant - first[1]!.GetValue<double>(), fit.Weights.Soc - first[2]!.GetValue<double>(), fit.Weights.Gain - first[4]!.GetValue<double>()];
        foreach (JsonArray row in rows)
        {
            row[1] = Math.Round(row[1]!.GetValue<double>() + shift[0], 4);
            row[2] = Math.Round(row[2]!.GetValue<double>() + shift[1], 4);
            row[4] = Math.Round(row[4]!.GetValue<double>() + shift[2], 4);
        }
        cases["mark"] = "E";
        cases["note"] = $"constant, soc and gain of the base case fitted to the sessions of {source}; the other weights, and how the cases differ from the base, as before: [S] and [G]";
        return CityDocument.Close(root, name);
    }

    private static string Page(ChargingFit fit, SessionCounts counts, CityParameters city, string source, PlaceKind place, long seed, string version)
    {
        HtmlText page = ReportPage.Open(
            "From sessions to the charging choice", $"Which weights of the charging choice make simulated sessions at {place} look like those of {source}?",
            [
                ("Sessions", string.Create(CultureInfo.InvariantCulture, $"{counts.Rows:#,0} rows, {counts.Used:#,0} used; left out {counts.Malformed} malformed, {counts.ZeroLength} of no length, {counts.Overlapping} overlapping")),
                ("Estimated by", string.Create(CultureInfo.InvariantCulture, $"Movc {version}, seed {seed}; drivers of {city.City}, parameters {city.Hash}, {city.Assumptions.Count} of them own estimates [G]")),
            ]);
        var charts = new Charts(new Drawing());
        ChargingUtility before = city.Charging.Cases[ChargingCase.Base];
        page.Element("h2", "Weights");
        page.Table(
            ["", "base", "fitted [E]"],
            [
                ["β0, of any charging", Text(before.Constant), Text(fit.Weights.Constant)], ["β_SOC, of how low the battery is", Text(before.Soc), Text(fit.Weights.Soc)], ["β_ΔSOC, of what the stay can add", Text(before.Gain), Text(fit.Weights.Gain)],
                ["energy of trips over the base's", "1", Text(fit.TripEnergyFactor)],
            ]);
        page.Element("p", "Sessions tell when people charged, not when they could have and did not: the simulated drivers supply that, so the weights are those of people who drive as these do. β_Cost and β_R do not differ among slow sessions at one kind of place and stay as they are. The energy factor is what the two differ in driving; it is not written into the city's file.", "soft");
        page.Element("h2", "Observed and simulated");
        page.Table(
            ["", "observed", "base", "fitted"],
            [
                ["sessions per user and week", Text(fit.Observed.PerUserWeek), Text(fit.Before.PerUserWeek), Text(fit.Fitted.PerUserWeek)],
                ["kWh a session", Text(fit.Observed.MeanKwh), Text(fit.Before.MeanKwh), Text(fit.Fitted.MeanKwh)],
                ["distance of the energies from the observed ones", "0", Text(Estimation.Fit.Distributions.Distance(fit.Observed.EnergyShares, fit.Before.EnergyShares)), Text(Estimation.Fit.Distributions.Distance(fit.Observed.EnergyShares, fit.Fitted.EnergyShares))],
                ["distance of the hours from the observed ones", "0", Text(Estimation.Fit.Distributions.Distance(fit.Observed.HourShares, fit.Before.HourShares)), Text(Estimation.Fit.Distributions.Distance(fit.Observed.HourShares, fit.Fitted.HourShares))],
            ]);
        page.Figure(charts.Histogram("Energy of sessions", "kWh, the last bin is open", "share of sessions", SessionMoments.EnergyEdges, [("observed", Ink.Original, fit.Observed.EnergyShares), ("base", Ink.ChargeOnly, fit.Before.EnergyShares), ("fitted", Ink.After, fit.Fitted.EnergyShares)]), "Energy drawn in a session.");
        page.Figure(charts.Histogram("Hours of plug-ins", "hour of the day", "share of sessions", [.. Enumerable.Range(0, 25).Select(h => (double)h)], [("observed", Ink.Original, fit.Observed.HourShares), ("base", Ink.ChargeOnly, fit.Before.HourShares), ("fitted", Ink.After, fit.Fitted.HourShares)]), "When cars are plugged in: a matter of when the drivers come, which is not fitted here.");
        return ReportPage.Close(page);
    }

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
