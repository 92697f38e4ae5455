using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Movc.Bench;

namespace Movc.Benchmarks.Kernel;

/// <summary>The kernel's time and memory a vehicle, by BenchmarkDotNet.</summary>
internal static class KernelSpeed
{
    /// <summary>Bytes that one vehicle may allocate.</summary>
    private const double AllocationBudgetBytes = 0;

    public static Report Measure(string folder, Action<string> say)
    {
        double loadBefore = Machine.LoadAverage();
        // In this process: a generated project would be built under the repository's own build rules.
        IConfig config = ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(10))
            .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .WithArtifactsPath(Path.Combine(folder, "benchmarkdotnet"));
        Summary summary = BenchmarkRunner.Run<KernelBenchmarks>(config);
        var figures = new List<Figure>();
        foreach (BenchmarkReport report in summary.Reports)
        {
            if (report.ResultStatistics is not { } s) throw new InvalidOperationException($"{report.BenchmarkCase.DisplayInfo} gave no result");
            int slots = (int)report.BenchmarkCase.Parameters["Slots"];
            string fleet = (bool)report.BenchmarkCase.Parameters["OneStay"] ? "the present stay only" : "all stays";
            string name = string.Create(CultureInfo.InvariantCulture, $"one vehicle, {slots:N0} slots, {fleet}");
            figures.Add(new Figure(name, "µs", s.Median / 1000, s.Min / 1000, s.Max / 1000, s.N, string.Empty, true));
            figures.Add(Figure.Of(name + ": allocated", "B", [(report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0)], atMost: AllocationBudgetBytes));
            say(string.Create(CultureInfo.InvariantCulture, $"{name}: {s.Median / 1000:0.000} µs"));
        }
        return new Report(
            "kernel",
            "One vehicle's exact optimum under the prices of a solved dispatch, one thread, mean over 2,000 vehicles (BenchmarkDotNet, in process, 10 iterations after 3 of warm-up).",
            Machine.Here(folder),
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            figures,
            [Machine.LoadNote(loadBefore)]);
    }
}
