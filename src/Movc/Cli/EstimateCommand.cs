using System.CommandLine;
using Movc.Domain.Events;
using Movc.Output;
using Movc.Solve;
using Movc.Studies.Estimation;
using Movc.Studies.Estimation.Sessions;

namespace Movc.Cli;

/// <summary><c>movc estimate</c>: a city's people from records of where real ones were.</summary>
internal static class EstimateCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "CSV files of GPS points or stays, or folders of such or of GeoLife trajectories (.plt)", Arity = ArgumentArity.ZeroOrMore };
        var output = new Option<string>("--out") { Description = "Folder to write: the city's parameter file, users.csv, estimate.json, report.html", HelpName = "DIR", Required = true };
        var city = new Option<string>("--city") { Description = "City whose place, clock and whatever is not estimated are taken: a name or a parameter file", HelpName = "NAME|FILE.json", DefaultValueFactory = _ => "shenzhen" };
        var name = new Option<string>("--name") { Description = "Name of the new city: small letters, digits and hyphens", HelpName = "NAME", DefaultValueFactory = _ => "estimated" };
        Option<int?> fleet = Numbers.Optional<int>("--fleet", text => Numbers.Count(text) is >= 1 and <= 5_000_000 and var n ? n : null, "a whole number from 1 to 5000000");
        (fleet.Description, fleet.HelpName) = ("Vehicles of the new city, spread over the districts by their people (default the base's number)", "N");
        var columns = new Option<string[]>("--columns") { Description = "Which column holds what, where the names are not the usual ones: user, time, lat, lon, end, duration", HelpName = "ROLE=COLUMN,…", AllowMultipleArgumentsPerToken = true };
        var sessions = new Option<string?>("--sessions") { Description = "Plug sessions to fit the charging choice to, as the Trondheim or the Asensio workplace set writes them; with records too, on what they tell of driving", HelpName = "FILE" };
        var place = new Option<PlaceKind>("--sessions-at") { Description = "Where those sessions were: home, work, other", HelpName = "PLACE", DefaultValueFactory = _ => PlaceKind.Home };
        var borders = new Option<string?>("--borders") { Description = "GeoJSON of the districts' borders; without it a district is a disc", HelpName = "FILE" };
        Option<double> noise = Numbers.Option<double>("--noise", text => Numbers.Real(text) is >= 0 and <= 1000 and var m ? m : null, "metres from 0 to 1000");
        (noise.Description, noise.HelpName, noise.DefaultValueFactory) = ("Standard deviation of a fix each way, m", "M", _ => 30);
        Option<double> gap = Numbers.Option<double>("--max-gap", text => Numbers.Real(text) is > 0 and <= 10_080 and var m ? m : null, "minutes over 0, at most 10080");
        (gap.Description, gap.HelpName, gap.DefaultValueFactory) = ("After a longer silence nobody knows where a user was, minutes", "MIN", _ => 120);
        Option<long> seed = Numbers.Option<long>("--seed", Numbers.Whole, "a whole number, as 1");
        (seed.Description, seed.HelpName, seed.DefaultValueFactory) = ("Seed of the simulated drivers that the estimate is checked on", "S", _ => 1);
        Option<int> threads = Numbers.Option<int>("--threads", text => Numbers.Count(text) is > 0 and <= 1024 and var n ? n : null, "a whole number from 1 to 1024");
        (threads.Description, threads.HelpName, threads.DefaultValueFactory) = ("Threads; the result is the same for any number", "N", _ => Environment.ProcessorCount);
        var json = new Option<bool>("--json") { Description = "Print estimate.json on standard output" };
        var command = new Command("estimate", "Estimate a city's people from GPS points or stays: places, home, work, and every parameter of how they move")
        {
            files, output, sessions, place, city, name, fleet, columns, borders, noise, gap, seed, threads, json,
        };
        command.Validators.Add(result =>
        {
            bool records = result.GetValue(files) is { Length: > 0 };
            if (!records && result.GetValue(sessions) is null) result.AddError("estimate: give files of records, or --sessions FILE, or both");
            if (result.GetValue(sessions) is null && result.GetResult(place) is { Implicit: false }) result.AddError("--sessions-at is for --sessions: give that too, or leave --sessions-at out");
        });
        columns.Validators.Add(result =>
        {
            foreach (string pair in result.Tokens.SelectMany(t => t.Value.Split(',')))
            {
                if (!TryPair(pair, out string role, out _) || !EstimationOptions.Roles.Contains(role, StringComparer.Ordinal))
                    result.AddError($"--columns \"{pair}\": give ROLE=COLUMN with a role of {string.Join(", ", EstimationOptions.Roles)}");
            }
        });
        name.Validators.Add(result =>
        {
            string given = result.GetValueOrDefault<string>()!;
            if (given.Length is 0 or > 40 || given.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not '-')) result.AddError($"--name \"{given}\": give at most 40 small letters, digits and hyphens");
        });
        Examples.Add(
            command,
            ("movc estimate points.csv --out mycity --name mycity", "GPS points with columns user, time, lat, lon; then movc study --city mycity/mycity.json"),
            ("movc estimate trips.csv --columns user=driver,time=begin,duration=minutes_min --out mycity", "stays with columns of other names"),
            ("movc estimate Geolife/Data --city beijing --out geolife", "GeoLife trajectories"),
            ("movc estimate --sessions trondheim_apartments_sessions.csv --out trondheim", "the charging choice from real sessions at home"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            string folder = result.GetValue(output)!;
            string[] records = result.GetValue(files) ?? [];
            string? plugs = result.GetValue(sessions);
            string mark = records.Length > 0 ? EstimateFolder.Document : SessionFolder.Document;
            StagedFolder.ThrowIfTaken(folder, mark, "--out", "settings.json");
            var stated = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (string pair in (result.GetValue(columns) ?? []).SelectMany(c => c.Split(',')))
            {
                if (TryPair(pair, out string role, out string column)) stated[role] = column;
            }
            var options = new EstimationOptions
            {
                Inputs = records,
                Columns = stated,
                Borders = result.GetValue(borders),
                NoiseM = result.GetValue(noise),
                LongestGapMin = result.GetValue(gap),
                Seed = result.GetValue(seed),
                Threads = result.GetValue(threads),
            };
            List<string> lines = await Jobs.RunAsync(
                (progress, stop) =>
                {
                    using StagedFolder staged = StagedFolder.At(folder, mark, "--out", "settings.json");
                    string key = result.GetValue(name)!, from = result.GetValue(city)!;
                    var said = new List<string>();
                    if (records.Length > 0)
                    {
                        said.AddRange(EstimateFolder.Write(staged.Path, from, key, result.GetValue(fleet), options, ProgramVersion.Text, progress.Step, stop));
                        // The sessions are then fitted on the people who were just found.
                        from = Path.Combine(staged.Path, key + ".json");
                    }
                    if (plugs is not null) said.AddRange(SessionFolder.Write(staged.Path, plugs, result.GetValue(place), from, key, options.Seed, options.Threads, ProgramVersion.Text, progress.Step, stop));
                    stop.ThrowIfCancellationRequested();
                    staged.Complete();
                    return said;
                },
                cancellationToken);
            if (result.GetValue(json)) await Console.Out.WriteAsync(await File.ReadAllTextAsync(Path.Combine(folder, mark), CancellationToken.None));
            else
            {
                foreach (string line in lines) await Console.Out.WriteLineAsync(line);
                await Console.Out.WriteLineAsync($"{Path.Combine(folder, result.GetValue(name) + ".json")}, {Path.Combine(folder, records.Length > 0 ? EstimateFolder.Report : SessionFolder.Report)}");
            }
            return ExitCode.Done;
        }));
        return command;
    }

    private static bool TryPair(string text, out string role, out string column)
    {
        int at = text.IndexOf('=', StringComparison.Ordinal);
        (role, column) = at > 0 && at + 1 < text.Length ? (text[..at].Trim(), text[(at + 1)..].Trim()) : (string.Empty, string.Empty);
        return column.Length > 0;
    }
}
