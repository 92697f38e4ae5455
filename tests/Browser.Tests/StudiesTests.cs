using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Movc.Browser.Tests.Support;

namespace Movc.Browser.Tests;

/// <summary>The studies that the program made, on the page of a running city.</summary>
public sealed class StudiesTests(ChromiumFixture chromium) : IDisposable
{
    private readonly DataFolder _data = new();
    private readonly DataFolder _studies = new();

    public void Dispose()
    {
        _data.Dispose();
        _studies.Dispose();
    }

    [Fact]
    public async Task A_finished_study_is_on_the_page_with_its_numbers_and_its_report()
    {
        ChromiumFixture.Need();
        await RunAsync($"study --gamma 0.5,2 --sample 0.002 --days 1 --no-cache --out \"{Path.Combine(_studies.Path, "two-gammas")}\"");
        await using MovcProcess movc = await MovcProcess.StartAsync($"run --vehicles 200 --speed 600 --studies \"{_studies.Path}\"", _data.Path);
        await using Visit visit = await (await chromium.OpenAsync(movc.Address)).WhenShownAsync();
        await visit.Of("studies-open").ClickAsync();
        await visit.Of("study-two-gammas").WaitForAsync();
        JsonElement points = (await movc.GetAsync("/api/v1/studies"))[0].GetProperty("points");
        points.GetArrayLength().ShouldBe(2);
        string[] shown = await visit.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[data-testid=study-two-gammas] td[data-value]')].map(e => e.dataset.value)");
        shown.Select(s => double.Parse(s, CultureInfo.InvariantCulture)).ShouldBe(points.EnumerateArray().Select(p => p.GetProperty("pvdrAfter").GetDouble()));
        await visit.ShootAsync("studies-1440x900");
        (await Axe.ViolationsAsync(visit.Page)).ShouldBeEmpty();
        await visit.Of("study-two-gammas-report").ClickAsync();
        IFrameLocator report = visit.Page.FrameLocator("[data-testid=study-report]");
        await report.Locator("h1").WaitForAsync();
        (await report.Locator("h1").InnerTextAsync()).ShouldBe("A study");
        (await report.Locator("svg").CountAsync()).ShouldBeGreaterThan(8);
        await visit.ShootAsync("study-report-1440x900");
        await visit.Of("studies-back").ClickAsync();
        await visit.Of("study-two-gammas").WaitForAsync();
        // On a telephone the table scrolls in its own frame, not the panel.
        await visit.Page.SetViewportSizeAsync(390, 844);
        (await visit.Page.EvaluateAsync<bool>("() => { const e = document.querySelector('[data-testid=studies-panel] .body'); return e.scrollWidth <= e.clientWidth; }")).ShouldBeTrue("the panel scrolls sideways");
        visit.Uncaught.ShouldBeEmpty();
        visit.Complaints.ShouldBeEmpty();
        visit.AskedElsewhere.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_city_without_studies_says_how_one_is_made()
    {
        ChromiumFixture.Need();
        await using MovcProcess movc = await MovcProcess.StartAsync($"run --vehicles 200 --speed 600 --studies \"{_studies.Path}\"", _data.Path);
        await using Visit visit = await (await chromium.OpenAsync(movc.Address)).WhenShownAsync();
        await visit.Of("studies-open").ClickAsync();
        await Assertions.Expect(visit.Of("studies-none")).ToContainTextAsync("movc study");
    }

    private static async Task RunAsync(string arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", $"\"{Repository.Program}\" {arguments}") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        string said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, said);
    }
}
