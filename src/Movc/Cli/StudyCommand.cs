using System.CommandLine;
using System.Globalization;
using Movc.Output;
using Movc.Solve;
using Movc.Studies.Cache;
using Movc.Studies.Output;
using Movc.Studies.Points;
using Movc.Studies.Sweeps;
using Spectre.Console;

namespace Movc.Cli;

/// <summary><c>movc study</c>: a city's answers over many settings, with a report.</summary>
internal static class StudyCommand
{
    private const int DefaultCacheGb = 10;

    public static Command Create()
    {
        var arguments = new StudyArguments();
        var list = new Option<bool>("--list") { Description = "List the studies that are ready, and end" };
        var output = new Option<string?>("--out") { Description = "Folder to write (default studies/ and the study's name)", HelpName = "DIR" };
        var cache = new Option<string>("--cache") { Description = "Folder of what was computed before; an interrupted study goes on where it ended", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("studies", ".cache") };
        var noCache = new Option<bool>("--no-cache") { Description = "Compute everything anew and keep nothing" };
        Option<int> limit = Numbers.Option<int>("--cache-limit", text => Numbers.Count(text) is >= 1 and <= 10_000 and var n ? n : null, "a whole number from 1 to 10000");
        (limit.Description, limit.HelpName, limit.DefaultValueFactory) = ("What the cache may hold; the longest unused goes first", "GB", _ => DefaultCacheGb);
        Option<int> threads = Numbers.Option<int>("--threads", text => Numbers.Count(text) is > 0 and <= 1024 and var n ? n : null, "a whole number from 1 to 1024");
        (threads.Description, threads.HelpName, threads.DefaultValueFactory) = ("Threads; the results are the same for any number", "N", _ => Environment.ProcessorCount);
        var json = new Option<bool>("--json") { Description = "Print results.json on standard output too" };
        var command = new Command("study", "Simulate, dispatch and judge a city's week under many settings; writes results.json, CSV tables and a report to look at");
        arguments.AddTo(command);
        foreach (Option option in (Option[])[list, output, cache, noCache, limit, threads, json]) command.Options.Add(option);
        Examples.Add(
            command,
            ("movc study --preset paper-fig6", "four compensations in four seasons, all 480,000 vehicles: minutes; studies/paper-fig6/report.html"),
            ("movc study --preset pareto --sample 0.05 --out quick", "fronts of load balance against cost, on a twentieth of the city"),
            ("movc study --season winter --gamma 0.5,1,2 --satisfaction 0,0.9 --out winter", "a grid of one's own"),
            ("movc study --sample 0.1 --batches 3000 --fixed-share", "what the paper's way loses"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            if (result.GetValue(list))
            {
                foreach (StudyPlan ready in StudyPresets.All) await Console.Out.WriteLineAsync($"{ready.Name,-12} {ready.Grids.Sum(g => g.Count),3} points  {ready.Title}: {ready.Question}");
                return ExitCode.Done;
            }
            StudyPlan plan = arguments.Plan(result);
            string folder = result.GetValue(output) ?? Path.Combine("studies", plan.Name);
            StagedFolder.ThrowIfTaken(folder, StudyFolder.Document, "--out", "settings.json");
            StudyCache? kept = result.GetValue(noCache) ? null : new StudyCache(result.GetValue(cache)!, result.GetValue(limit) * 1_000_000_000L, TimeProvider.System);
            StudyResult study = await Jobs.RunAsync(
                (progress, stop) =>
                {
                    using CancellationTokenRegistration told = stop.Register(() =>
                    {
                        if (kept is not null) Console.Error.WriteLine("movc: what is answered stays kept; the same command goes on there");
                    });
                    StudyResult done = new SweepRunner(kept, result.GetValue(threads), TimeProvider.System).Run(plan, arguments.Settings(result), progress.Part, stop);
                    progress.Step("writing the report");
                    using StagedFolder staged = StagedFolder.At(folder, StudyFolder.Document, "--out", "settings.json");
                    StudyFolder.Write(staged.Path, done, ProgramVersion.Text);
                    stop.ThrowIfCancellationRequested();
                    staged.Complete();
                    return done;
                },
                cancellationToken);
            if (result.GetValue(json)) await Console.Out.WriteAsync(await File.ReadAllTextAsync(Path.Combine(folder, StudyFolder.Document), CancellationToken.None));
            else Show(study, folder);
            return ExitCode.Done;
        }));
        return command;
    }

    private static void Show(StudyResult study, string folder)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected) console.Profile.Width = 160;
        Table table = new Table().Border(TableBorder.Simple).AddColumn("point");
        foreach (string column in (string[])["take part", "PVDR original", "Charge Only", "after", "shaving, MW", "filling, MW", "compensation, RMB", "gap", "s"]) table.AddColumn(new TableColumn(column).RightAligned());
        StudyPoint[] all = [.. study.Points.Select(p => p.Figures.Point)];
        for (int i = 0; i < all.Length; i++)
        {
            PointResult r = study.Points[i].Figures;
            table.AddRow(
                Markup.Escape(PointNames.Of(all[i], all)), Text($"{r.Participation.Share:0.0%}"), Text($"{r.Original.Median.OverValley:0.000}"), Text($"{r.ChargeOnly.Median.OverValley:0.000}"), Text($"{r.After.Median.OverValley:0.000}"),
                Text($"{r.PeakShavingMw:#,0}"), Text($"{r.ValleyFillingMw:#,0}"), Text($"{r.CompensationRmb:#,0}"), Text($"{r.Solve.Gap:0.000%}"), Text($"{study.Times[i].Seconds:0.0}"));
        }
        console.Write(table);
        console.WriteLine($"PVDR over the valley, median of the days; {study.Cities.Sum(c => c.Assumptions.Count)} values behind it are own estimates [G], listed in the report");
        console.WriteLine($"{Path.Combine(folder, StudyFolder.Report)}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
