using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Movc.Browser.Tests.Support;

namespace Movc.Browser.Tests;

/// <summary>The past and the sources of a running city on its page.</summary>
public sealed class PastTests(ChromiumFixture chromium) : IDisposable
{
    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Any_stored_instant_is_shown_as_the_API_has_it_by_slider_and_by_steps()
    {
        ChromiumFixture.Need();
        await using MovcProcess movc = await MovcProcess.StartAsync("run --vehicles 2000 --speed max --intervals 30 --hold", _data.Path);
        await using Visit visit = await (await chromium.OpenAsync(movc.Address)).WhenShownAsync();
        await Assertions.Expect(visit.Of("state")).ToContainTextAsync("finished", new() { Timeout = 60_000 });
        await visit.Of("past-open").ClickAsync();
        await visit.Of("past-hash").WaitForAsync();
        await SameAsApiAsync(movc, visit);
        DateTimeOffset last = await AtAsync(visit);
        string hash = await visit.Of("past-hash").InnerTextAsync();
        for (int n = 0; n < 3; n++) await visit.Of("past-back").ClickAsync();
        await visit.Page.WaitForFunctionAsync($"() => document.querySelector('[data-testid=past-panel]').dataset.state === '{last.AddMinutes(-30):yyyy-MM-dd'T'HH:mm:ss'Z'}'");
        await SameAsApiAsync(movc, visit);
        string.Equals(await visit.Of("past-hash").InnerTextAsync(), hash, StringComparison.Ordinal).ShouldBeFalse();
        await visit.Of("past-slider").FillAsync(last.AddHours(-2).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        await visit.Page.WaitForFunctionAsync($"() => document.querySelector('[data-testid=past-panel]').dataset.state === '{last.AddHours(-2):yyyy-MM-dd'T'HH:mm:ss'Z'}'");
        await SameAsApiAsync(movc, visit);
        await visit.ShootAsync("past-1440x900");
        (await Axe.ViolationsAsync(visit.Page)).ShouldBeEmpty();
        await visit.Page.Keyboard.PressAsync("Escape");

        await visit.Of("sources-open").ClickAsync();
        await visit.Of("source-movc:sim/shenzhen").WaitForAsync();
        JsonElement source = (await movc.GetAsync("/api/v1/sources"))[0];
        (await visit.Of("source-accepted").GetAttributeAsync("data-value")).ShouldBe(source.GetProperty("accepted").GetInt64().ToString(CultureInfo.InvariantCulture));
        source.GetProperty("accepted").GetInt64().ShouldBe((await movc.GetAsync("/api/v1/city")).GetProperty("frame").GetProperty("counts").GetProperty("eventsAccepted").GetInt64());
        await visit.ShootAsync("sources-1440x900");
        (await Axe.ViolationsAsync(visit.Page)).ShouldBeEmpty();
        // On a telephone the table scrolls in its own frame, not the panel.
        await visit.Page.SetViewportSizeAsync(390, 844);
        (await visit.Page.EvaluateAsync<bool>("() => { const e = document.querySelector('[data-testid=sources-panel] .body'); return e.scrollWidth <= e.clientWidth; }")).ShouldBeTrue("the panel scrolls sideways");
        visit.Uncaught.ShouldBeEmpty();
        visit.Complaints.ShouldBeEmpty();
        visit.AskedElsewhere.ShouldBeEmpty();
    }

    private static async Task<DateTimeOffset> AtAsync(Visit visit) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse((await visit.Of("past-at").GetAttributeAsync("data-value"))!, CultureInfo.InvariantCulture));

    private static async Task SameAsApiAsync(MovcProcess movc, Visit visit)
    {
        JsonElement state = await movc.GetAsync($"/api/v1/state?at={await AtAsync(visit):yyyy-MM-dd'T'HH:mm:ss'Z'}");
        (await visit.Of("past-hash").InnerTextAsync()).ShouldBe(state.GetProperty("stateHash").GetString());
        foreach (JsonElement district in (JsonElement[])[.. state.GetProperty("districts").EnumerateArray(), state.GetProperty("city")])
        {
            string name = district.GetProperty("name").GetString()!;
            foreach (string what in (string[])["vehicles", "plugged"])
                (await visit.Of($"past-{what}-{name}").GetAttributeAsync("data-value")).ShouldBe(district.GetProperty(what).GetInt32().ToString(CultureInfo.InvariantCulture), name);
        }
    }
}
