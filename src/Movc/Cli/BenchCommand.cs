using System.CommandLine;
using Movc.Bench;
using Movc.Domain;
using Spectre.Console;

namespace Movc.Cli;

/// <summary><c>movc bench</c>: what solver and simulator do on this machine.</summary>
internal static class BenchCommand
{
    public static Command Create() => new("bench", "Measure on this machine")
    {
        Bench(
            "solver", "Seconds, certified gaps and memory of the dispatch solver; exit code 1 where a required figure is missed", SolverBench.Measure,
            ("movc bench solver", "all figures at full size: some four minutes on two cores, a minute of them CLP's"),
            ("movc bench solver --quick", "whether it all works here, in seconds"),
            ("movc bench solver --runs 15 --json --out solver.json", "steadier medians, kept")),
        Bench(
            "bundle", "Size of published plans of half a million vehicles, and the time to publish and to verify them; exit code 1 where a required figure is missed", BundleBench.Measure,
            ("movc bench bundle --runs 3", "a minute or two on two cores"),
            ("movc bench bundle --quick", "whether it all works here, in seconds")),
        Bench(
            "people", "Seconds and memory of eight simulated weeks of a city's people; exit code 1 where a required figure is missed", PeopleBench.Measure,
            ("movc bench people --runs 1", "48,000, 480,000 and 1,020,000 vehicles once each: some four minutes on two cores"),
            ("movc bench people --quick", "whether it all works here, in seconds")),
        Bench(
            "study", "Seconds and memory of a study of the whole city, and what the paper's way loses; exit code 1 where a required figure is missed", StudyBench.Measure,
            ("movc bench study --runs 1", "a point, the sixteen of paper-fig6, batches of 3,000: a quarter of an hour on two cores"),
            ("movc bench study --quick", "whether it all works here, in a minute")),
        Bench(
            "estimate", "How well known drivers are found again in their GPS records, and how fast; exit code 1 where a required figure is missed", EstimateBench.Measure,
            ("movc bench estimate --runs 1", "2,000 and 4,000 drivers: some three minutes on two cores"),
            ("movc bench estimate --quick", "whether it all works here, in seconds")),
        Bench(
            "history", "A stored city looked into at random instants, rebuilt and replayed; exit code 1 where a required figure is missed", HistoryBench.Measure,
            [new Option<string>("--data") { Description = "Data directory of a run", HelpName = "DIR", Required = true }],
            ("movc run --intervals 1008 --speed max --no-page --data week && movc bench history --data week --runs 2", "a week of 480,000 vehicles: some twenty minutes on two cores, 10 GB of disk"),
            ("movc bench history --data data --quick", "whatever ./data holds, nothing judged")),
        Bench(
            "forecast", "The forecast that learns against persistence and last week on metered series, walk-forward; exit code 1 where it does not beat them", ForecastBench.Measure,
            [
                new Option<string>("--load") { Description = "A city's metered load, every 10 minutes (UCI 849)", HelpName = "FILE", Required = true },
                new Option<string>("--volumes") { Description = "Metered charging by zone, every hour (UrbanEV)", HelpName = "FILE", Required = true },
            ],
            ("movc bench forecast --load tetouan_2017_10min.csv --volumes public-charging-volume-36zones-hourly.csv", "a year of load, half a year of charging: half a minute"),
            ("movc bench forecast --load tetouan_2017_10min.csv --volumes public-charging-volume-36zones-hourly.csv --quick", "whether it all works here, nothing judged")),
    };

    private static Command Bench(string name, string description, Func<BenchOptions, Action<string>, CancellationToken, Report> measure, params (string, string)[] examples) =>
        Bench(name, description, measure, [], examples);

    private static Command Bench(
        string name, string description, Func<BenchOptions, Action<string>, CancellationToken, Report> measure, Option<string>[] files, params (string, string)[] examples)
    {
        Option<int> runs = Numbers.Option<int>("--runs", text => Numbers.Count(text) is > 0 and <= 1_000 and var n ? n : null, "a whole number from 1 to 1000");
        (runs.Description, runs.HelpName, runs.DefaultValueFactory) = ("Runs of each figure; the median counts", "N", _ => 5);
        Option<long> seed = Numbers.Option<long>("--seed", Numbers.Whole, "a whole number, as 1");
        (seed.Description, seed.HelpName, seed.DefaultValueFactory) = ("Seed of the first fleet; each run draws another", "S", _ => 1);
        var quick = new Option<bool>("--quick") { Description = "Small fleets in a few seconds, nothing judged" };
        var output = new Option<string?>("--out") { Description = "Keep the report as JSON in this file", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print the report as one JSON document on standard output" };
        var command = new Command(name, description) { runs, seed, quick, output, json };
        foreach (Option<string> given in files) command.Options.Add(given);
        Examples.Add(command, examples);
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            string? file = result.GetValue(output);
            if (file is not null && Directory.Exists(file)) throw new InputException($"--out {file}: a folder stands there; name a file");
            string folder = file is null ? AppContext.BaseDirectory : Path.GetDirectoryName(Path.GetFullPath(file))!;
            if (!Directory.Exists(folder)) throw new InputException($"--out {file}: there is no folder {folder}; make it or name another");
            var options = new BenchOptions
            {
                Runs = result.GetValue(quick) && result.GetResult(runs) is not { Implicit: false } ? 1 : result.GetValue(runs),
                Seed = result.GetValue(seed),
                Quick = result.GetValue(quick),
                Data = Given("--data"),
                Load = Given("--load"),
                Volumes = Given("--volumes"),
                Program = typeof(BenchCommand).Assembly.Location,
                DataFolder = AppContext.BaseDirectory,
            };
            string Given(string option) => Array.Find(files, f => string.Equals(f.Name, option, StringComparison.Ordinal)) is { } there ? result.GetValue(there)! : string.Empty;
            Report report = await Jobs.RunAsync((progress, stop) => measure(options, progress.Step, stop), cancellationToken);
            if (file is not null) await File.WriteAllTextAsync(file, report.ToJson(), CancellationToken.None);
            if (result.GetValue(json)) await Console.Out.WriteAsync(report.ToJson());
            else Show(report);
            return report.MeetsTargets ? ExitCode.Done : ExitCode.Failed;
        }));
        return command;
    }

    private static void Show(Report report)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected) console.Profile.Width = 160;
        Table table = new Table().Border(TableBorder.Simple).AddColumn("figure").AddColumn(new TableColumn("median").RightAligned())
            .AddColumn(new TableColumn("min – max").RightAligned()).AddColumn("required").AddColumn("aim");
        foreach (Figure f in report.Figures)
        {
            table.AddRow(
                Markup.Escape(f.Unit.Length > 0 ? $"{f.Name}, {f.Unit}" : f.Name), Report.Number(f.Median), $"{Report.Number(f.Min)} – {Report.Number(f.Max)}",
                Markup.Escape(Report.Verdict(f)), Markup.Escape(f.Aim));
        }
        console.Write(table);
        console.WriteLine(report.Machine.ToString());
        foreach (string note in report.Notes) console.WriteLine(note);
    }
}
