using System.Globalization;
using Movc.Benchmarks.Reporting;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Model;
using Movc.RollingOptimizer.Solver;

namespace Movc.Benchmarks.Dispatch;

/// <summary>The dispatch of a whole city of 480,000 vehicles for a day: from the instance in memory to the certificate.</summary>
internal static class SolverSpeed
{
    private const int Vehicles = 480_000;
    private const int SlotCount = 144;
    private const int Runs = 5;

    public static Report Measure(string folder, Action<string> say)
    {
        double loadBefore = Machine.LoadAverage();
        var figures = new List<Figure>();
        var solver = new DispatchSolver();
        Run(SyntheticFleet.Mixed(Vehicles, SlotCount, 1), "a whole day of stays", 2.0, 1.0);
        Run(SyntheticFleet.OneStay(Vehicles, SlotCount, 1), "live, the present stay only", 2.0, 1.0);
        return new Report(
            "solver",
            "480,000 vehicles over 144 ten-minute slots, solved at once with a certified gap. Seconds run from the instance in memory to the certificate; warm means prices of a solve of the same instance with another seed.",
            Machine.Here(folder),
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            figures,
            ["The fleets are the synthetic ones of the solver's tests ([G], seed 1), not the simulated city.", Machine.LoadNote(loadBefore)]);

        void Run(DispatchInstance instance, string name, double coldSeconds, double warmSeconds)
        {
            double[]? warm = solver.Solve(instance, 99, null, CancellationToken.None).WarmPrices;
            foreach ((string kind, double[]? prices, double target) in new[] { ("cold", null, coldSeconds), ("warm", warm, warmSeconds) })
            {
                var seconds = new List<double>();
                var gaps = new List<double>();
                for (int run = 0; run < Runs; run++)
                {
                    DispatchResult result = solver.Solve(instance, (ulong)run, prices, CancellationToken.None);
                    seconds.Add(result.Seconds);
                    gaps.Add(result.Gap * 100);
                    say(string.Create(CultureInfo.InvariantCulture, $"{name}, {kind}: {result.Seconds:0.000} s, gap {result.Gap:0.######%}, {result.Status}"));
                }
                figures.Add(Figure.Of($"{name}, {kind}", "s", seconds, atMost: target));
                figures.Add(Figure.Of($"{name}, {kind}: certified gap", "%", gaps, atMost: 0.05));
            }
        }
    }
}
