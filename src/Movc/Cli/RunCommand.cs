using System.CommandLine;
using Movc.Composition;

namespace Movc.Cli;

/// <summary><c>movc run</c>: a simulated city, live.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var city = new SimulatedCityOptions();
        var common = new CommonOptions();
        var outage = new OutageOptions();
        var record = new Option<string?>("--record") { Description = "At the end write what the data hold into one file that movc import takes", HelpName = "FILE" };
        var command = new Command("run", "Run the twin of a simulated city: its vehicles, its dispatch every ten minutes, its page");
        city.AddTo(command);
        common.AddTo(command);
        outage.AddTo(command);
        command.Options.Add(record);
        Examples.Add(
            command,
            ("movc run", "Shenzhen with 480,000 vehicles, 60 times real time, page on http://127.0.0.1:5080"),
            ("movc run --vehicles 20000 --intervals 6 --speed max --seed 5 --json", "an hour as fast as it goes, summary as JSON"),
            ("movc run --vehicles 20000 --intervals 1008 --speed max --record week.movc.zip", "a week of a small fleet, kept for somebody else"),
            ("movc run --vehicles 20000 --speed max --intervals 288 --limit Futian=2500 --outage 0.3", "what becomes of a district's limit when three of ten feeds are lost for an hour of the second evening"),
            ("movc run --fresh --speed 600 --hold --intervals 144", "a whole day in under three minutes, then leave the page up"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(
            cancellationToken, async () =>
            {
                (CitySetup setup, CityRunOptions options) = outage.Read(result, city.Read(result, common.Seed(result)), common.Read(result), common.Behaviour(result));
                string? file = result.GetValue(record);
                if (file is not null) ExportCommand.Check(file);
                int code = await CityRun.ExecuteAsync(setup, options, null, cancellationToken);
                if (file is null || code != ExitCode.Done) return code;
                // Also after Ctrl-C: what was run until then is what was to be kept.
                await using StoredCity stored = await StoredCity.OpenAsync(options.DataDirectory, options.Postgres, toWrite: false, CancellationToken.None);
                await Console.Error.WriteLineAsync(ExportCommand.Line(file, await ExportCommand.WriteAsync(stored, file, CancellationToken.None)));
                return code;
            }));
        return command;
    }
}
