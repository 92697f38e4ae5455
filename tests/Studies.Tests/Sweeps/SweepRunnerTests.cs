using System.Text.Json;
using System.Text.RegularExpressions;
using Movc.Domain;
using Movc.Ingest.Simulation;
using Movc.Studies.Cache;
using Movc.Studies.Output;
using Movc.Studies.Points;
using Movc.Studies.Sweeps;

namespace Movc.Studies.Tests.Sweeps;

public sealed partial class SweepRunnerTests : IDisposable
{
    private static readonly StudyPlan Plan = new("small", "A <small> study", "What & why?", [new StudyGrid { Seasons = [Season.Winter, Season.Summer], Gammas = [0.5, 2], Satisfactions = [0, 0.9] }]);
    private static readonly StudySettings Settings = new() { Sample = 0.0004, Days = 1, Seed = 4, Batches = new BatchOptions(100, true) };
    private readonly string _folder = Directory.CreateTempSubdirectory("movc-sweep-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_study_that_was_interrupted_goes_on_where_it_ended_and_comes_to_the_same_bytes()
    {
        StudyCache cache = Cache("c");
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => new SweepRunner(cache, 0, TimeProvider.System).Run(
            Plan, Settings,
            (done, _, _) =>
            {
                if (done == 3) stop.Cancel();
            },
            stop.Token));
        StudyResult resumed = Run(cache);
        resumed.Times.Select(t => t.Week).Count(w => w is "kept").ShouldBe(3);
        StudyResult whole = Run(Cache("other"), threads: 1);
        whole.Times.Count(t => t.Week is "kept").ShouldBe(0);
        StudyResult without = Run(null);
        string[] files = Written(resumed, "a");
        Written(whole, "b").ShouldBe(files);
        Written(without, "d").ShouldBe(files);
        files.ShouldBe(["districts.csv", "load.csv", "pareto.csv", "points.csv", "pvdr.csv", "report.html", "results.json", "satisfaction.csv", "times.json"]);
        foreach (string file in files.Where(f => f is not "times.json"))
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(_folder, "a", file));
            File.ReadAllBytes(Path.Combine(_folder, "b", file)).ShouldBe(bytes, file);
            File.ReadAllBytes(Path.Combine(_folder, "d", file)).ShouldBe(bytes, file);
        }
    }

    [Fact]
    public void A_kept_answer_that_is_spoilt_is_computed_again()
    {
        StudyCache cache = Cache("c");
        StudyPlan one = Plan with { Grids = [new StudyGrid()] };
        StudyResult first = Run(cache, one);
        Run(cache, one).Times.Single().Week.ShouldBe("kept");
        File.WriteAllText(Directory.GetFiles(cache.Folder, "point-*").Single(), "{\"figures\":");
        StudyResult again = Run(cache, one);
        again.Times.Single().Week.ShouldBe("cached");
        again.Points.Single().Figures.Solve.ShouldBe(first.Points.Single().Figures.Solve);
    }

    [Fact]
    public void What_it_writes_says_what_it_stands_on_and_needs_nothing_beside_it()
    {
        StudyResult study = Run(null);
        Written(study, "a");
        string html = File.ReadAllText(Path.Combine(_folder, "a", "report.html"));
        foreach (string fact in (string[])["1.2.3", "seed 4", SmallWeeks.Shenzhen.Hash, "A &lt;small&gt; study", "What &amp; why?", "[G]", "id=\"g-load\"", "Certified gap", "The paper&#39;s way", "What load balance costs"]) html.ShouldContain(fact);
        Outside().Matches(html).ShouldBeEmpty();
        // Every drawing has names of its own.
        string[] ids = [.. Ids().Matches(html).Select(m => m.Groups["id"].Value)];
        ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(ids.Length);
        Marks().Matches(html).ShouldBeEmpty();
        foreach (Match link in Links().Matches(html)) ids.Contains(link.Groups["id"].Value, StringComparer.Ordinal).ShouldBeTrue(link.Value);
        JsonElement json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "a", "results.json"))).RootElement;
        json.GetProperty("version").GetString().ShouldBe("1.2.3");
        json.GetProperty("cities")[0].GetProperty("assumptions").GetArrayLength().ShouldBe(SmallWeeks.Shenzhen.Assumptions.Count);
        json.GetProperty("points").GetArrayLength().ShouldBe(8);
        json.GetProperty("points")[0].GetProperty("point").GetProperty("season").GetString().ShouldBe("winter");
        json.GetProperty("points")[0].GetProperty("paperWay").GetProperty("batches").GetInt32().ShouldBeGreaterThan(0);
        string[] rows = File.ReadAllLines(Path.Combine(_folder, "a", "points.csv"));
        rows.Length.ShouldBe(9);
        rows.Select(r => r.Split(',').Length).ToHashSet().Count.ShouldBe(1);
        File.ReadLines(Path.Combine(_folder, "a", "load.csv")).Count().ShouldBe(1 + (8 * 144));
    }

    [Fact]
    public void Results_of_a_sample_are_of_the_whole_city()
    {
        PointResult small = Run(null, Plan with { Grids = [new StudyGrid { Gammas = [1] }] }, Settings with { Sample = 0.004, Days = 2, Batches = null }).Points.Single().Figures;
        PointResult large = Run(null, Plan with { Grids = [new StudyGrid { Gammas = [1] }] }, Settings with { Sample = 0.012, Days = 2, Batches = null }).Points.Single().Figures;
        small.Original.PeakMw.ShouldBe(19_219, 1);
        large.Original.PeakMw.ShouldBe(19_219, 1);
        small.Energy.ChargeOnlyMwh.ShouldBe(large.Energy.ChargeOnlyMwh, 0.08 * large.Energy.ChargeOnlyMwh);
        small.PeakShavingMw.ShouldBe(large.PeakShavingMw, 0.08 * large.PeakShavingMw);
        small.CompensationRmb.ShouldBe(large.CompensationRmb, 0.08 * large.CompensationRmb);
        small.Participation.Vehicles.ShouldBe(480_000);
        small.Solve.BoundKw.ShouldBe(large.Solve.BoundKw, 0.03 * large.Solve.BoundKw);
    }

    [Fact]
    public void A_fleet_of_another_size_lives_beside_the_same_city()
    {
        StudyResult study = Run(null, Plan with { Grids = [new StudyGrid { Fleets = [240_000, 480_000] }] }, Settings with { Sample = 0.004, Days = 2, Batches = null });
        PointResult half = study.Points[0].Figures, all = study.Points[1].Figures;
        half.Original.PeakMw.ShouldBe(all.Original.PeakMw, 1e-6);
        half.Energy.ChargeOnlyMwh.ShouldBe(all.Energy.ChargeOnlyMwh / 2, 0.08 * all.Energy.ChargeOnlyMwh);
        half.PeakShavingMw.ShouldBeLessThan(all.PeakShavingMw);
    }

    [Fact]
    public void The_papers_studies_have_their_points_and_names()
    {
        StudyPresets.All.Select(p => p.Name).ShouldBe(["paper-fig4", "paper-fig5", "paper-fig6", "paper-fig7", "paper-fig8", "paper-fig9", "pareto"]);
        foreach (StudyPlan plan in StudyPresets.All)
        {
            StudyPoint[] points = [.. plan.Grids.SelectMany(g => g.Points(new StudySettings(), Ingest.Simulation.Parameters.CityParameterFile.Open)).Distinct()];
            points.Select(p => PointNames.Of(p, points)).Distinct(StringComparer.Ordinal).Count().ShouldBe(points.Length, plan.Name);
        }
        StudyPresets.All.Single(p => p.Name is "paper-fig6").Grids.Sum(g => g.Count).ShouldBe(16);
    }

    [Fact]
    public void More_than_the_memory_holds_is_refused_with_what_would_fit()
    {
        StudyPlan huge = Plan with { Grids = [new StudyGrid { Fleets = [int.MaxValue] }] };
        Should.Throw<InputException>(() => Run(null, huge, Settings with { Sample = 1, Days = 42 })).Message.ShouldContain("--sample 0.");
        Should.Throw<InputException>(() => Run(null, Plan with { Grids = [new StudyGrid { Cities = ["atlantis"] }] })).Message.ShouldContain("atlantis");
        Should.Throw<InputException>(() => Run(null, Plan with { Grids = [new StudyGrid { Seasons = [] }] })).Message.ShouldContain("no point");
    }

    private static StudyResult Run(StudyCache? cache, StudyPlan? plan = null, StudySettings? settings = null, int threads = 0) =>
        new SweepRunner(cache, threads, TimeProvider.System).Run(plan ?? Plan, settings ?? Settings, (_, _, _) => { }, TestContext.Current.CancellationToken);

    private static StudyResult Run(StudyCache? cache, int threads) => Run(cache, null, null, threads);

    private StudyCache Cache(string name) => new(Path.Combine(_folder, name), long.MaxValue, TimeProvider.System);

    private string[] Written(StudyResult study, string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        StudyFolder.Write(folder, study, "1.2.3");
        return [.. Directory.GetFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex("(?:src|href)=\"[^#\"]|url\\([^#]|<script|@import", RegexOptions.NonBacktracking)]
    private static partial Regex Outside();

    [GeneratedRegex("\\bid=\"(?<id>[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Ids();

    [GeneratedRegex("href=\"#(?<id>[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Links();

    [GeneratedRegex("rgb\\(1,1,", RegexOptions.NonBacktracking)]
    private static partial Regex Marks();
}
