using Microsoft.Playwright;
using Movc.Browser.Tests.Support;

namespace Movc.Browser.Tests;

/// <summary>Replay, a guarded gateway, and a gateway that goes away and comes back.</summary>
public sealed class OtherModesTests(ChromiumFixture chromium)
{
    private const string SmallRun = "run --vehicles 500 --speed 600 --seed 5";

    [Fact]
    public async Task A_replayed_city_says_that_it_is_one()
    {
        ChromiumFixture.Need();
        using var data = new DataFolder();
        await using MovcProcess movc = await MovcProcess.StartAsync("replay --sessions examples/sessions-small.csv --load examples/load-small.csv --speed 3600", data.Path);
        await using Visit visit = await (await chromium.OpenAsync(movc.Address)).WhenShownAsync();
        (await visit.Of("mode").InnerTextAsync()).ShouldBe("REPLAY");
        (await visit.Page.TitleAsync()).ShouldContain("replay");
        (await visit.Of("speed").InnerTextAsync()).ShouldBe("3,600×");
        (await visit.Of("chart-load").GetAttributeAsync("data-planned")).ShouldBeOneOf("216", "215");
        (await visit.Of("load-source").InnerTextAsync()).ShouldContain("load-small.csv");
        await visit.ShootAsync("replay-1440x900");
        visit.Complaints.ShouldBeEmpty();
        visit.AskedElsewhere.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_gateway_that_goes_away_is_told_plainly_and_one_that_comes_back_is_shown_again()
    {
        ChromiumFixture.Need();
        using var data = new DataFolder();
        int port = MovcProcess.FreePort();
        MovcProcess movc = await MovcProcess.StartAsync(SmallRun, data.Path, port);
        await using Visit visit = await (await chromium.OpenAsync(movc.Address)).WhenShownAsync();
        (await visit.Of("banner").CountAsync()).ShouldBe(0);
        (await movc.StopAsync()).ShouldBe(0, movc.Said);
        await movc.DisposeAsync();
        string last = (await visit.Of("city").GetAttributeAsync("data-at"))!;
        await visit.Page.Locator("[data-testid=banner][data-value='\"alarm\"']").WaitForAsync();
        (await visit.Of("banner").InnerTextAsync()).ShouldContain("Gateway not reachable since");
        (await visit.Of("connection").InnerTextAsync()).ShouldContain("Disconnected");
        // What was known last stays on show.
        (await visit.Of("load-after-kw").GetAttributeAsync("data-value"))!.Length.ShouldBeGreaterThan(4);
        await visit.ShootAsync("gateway-away-1440x900");

        await using MovcProcess again = await MovcProcess.StartAsync(SmallRun, data.Path, port);
        await visit.Of("banner").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await visit.Page.WaitForFunctionAsync("at => Date.parse(document.querySelector('[data-testid=city]').dataset.at) > Date.parse(at)", last);
        // The stream too, not only the answers to asking again and again.
        await visit.Page.Locator("[data-testid=connection][data-value='\"live\"']").WaitForAsync(new() { Timeout = 8_000 });
        visit.Uncaught.ShouldBeEmpty();
        visit.AskedElsewhere.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_guarded_gateway_asks_for_its_token_and_the_right_one_opens_it()
    {
        ChromiumFixture.Need();
        using var data = new DataFolder();
        await using MovcProcess movc = await MovcProcess.StartAsync(SmallRun, data.Path, token: "open-sesame");
        await using Visit visit = await chromium.OpenAsync(movc.Address);
        await visit.Of("token").WaitForAsync();
        (await visit.Of("load-after-kw").InnerTextAsync()).ShouldBe("–");
        await visit.ShootAsync("token-1440x900");
        await visit.Of("token").FillAsync("wrong");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        (await visit.Page.GetByRole(AriaRole.Alert).InnerTextAsync()).ShouldContain("refused");
        await visit.Of("token").FillAsync("open-sesame");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.WhenShownAsync();
        (await visit.Of("token").IsVisibleAsync()).ShouldBeFalse();
        // By the stream, not by asking again and again.
        await visit.Page.Locator("[data-testid=connection][data-value='\"live\"']").WaitForAsync();
        visit.Uncaught.ShouldBeEmpty();
        visit.AskedElsewhere.ShouldBeEmpty();
    }
}
