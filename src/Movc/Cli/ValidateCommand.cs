using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Movc.Ingest.Simulation.Parameters;
using Movc.Studies.Validation;
using Spectre.Console;

namespace Movc.Cli;

/// <summary><c>movc validate</c>: how the simulated people compare with what is published of them.</summary>
internal static class ValidateCommand
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var city = new Option<string>("--city") { Description = "City to simulate: a name or a parameter file", HelpName = "NAME|FILE.json", DefaultValueFactory = _ => "shenzhen" };
        Option<int?> vehicles = Numbers.Optional<int>("--vehicles", text => Numbers.Count(text) is >= 1000 and <= 5_000_000 and var n ? n : null, "a whole number from 1000 to 5000000");
        (vehicles.Description, vehicles.HelpName) = ("Vehicles simulated; powers are scaled to the city's. Without it the whole city", "N");
        Option<long> seed = Numbers.Option<long>("--seed", Numbers.Whole, "a whole number, as 1");
        (seed.Description, seed.HelpName, seed.DefaultValueFactory) = ("First seed", "S", _ => 1);
        Option<int> seeds = Numbers.Option<int>("--seeds", text => Numbers.Count(text) is > 0 and <= 100 and var n ? n : null, "a whole number from 1 to 100");
        (seeds.Description, seeds.HelpName, seeds.DefaultValueFactory) = ("How many seeds in a row; the median is judged", "N", _ => 1);
        Option<int> threads = Numbers.Option<int>("--threads", text => Numbers.Count(text) is > 0 and <= 1024 and var n ? n : null, "a whole number from 1 to 1024");
        (threads.Description, threads.HelpName, threads.DefaultValueFactory) = ("Threads; the result is the same for any number", "N", _ => Environment.ProcessorCount);
        var json = new Option<bool>("--json") { Description = "Print the report as one JSON document on standard output" };
        var command = new Command("validate", "Simulate a city's people for eight weeks under every charging case and hold them against published figures; exit code 1 where one is missed")
        {
            city, vehicles, seed, seeds, threads, json,
        };
        Examples.Add(
            command,
            ("movc validate", "the whole of Shenzhen, one seed: about a minute on two cores"),
            ("movc validate --vehicles 48000 --seed 11 --seeds 5", "a tenth of it, median and range of seeds 11 to 15"),
            ("movc validate --city mycity.json --json", "a city of your own"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            CityParameters parameters = CityParameterFile.Open(result.GetValue(city)!);
            long[] all = [.. Enumerable.Range(0, result.GetValue(seeds)).Select(i => result.GetValue(seed) + i)];
            ValidationReport report = await Jobs.RunAsync(
                (progress, stop) => CityValidation.Run(parameters, result.GetValue(vehicles) ?? parameters.CityVehicles, all, result.GetValue(threads), progress.Step, stop),
                cancellationToken);
            if (result.GetValue(json)) await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report, Format));
            else Show(report);
            return report.Passes ? ExitCode.Done : ExitCode.Failed;
        }));
        return command;
    }

    private static void Show(ValidationReport report)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected) console.Profile.Width = 160;
        Table table = new Table().Border(TableBorder.Simple).AddColumn("quantity").AddColumn(new TableColumn("target").RightAligned())
            .AddColumn(new TableColumn("got").RightAligned()).AddColumn(new TableColumn("range over seeds").RightAligned())
            .AddColumn(new TableColumn("passes from – to").RightAligned()).AddColumn("verdict");
        foreach (TargetVerdict r in report.Results)
        {
            table.AddRow(
                Markup.Escape(r.Quantity), Number(r.Target), Number(r.Got), $"{Number(r.GotLow)} – {Number(r.GotHigh)}", $"{Number(r.Low)} – {Number(r.High)}",
                r.Passes ? "passes" : "MISSED");
        }
        console.Write(table);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.City}, {report.Vehicles:#,0} vehicles, {report.Weeks} weeks of which {report.WarmUpWeeks} are warm-up, seeds {string.Join(", ", report.Seeds)}; {report.Assumptions.Count} parameters are own estimates [G] (--json lists them)"));
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
