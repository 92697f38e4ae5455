using System.CommandLine;
using System.Globalization;
using Movc.Ingest.Simulation.Parameters;
using Movc.Solve;
using Movc.Studies.Estimation.Tracks;

namespace Movc.Cli;

/// <summary><c>movc tracks</c>: GPS records of simulated drivers, with the truth beside them.</summary>
internal static class TracksCommand
{
    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "Folder to write: points.csv and truth.csv", HelpName = "DIR", Required = true };
        var city = new Option<string>("--city") { Description = "City whose drivers: a name or a parameter file", HelpName = "NAME|FILE.json", DefaultValueFactory = _ => "shenzhen" };
        Option<int> users = Numbers.Option<int>("--users", text => Numbers.Count(text) is >= 1 and <= 1_000_000 and var n ? n : null, "a whole number from 1 to 1000000");
        (users.Description, users.HelpName, users.DefaultValueFactory) = ("Drivers", "N", _ => 2000);
        Option<int> weeks = Numbers.Option<int>("--weeks", text => Numbers.Count(text) is >= 1 and <= 52 and var n ? n : null, "a whole number from 1 to 52");
        (weeks.Description, weeks.HelpName, weeks.DefaultValueFactory) = ("Weeks seen", "N", _ => 4);
        Option<double> noise = Numbers.Option<double>("--noise", text => Numbers.Real(text) is >= 0 and <= 1000 and var m ? m : null, "metres from 0 to 1000");
        (noise.Description, noise.HelpName, noise.DefaultValueFactory) = ("Standard deviation of a fix each way, m", "M", _ => 30);
        Option<int> every = Numbers.Option<int>("--every", text => Numbers.Count(text) is >= 1 and <= 86_400 and var n ? n : null, "seconds from 1 to 86400");
        (every.Description, every.HelpName, every.DefaultValueFactory) = ("Time between fixes, s", "S", _ => 600);
        Option<double> fixes = Share("--missing-fixes", "Share of fixes that are missing", 0.3);
        Option<double> days = Share("--missing-days", "Share of days without any fix", 0.1);
        Option<long> seed = Numbers.Option<long>("--seed", Numbers.Whole, "a whole number, as 1");
        (seed.Description, seed.HelpName, seed.DefaultValueFactory) = ("Seed of everything drawn", "S", _ => 1);
        var command = new Command("tracks", "Write GPS records of simulated drivers with their true parameters, to try movc estimate on") { output, city, users, weeks, noise, every, fixes, days, seed };
        Examples.Add(
            command,
            ("movc tracks --users 500 --out tracks && movc estimate tracks/points.csv --out found", "an estimate beside the truth in tracks/truth.csv"),
            ("movc tracks --city beijing --every 60 --noise 10 --missing-fixes 0 --out dense", "a fix a minute"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            CityParameters parameters = CityParameterFile.Open(result.GetValue(city)!);
            string folder = result.GetValue(output)!;
            StagedFolder.ThrowIfTaken(folder, SyntheticTracks.Truth, "--out", "settings.json");
            var options = new TrackOptions
            {
                Users = result.GetValue(users),
                Weeks = result.GetValue(weeks),
                NoiseM = result.GetValue(noise),
                EveryS = result.GetValue(every),
                MissingFixes = result.GetValue(fixes),
                MissingDays = result.GetValue(days),
                Seed = result.GetValue(seed),
            };
            long records = await Jobs.RunAsync(
                (progress, stop) =>
                {
                    using StagedFolder staged = StagedFolder.At(folder, SyntheticTracks.Truth, "--out", "settings.json");
                    long written = SyntheticTracks.Write(parameters, options, staged.Path, progress.Step, stop);
                    stop.ThrowIfCancellationRequested();
                    staged.Complete();
                    return written;
                },
                cancellationToken);
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{folder}: {records:N0} records of {options.Users:N0} simulated drivers in {SyntheticTracks.Points}, their parameters in {SyntheticTracks.Truth}"));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Option<double> Share(string name, string description, double value)
    {
        Option<double> option = Numbers.Option<double>(name, text => Numbers.Real(text) is >= 0 and < 1 and var share ? share : null, "a number from 0 to under 1");
        (option.Description, option.HelpName, option.DefaultValueFactory) = (description, "F", _ => value);
        return option;
    }
}
