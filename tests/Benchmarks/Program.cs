using Movc.Benchmarks.Dispatch;
using Movc.Benchmarks.Events;
using Movc.Benchmarks.Kernel;
using Movc.Bench;

namespace Movc.Benchmarks;

/// <summary>Runs the benchmarks that are named, or all; writes their results and fails when a target is missed.</summary>
internal static class Program
{
    // The solver goes first: the first solve of a process is one of its figures.
    private static readonly (string Name, Func<string, Action<string>, Report> Measure)[] All =
        [("solver", Solver), ("kernel", KernelSpeed.Measure), ("events", EmbeddedPath.Measure), ("servers", KafkaPostgresPath.Measure), ("live", LiveInterval.Measure)];

    private static Report Solver(string folder, Action<string> say) =>
        SolverBench.Measure(new BenchOptions { DataFolder = folder, Program = Path.Combine(AppContext.BaseDirectory, "movc.dll") }, say, CancellationToken.None);

    public static int Main(string[] arguments)
    {
        bool json = arguments.Contains("--json", StringComparer.Ordinal);
        string[] names = [.. arguments.Where(a => a is not "--json")];
        if (names.FirstOrDefault(n => !All.Any(b => string.Equals(b.Name, n, StringComparison.Ordinal))) is { } unknown)
        {
            Console.Error.WriteLine($"bench: {unknown} is none of {string.Join(", ", All.Select(b => b.Name))}, --json");
            return 2;
        }
        string root = FindRoot();
        string scratch = Path.Combine(root, "artifacts", "bench");
        // A run that was killed leaves its store, and the next would resume it instead of starting from nothing.
        if (Directory.Exists(scratch)) Directory.Delete(scratch, recursive: true);
        Directory.CreateDirectory(scratch);
        string results = Directory.CreateDirectory(Path.Combine(root, "tests", "Benchmarks", "results")).FullName;
        bool met = true;
        foreach ((string name, Func<string, Action<string>, Report> measure) in All)
        {
            if (names.Length > 0 && !names.Contains(name, StringComparer.Ordinal)) continue;
            Report report = measure(scratch, line => Console.Error.WriteLine($"bench {name}: {line}"));
            File.WriteAllText(Path.Combine(results, name + ".json"), report.ToJson());
            Console.Out.WriteLine(json ? report.ToJson() : report.ToMarkdown());
            met &= report.MeetsTargets;
        }
        // One page of all that was measured, this time or before.
        string[] pages = [.. All.Select(b => Path.Combine(results, b.Name + ".json")).Where(File.Exists).Select(f => Report.Read(f).ToMarkdown())];
        string tables = string.Join("\n", pages);
        File.WriteAllText(Path.Combine(results, "results.md"), "# Results of eng/bench\n\n" + tables);
        ShowIn(Path.Combine(root, "docs", "benchmarks.md"), tables);
        if (!met) Console.Error.WriteLine("bench: a target was missed; see ✗");
        return met ? 0 : 1;
    }

    /// <summary>Puts the tables between the two marks of the document, so that it never shows other figures than were measured.</summary>
    private static void ShowIn(string document, string tables)
    {
        const string Begin = "<!-- figures: written by eng/bench -->\n", End = "<!-- end of figures -->";
        string text = File.ReadAllText(document);
        int from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, to = text.IndexOf(End, StringComparison.Ordinal);
        File.WriteAllText(document, text[..from] + "\n" + tables + "\n" + text[to..]);
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Movc.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException("run it from the repository by eng/bench");
    }
}
