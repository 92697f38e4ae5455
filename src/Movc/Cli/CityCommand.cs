using System.CommandLine;
using System.Globalization;
using Movc.Ingest.Simulation.Parameters;

namespace Movc.Cli;

/// <summary><c>movc city</c>: the parameter files of cities, from a copy of a built-in one to a checked one of the user's.</summary>
internal static class CityCommand
{
    public static Command Create()
    {
        var command = new Command("city", "List the built-in cities, show a city's parameter file as a start of your own, check one, print the schema")
        {
            List(), Show(), Check(), Schema(),
        };
        Examples.Add(
            command,
            ("movc city list", "the built-in cities"),
            ("movc city show shenzhen > mycity.json", "a file to change"),
            ("movc city check mycity.json && movc run --city mycity.json --vehicles 20000", "check it, then run it"),
            ("movc city schema > city.schema.json", "JSON Schema for an editor: name it in the file's $schema"));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List the built-in cities");
        command.SetAction((_, _) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            foreach (string key in CityParameterFile.KnownCities)
            {
                CityParameters city = CityParameterFile.BuiltIn(key);
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{key,-12} {city.Name}: {city.CityVehicles:N0} private EVs, {city.Districts.Count} districts, {city.Regions.Count:N0} stay regions, {city.Targets.Count} published targets, {city.Assumptions.Count} own estimates"));
            }
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Show()
    {
        var name = new Argument<string>("name") { Description = $"One of {string.Join(", ", CityParameterFile.KnownCities)}" };
        var command = new Command("show", "Print a built-in city's parameter file") { name };
        command.SetAction((result, _) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            await Console.Out.WriteAsync(CityParameterFile.TextOf(result.GetValue(name)!));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Check()
    {
        var file = new Argument<string>("file") { Description = "Parameter file, or the name of a built-in city" };
        var command = new Command("check", "Read a parameter file and say what is wrong with it, or what is assumed in it") { file };
        command.SetAction((result, _) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            CityParameters city = CityParameterFile.Open(result.GetValue(file)!);
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{city.Name}: complete; {city.CityVehicles:N0} vehicles, parameters {city.Hash}, own estimates:"));
            foreach (string assumption in city.Assumptions) await Console.Out.WriteLineAsync("  " + assumption);
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Schema()
    {
        var command = new Command("schema", "Print the JSON Schema of parameter files");
        command.SetAction((_, _) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            await Console.Out.WriteAsync(CitySchema.Generate());
            return ExitCode.Done;
        }));
        return command;
    }
}
