using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Movc.Composition;
using Movc.Domain.Charging;
using Movc.Domain.Fleet;
using Movc.Domain.Places;
using Movc.Studies.Estimation;
using Movc.Studies.Trajectories;
using Movc.Domain;
using Movc.Ingest.Replay;
using Movc.TwinState.History;

namespace Movc.Cli;

/// <summary><c>movc replay</c>: recorded plug-in sessions under a metered load.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var stored = new Option<string?>("--stored") { Description = "Data directory of a run, or one that movc import made: its events are replayed", HelpName = "DIR" };
        var storedPostgres = new Option<string?>("--stored-postgres") { Description = "Connection, for a city whose events are in PostgreSQL", HelpName = "CONNECTION" };
        var sessions = new Option<string?>("--sessions") { Description = "Plug-in sessions, semicolon-separated as in the Trondheim set", HelpName = "FILE" };
        var load = new Option<string?>("--load") { Description = "Metered city load every ten minutes, as in the Tetouan set", HelpName = "FILE" };
        var tracks = new Option<string[]>("--tracks") { Description = "Trajectories: CSV files of GPS points or stays, or folders of such or of GeoLife trajectories (.plt), as movc estimate reads them", HelpName = "FILE…", AllowMultipleArgumentsPerToken = true };
        var cityOf = new Option<string>("--city") { Description = "City that the trajectories are of, whose load, tariff and districts are taken: a name or a parameter file", HelpName = "NAME|FILE.json", DefaultValueFactory = _ => "shenzhen" };
        var timeZone = new Option<string>("--time-zone") { Description = "IANA zone of the session file's local times", HelpName = "ZONE", DefaultValueFactory = _ => "Europe/Oslo" };
        Option<int> clone = Numbers.Option<int>("--clone", Numbers.Count, "a whole number, as 10");
        (clone.Description, clone.HelpName, clone.DefaultValueFactory) = ("Vehicles for every user of the file; copies are shifted by seeded minutes", "N", _ => 1);
        var from = new Option<string?>("--from") { Description = "First local day, yyyy-mm-dd; of a stored period also an instant; default the beginning", HelpName = "TIME" };
        var to = new Option<string?>("--to") { Description = "Of a stored period: where it ends; default its end", HelpName = "TIME" };
        var loop = new Option<bool>("--loop") { Description = "Begin again at the end" };
        var paused = new Option<bool>("--paused") { Description = "Wait for somebody to press play" };
        var common = new CommonOptions(dataOnDemand: true);
        var command = new Command("replay", "Run the twin on what happened before: a stored period of a twin's own events, or trajectories, or recorded plug-in sessions. Play, pause, step, seek, speed and loop on the page, over HTTP and the hub")
        {
            stored, storedPostgres, tracks, cityOf, sessions, load, timeZone, clone, from, to, loop, paused,
        };
        common.AddTo(command);
        command.Validators.Add(result =>
        {
            bool Has(Option option) => result.GetResult(option) is { Implicit: false };
            int sources = (Has(stored) ? 1 : 0) + (Has(storedPostgres) ? 1 : 0) + (Has(tracks) ? 1 : 0) + (Has(sessions) ? 1 : 0);
            if (sources != 1) result.AddError("give what to replay: --stored DIR, --stored-postgres CONNECTION, --tracks FILE, or --sessions FILE with --load FILE");
            if (Has(sessions) != Has(load)) result.AddError("--sessions and --load go together: give both");
            foreach (Option option in (Option[])[timeZone, clone])
            {
                if (Has(option) && !Has(sessions)) result.AddError($"{option.Name} is for --sessions: leave it out");
            }
            if (Has(cityOf) && !Has(tracks)) result.AddError("--city is for --tracks: leave it out");
            if (Has(to) && (Has(sessions) || Has(tracks))) result.AddError("--to is for a stored period; give --intervals");
        });
        Examples.Add(
            command,
            ("movc replay --stored data --speed 600 --hold", "what ./data holds, an interval a second; the page has the controls"),
            ("movc replay --stored data --from \"2022-07-18 17:00\" --to \"2022-07-19 01:00\" --objective peak --speed max --json", "an evening once more, dispatched otherwise"),
            ("movc tracks --users 50 --out tracks && movc replay --tracks tracks/points.csv --speed 600", "recorded trajectories, here of simulated drivers"),
            ("movc replay --sessions examples/sessions-small.csv --load examples/load-small.csv --speed 3600", "three weeks of forty drivers, an hour a second"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(cancellationToken, async () =>
        {
            bool isLooped = result.GetValue(loop), isPaused = result.GetValue(paused);
            if (result.GetValue(tracks) is { Length: > 0 } files)
            {
                var reading = new EstimationOptions { Inputs = files, Seed = common.Seed(result) };
                TrajectoryCity recordedCity = await Jobs.RunAsync((progress, token) => TrajectoryCity.Open(result.GetValue(cityOf)!, reading, Day(result.GetValue(from)), progress.Step, token), cancellationToken);
                TrajectoryReplay source = recordedCity.Source;
                var setup = new CitySetup(
                    recordedCity.Of.Key, source, recordedCity.Of.Load, recordedCity.Calendar,
                    new FleetModel(recordedCity.Of.Unmanaged, recordedCity.Calendar) { Districts = new NearestRegionDistricts(recordedCity.Of.Regions, recordedCity.Of.Districts) }, recordedCity.Assumptions,
                    FormattableString.Invariant($"trajectories {Contents(files)}, parameters {recordedCity.Of.ParametersHash}"))
                {
                    Ground = CityGround.Of(recordedCity.Of, recordedCity.Calendar.TimeZone),
                };
                return await CityRun.ExecuteAsync(setup, common.Read(result), new ReplayedCity(string.Join(", ", files), source.StartMs, source.EndMs!.Value, isLooped, isPaused), cancellationToken);
            }
            if (result.GetValue(sessions) is { } file)
            {
                ReplayCity city = ReplayCity.Open(new ReplayOptions
                {
                    SessionsPath = file,
                    LoadPath = result.GetValue(load)!,
                    TimeZone = result.GetValue(timeZone)!,
                    Clone = result.GetValue(clone),
                    Seed = (ulong)common.Seed(result),
                    From = Day(result.GetValue(from)),
                });
                string name = Path.GetFileNameWithoutExtension(file);
                var setup = new CitySetup(name, city.Source, city.Load, city.Calendar, new FleetModel(UnmanagedCharging.AtOnce, city.Calendar), city.Assumptions, Contents(file, result.GetValue(load)!))
                {
                    Ground = new CityGround { City = name, TimeZone = city.Calendar.TimeZone, Districts = [], LoadSource = city.Load.Description, Assumptions = city.Assumptions },
                };
                return await CityRun.ExecuteAsync(setup, common.Read(result), new ReplayedCity(file, city.Source.StartMs, city.Source.EndMs!.Value, isLooped, isPaused), cancellationToken);
            }
            await using StoredCity recorded = await StoredCity.OpenAsync(result.GetValue(stored) ?? string.Empty, result.GetValue(storedPostgres), toWrite: false, cancellationToken);
            (CitySetup of, ReplayedCity replay) = await StoredReplay.OpenAsync(recorded, result.GetValue(from), result.GetValue(to), isLooped, isPaused, cancellationToken);
            await using var period = (StoredPeriod)of.Source;
            CityRunOptions options = common.Read(result);
            if (result.GetValue(stored) is { } directory && options.DataDirectory.Length > 0 && string.Equals(Path.GetFullPath(directory), Path.GetFullPath(options.DataDirectory), StringComparison.Ordinal))
                throw new InputException($"--data {options.DataDirectory}: is what is replayed; give another directory, or leave --data out");
            return await CityRun.ExecuteAsync(of, options, replay, cancellationToken);
        }));
        return command;
    }

    /// <summary>Names the files by what is in them: another file under the same name is another city.</summary>
    private static string Contents(IEnumerable<string> paths)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in paths.SelectMany(p => Directory.Exists(p) ? Directory.EnumerateFiles(p, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : (IEnumerable<string>)[p]))
        {
            using FileStream file = File.OpenRead(path);
            hash.AppendData(SHA256.HashData(file));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private static string Contents(string sessions, string load)
    {
        return $"sessions {FileContents.Of(sessions)}, load {Path.GetFileName(load)} {FileContents.Of(load)}";
    }

    private static DateOnly? Day(string? text)
    {
        if (text is null) return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? day
            : throw new InputException($"--from \"{text}\": not a day; write it as 2019-11-01");
    }
}
