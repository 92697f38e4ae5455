using Movc.Domain.Queries;
using Movc.Studies.Output;
using Movc.Studies.Sweeps;

namespace Movc.Studies.Tests.Output;

public sealed class StudyShelfTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("movc-shelf-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_finished_is_on_the_shelf_and_nothing_else()
    {
        var shelf = new StudyShelf(_folder);
        (await shelf.ListAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await new StudyShelf(_folder + "-none").ListAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        var plan = new StudyPlan("two", "Two", "What of two?", [new StudyGrid { Gammas = [0.5, 1.5] }]);
        StudyResult study = new SweepRunner(null, 0, TimeProvider.System).Run(plan, new StudySettings { Sample = 0.0005, Days = 1 }, (_, _, _) => { }, TestContext.Current.CancellationToken);
        StudyFolder.Write(Directory.CreateDirectory(Path.Combine(_folder, "two")).FullName, study, "1.2.3");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "broken")).FullName, "results.json"), "{\"points\":");
        Directory.CreateDirectory(Path.Combine(_folder, ".cache"));
        Directory.CreateDirectory(Path.Combine(_folder, "three.17.part"));
        File.WriteAllText(Path.Combine(_folder, "secret"), "no");
        StudyView view = (await shelf.ListAsync(TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        (view.Name, view.Kind, view.Title, view.Version).ShouldBe(("two", "study", "Two", "1.2.3"));
        view.Points.Select(p => p.Name).ShouldBe(["γ 0.5", "γ 1.5"]);
        view.Points[1].PvdrAfter.ShouldBe(study.Points[1].Figures.After.Median.OverValley);
        (await shelf.ReportAsync("two", TestContext.Current.CancellationToken)).ShouldNotBeNull().ShouldContain("What of two?");
        foreach (string name in (string[])["none", "..", "../two", "broken", ".cache", string.Empty]) (await shelf.ReportAsync(name, TestContext.Current.CancellationToken)).ShouldBeNull(name);
        // Written anew, read anew.
        StudyFolder.Write(Path.Combine(_folder, "two"), study with { Plan = plan with { Title = "Again" } }, "1.2.4");
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "two", "results.json"), DateTime.UnixEpoch.AddYears(60));
        (await shelf.ListAsync(TestContext.Current.CancellationToken)).Single().Title.ShouldBe("Again");
    }
}
