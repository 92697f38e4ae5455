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
        var command = new Command("run", "Run the twin of a simulated city: its vehicles, its dispatch every ten minutes, its page");
        city.AddTo(command);
        common.AddTo(command);
        Examples.Add(
            command,
            ("movc run", "Shenzhen with 480,000 vehicles, 60 times real time, page on http://127.0.0.1:5080"),
            ("movc run --vehicles 20000 --intervals 6 --speed max --seed 5 --json", "an hour as fast as it goes, summary as JSON"),
            ("movc run --fresh --speed 600 --hold --intervals 144", "a whole day in under three minutes, then leave the page up"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(
            cancellationToken, () => CityRun.ExecuteAsync(city.Read(result, common.Seed(result)), common.Read(result), null, cancellationToken)));
        return command;
    }
}
