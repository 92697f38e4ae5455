using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Movc.Browser.Tests.Support;

namespace Movc.Browser.Tests;

/// <summary>A replay's controls on the page.</summary>
public sealed class ReplayTests(ChromiumFixture chromium) : IDisposable
{
    private readonly DataFolder _data = new();
    private readonly DataFolder _own = new();

    public void Dispose()
    {
        _data.Dispose();
        _own.Dispose();
    }

    [Fact]
    public async Task A_replay_is_marked_and_played_stepped_sought_and_sped_up_on_its_page()
    {
        ChromiumFixture.Need();
        await using (MovcProcess run = await MovcProcess.StartAsync("run --vehicles 2000 --speed max --intervals 30 --hold", _data.Path))
        await using (Visit first = await (await chromium.OpenAsync(run.Address)).WhenShownAsync())
        {
            (await first.Of("replay").CountAsync()).ShouldBe(0);
            await Assertions.Expect(first.Of("state")).ToContainTextAsync("finished", new() { Timeout = 60_000 });
        }
        await using MovcProcess movc = await MovcProcess.StartAsync($"replay --stored \"{_data.Path}\" --speed 600 --paused --hold", _own.Path);
        await using Visit visit = await chromium.OpenAsync(movc.Address);
        await visit.Of("replay").WaitForAsync();
        await Assertions.Expect(visit.Of("mode")).ToContainTextAsync("REPLAY");
        await StateAsync(visit, "paused");
        long startMs = await AtAsync(visit);
        await visit.Of("replay-step").ClickAsync();
        await Assertions.Expect(visit.Of("replay-at")).ToHaveAttributeAsync("data-value", (startMs + 600_000).ToString(CultureInfo.InvariantCulture));
        // Seek: the bar, the API and the frame agree.
        long middleMs = startMs + (12 * 600_000);
        await visit.Of("replay-seek").FillAsync(middleMs.ToString(CultureInfo.InvariantCulture));
        await StateAsync(visit, "paused");
        await Assertions.Expect(visit.Of("replay-at")).ToHaveAttributeAsync("data-value", middleMs.ToString(CultureInfo.InvariantCulture));
        (await movc.GetAsync("/api/v1/replay")).GetProperty("at").GetDateTimeOffset().ToUnixTimeMilliseconds().ShouldBe(middleMs);
        await Assertions.Expect(visit.Of("city-time")).ToHaveAttributeAsync("data-value", middleMs.ToString(CultureInfo.InvariantCulture));
        await visit.ShootAsync("replay-1440x900");
        (await Axe.ViolationsAsync(visit.Page)).ShouldBeEmpty();
        // Back again: the curves end where the replay is.
        await visit.Of("replay-seek").FillAsync((startMs + (6 * 600_000)).ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(visit.Of("city-time")).ToHaveAttributeAsync("data-value", (startMs + (6 * 600_000)).ToString(CultureInfo.InvariantCulture));
        await visit.Of("replay-speed").SelectOptionAsync("0");
        await visit.Of("replay-play").ClickAsync();
        await StateAsync(visit, "finished");
        (await movc.GetAsync("/api/v1/replay")).GetProperty("speed").ValueKind.ShouldBe(JsonValueKind.Null);
        await visit.Page.SetViewportSizeAsync(390, 844);
        (await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue("the page scrolls sideways");
        visit.Uncaught.ShouldBeEmpty();
        visit.Complaints.ShouldBeEmpty();
    }

    private static Task StateAsync(Visit visit, string state) => Assertions.Expect(visit.Of("replay")).ToHaveAttributeAsync("data-state", state, new() { Timeout = 30_000 });

    private static async Task<long> AtAsync(Visit visit) => long.Parse((await visit.Of("replay-at").GetAttributeAsync("data-value"))!, CultureInfo.InvariantCulture);
}
