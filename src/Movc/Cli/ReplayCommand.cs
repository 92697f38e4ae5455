using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Movc.Composition;
using Movc.Domain.Charging;
using Movc.Domain;
using Movc.Ingest.Replay;

namespace Movc.Cli;

/// <summary><c>movc replay</c>: recorded plug-in sessions under a metered load.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var sessions = new Option<string>("--sessions") { Description = "Plug-in sessions, semicolon-separated as in the Trondheim set", HelpName = "FILE", Required = true };
        var load = new Option<string>("--load") { Description = "Metered city load every ten minutes, as in the Tetouan set", HelpName = "FILE", Required = true };
        var timeZone = new Option<string>("--time-zone") { Description = "IANA zone of the session file's local times", HelpName = "ZONE", DefaultValueFactory = _ => "Europe/Oslo" };
        Option<int> clone = Numbers.Option<int>("--clone", Numbers.Count, "a whole number, as 10");
        (clone.Description, clone.HelpName, clone.DefaultValueFactory) = ("Vehicles for every user of the file; copies are shifted by seeded minutes", "N", _ => 1);
        var from = new Option<string?>("--from") { Description = "First local day, yyyy-mm-dd; default the first session's", HelpName = "DAY" };
        var common = new CommonOptions();
        var command = new Command("replay", "Run the twin of a city whose vehicles plug in as recorded sessions tell") { sessions, load, timeZone, clone, from };
        common.AddTo(command);
        Examples.Add(
            command,
            ("movc replay --sessions examples/sessions-small.csv --load examples/load-small.csv --speed 3600", "three weeks of forty drivers, an hour a second"),
            ("movc replay --sessions trondheim.csv --load tetouan.csv --from 2019-11-01 --intervals 1008 --speed max --json", "one recorded week as fast as it goes"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(cancellationToken, async () =>
        {
            ReplayCity city = ReplayCity.Open(new ReplayOptions
            {
                SessionsPath = result.GetValue(sessions)!,
                LoadPath = result.GetValue(load)!,
                TimeZone = result.GetValue(timeZone)!,
                Clone = result.GetValue(clone),
                Seed = (ulong)common.Seed(result),
                From = Day(result.GetValue(from)),
            });
            string name = Path.GetFileNameWithoutExtension(result.GetValue(sessions)!);
            var setup = new CitySetup(name, city.Source, city.Load, city.Calendar, UnmanagedCharging.AtOnce, city.Assumptions, Contents(result.GetValue(sessions)!, result.GetValue(load)!))
            {
                Ground = new CityGround { City = name, TimeZone = city.Calendar.TimeZone, Districts = [], LoadSource = city.Load.Description, Assumptions = city.Assumptions },
            };
            return await CityRun.ExecuteAsync(setup, common.Read(result), cancellationToken);
        }));
        return command;
    }

    /// <summary>Names the files by what is in them: another file under the same name is another city.</summary>
    private static string Contents(string sessions, string load)
    {
        static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))[..12];
        return $"sessions {Hash(sessions)}, load {Path.GetFileName(load)} {Hash(load)}";
    }

    private static DateOnly? Day(string? text)
    {
        if (text is null) return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? day
            : throw new InputException($"--from \"{text}\": not a day; write it as 2019-11-01");
    }
}
