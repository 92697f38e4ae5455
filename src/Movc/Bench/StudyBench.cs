using System.Globalization;
using Movc.Studies.Cache;
using Movc.Studies.Output;
using Movc.Studies.Sweeps;

namespace Movc.Bench;

/// <summary>How long a city's answer takes: one point of the whole of Shenzhen, the sixteen of paper-fig6, and what the paper's way takes and loses.</summary>
internal static class StudyBench
{
    public static Report Measure(BenchOptions options, Action<string> say, CancellationToken cancellationToken)
    {
        double loadBefore = Machine.LoadAverage();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("movc-bench-");
        try
        {
            var figures = new List<Figure>();
            StudySettings settings = new() { Seed = options.Seed, Sample = options.Quick ? 0.002 : 1, Days = options.Quick ? 2 : 7 };
            StudyPlan one = new("one", "One point", "What does a point take?", [new StudyGrid()]), six = StudyPresets.All.Single(p => p.Name is "paper-fig6");
            string vehicles = options.Quick ? "a small fleet" : "480,000 vehicles";
            double Seconds(StudyPlan plan, StudySettings with, StudyCache? cache, out StudyResult study)
            {
                long since = TimeProvider.System.GetTimestamp();
                study = new SweepRunner(cache, 0, TimeProvider.System).Run(plan, with, (done, parts, what) => say(FormattableString.Invariant($"{plan.Name}, {done} of {parts}: {what}")), cancellationToken);
                string output = Directory.CreateDirectory(Path.Combine(folder.FullName, "out")).FullName;
                StudyFolder.Write(output, study, "bench");
                return TimeProvider.System.GetElapsedTime(since).TotalSeconds;
            }
            var cold = new List<double>();
            var cached = new List<double>();
            for (int run = 0; run < options.Runs; run++)
            {
                DirectoryInfo kept = Directory.CreateDirectory(Path.Combine(folder.FullName, "cache"));
                var cache = new StudyCache(kept.FullName, long.MaxValue, TimeProvider.System);
                cold.Add(Seconds(one, settings, cache, out _));
                foreach (FileInfo answer in kept.EnumerateFiles("point-*")) answer.Delete();
                cached.Add(Seconds(one, settings, cache, out _));
                kept.Delete(recursive: true);
            }
            figures.Add(Figure.Of($"{vehicles}, a week: a point with its report, simulated anew", "s", cold));
            figures.Add(Figure.Of($"{vehicles}, a week: a point with its report, simulation cached", "s", cached, atMost: options.Quick ? null : 60));
            double all = Seconds(six, settings, null, out StudyResult sixteen);
            figures.Add(Figure.Of("the 16 points of paper-fig6 with the report", "s", [all], atMost: options.Quick ? null : 1200));
            figures.Add(Figure.Of("the 16 points: loosest certified gap", "%", [sixteen.Points.Max(p => 100 * p.Figures.Solve.Gap)]));
            say("memory, in a process of its own");
            string[] arguments = ["study", "--sample", settings.Sample.ToString(CultureInfo.InvariantCulture), "--no-cache", "--out", Path.Combine(folder.FullName, "memory")];
            figures.Add(Figure.Of($"{vehicles}, a week: peak memory of movc study", "MB", [ProcessMemory.PeakMb(options.Program, arguments, mayMissTargets: false, cancellationToken)]));
            foreach (bool fixedShare in (bool[])[false, true])
            {
                // A point of its own: the batches take minutes, not the whole.
                StudySettings batched = settings with { Batches = new Studies.Points.BatchOptions(options.Quick ? 100 : 3000, fixedShare) };
                double seconds = Seconds(one, batched, null, out StudyResult study);
                string how = fixedShare ? "against a fixed share of the load" : "against the participants' share of the load";
                figures.Add(Figure.Of($"batches of {(options.Quick ? "100" : "3,000")} {how}: gain lost", "%", [100 * study.Points[0].Figures.PaperWay!.GainLost]));
                figures.Add(Figure.Of($"batches of {(options.Quick ? "100" : "3,000")} {how}: the point with them", "s", [seconds]));
            }
            string[] notes =
            [
                "Shenzhen's summer week, owners' choice at γ 1: simulated, solved at once, every figure, CSV tables and report written.",
                .. options.Quick ? ["Quick: a small fleet, nothing is judged."] : Array.Empty<string>(),
                Machine.LoadNote(loadBefore),
            ];
            return new Report(
                "study", "A city's answers.", Machine.Here(options.DataFolder),
                TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), figures, notes);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
