using System.Text.Json;
using Microsoft.Playwright;
using Movc.Browser.Tests.Support;

namespace Movc.Browser.Tests;

/// <summary>What people with a keyboard, a narrow screen, or eyes of their own meet: a picture that stands still is looked at.</summary>
public sealed class AccessibilityTests(ChromiumFixture chromium, FinishedCity city) : IClassFixture<FinishedCity>
{
    private const string Focused = """
        () => {
          const e = document.activeElement;
          if (!e || e === document.body) return '';
          const name = e.dataset.testid ?? (e.name ? `${e.name}` : '') ?? '';
          return name || e.getAttribute('aria-label') || e.textContent.trim().replace(/\s+/g, ' ');
        }
        """;

    /// <summary>Intervals planned at 17:20 to the end of the next day, but the one that has gone since.</summary>
    private const int Planned = (2 * 144) - 104 - 1;

    [Fact]
    public async Task A_picture_that_stands_still_equals_the_API_number_by_number()
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address)).WhenShownAsync();
        await visit.Of("banner").WaitForAsync();
        // A page polls until its hub connection stands, which takes longer on a busy machine.
        await visit.Page.Locator("[data-testid=connection].live").WaitForAsync();
        PagePicture page = await PagePicture.OfAsync(visit.Page);
        page.Readings.Count.ShouldBeGreaterThan(30);
        page.DifferencesFrom(await city.Movc.GetAsync("/api/v1/city")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_planted_difference_is_found()
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address)).WhenShownAsync();
        await visit.Of("banner").WaitForAsync();
        JsonElement answer = await city.Movc.GetAsync("/api/v1/city");
        await visit.Page.EvaluateAsync("""
            () => {
              document.querySelector('[data-testid=count-plugged]').dataset.value = '1';
              document.querySelector('[data-testid=count-registered]').textContent = '1,999';
              document.querySelector('[data-testid=plan-gap]').removeAttribute('data-testid');
              document.querySelector('h1').dataset.testid = 'made-up';
              document.querySelector('h1').dataset.value = '7';
            }
            """);
        string differences = string.Join('\n', (await PagePicture.OfAsync(visit.Page)).DifferencesFrom(answer));
        differences.ShouldContain("count-plugged has 1");
        differences.ShouldContain("count-registered reads \"1,999");
        differences.ShouldContain("plan-gap is not on the page");
        differences.ShouldContain("made-up shows 7");
    }

    [Theory]
    [InlineData("overValley", "pvdr-over-valley")]
    [InlineData("overPeak", "pvdr-over-peak")]
    public async Task Both_definitions_of_the_peak_valley_ratio_equal_the_APIs(string definition, string control)
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address)).WhenShownAsync();
        await visit.Of(control).CheckAsync(new() { Force = true });
        IReadOnlyDictionary<string, object?> expected = ExpectedReadings.Of(await city.Movc.GetAsync("/api/v1/city"), definition);
        foreach (PagePicture.Reading reading in (await PagePicture.OfAsync(visit.Page)).Readings.Where(r => r.TestId.StartsWith("pvdr-", StringComparison.Ordinal)))
            reading.Shows(expected[reading.TestId]).ShouldBeTrue($"{reading}, expected {expected[reading.TestId]}");
    }

    [Theory]
    [InlineData(1440, 900, ColorScheme.Light)]
    [InlineData(1440, 900, ColorScheme.Dark)]
    [InlineData(1920, 1080, ColorScheme.Light)]
    [InlineData(1024, 768, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task The_page_fits_its_screen_and_meets_axe(int width, int height, ColorScheme scheme)
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address, width, height, scheme)).WhenShownAsync();
        await visit.Of("banner").WaitForAsync();
        string name = $"{width}x{height}-{scheme.ToString().ToLowerInvariant()}";
        await visit.ShootAsync(name);
        if (width < 1200) await visit.ShootAsync(name + "-whole", wholePage: true);
        int[] scroll = await visit.Page.EvaluateAsync<int[]>("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]");
        scroll[0].ShouldBe(scroll[1], "the page scrolls sideways");
        if (width >= 1200)
        {
            int[] side = await visit.Page.EvaluateAsync<int[]>("() => [document.querySelector('aside').scrollHeight, document.querySelector('aside').clientHeight]");
            side[0].ShouldBeLessThanOrEqualTo(side[1], "a tile of the side column lies below the fold");
        }
        string[] cut = await visit.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('.reading dt, .reading dd, .foot span, .change, h1, h2, .legend li, .mode, .when')]
              .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')
              .map((e) => e.textContent.trim())
            """);
        cut.ShouldBeEmpty();
        (await Axe.ViolationsAsync(visit.Page)).ShouldBeEmpty();
        await visit.Of("certificate-open").ClickAsync();
        await visit.Of("certificate-prices").WaitForAsync();
        (await Axe.ViolationsAsync(visit.Page)).ShouldBeEmpty();
        (await visit.Page.EvaluateAsync<bool>("() => { const e = document.querySelector('[data-testid=certificate-panel] .body'); return e.scrollWidth <= e.clientWidth; }")).ShouldBeTrue("the certificate scrolls sideways");
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Of("foresight-open").ClickAsync();
        await visit.Of("foresight-plan").WaitForAsync();
        (await Axe.ViolationsAsync(visit.Page)).ShouldBeEmpty();
        (await visit.Page.EvaluateAsync<bool>("() => { const e = document.querySelector('[data-testid=foresight-panel] .body'); return e.scrollWidth <= e.clientWidth; }")).ShouldBeTrue("the foresight scrolls sideways");
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Of("dead-letters-open").ClickAsync();
        await visit.Page.WaitForFunctionAsync("() => !document.querySelector('[data-testid=dead-letters-panel]').textContent.includes('Loading')");
        (await Axe.ViolationsAsync(visit.Page)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Light_and_dark_differ_and_the_button_chooses()
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address, scheme: ColorScheme.Dark)).WhenShownAsync();
        Task<double> Lightness() => visit.Page.EvaluateAsync<double>("() => Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))");
        (await Lightness()).ShouldBeLessThan(80);
        ILocator button = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Theme" });
        await button.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        (await Lightness()).ShouldBeGreaterThan(200);
        await visit.Page.Keyboard.PressAsync("Space");
        (await Lightness()).ShouldBeLessThan(80);
        await visit.Page.ReloadAsync();
        await visit.WhenShownAsync();
        (await button.InnerTextAsync()).ShouldContain("Dark");
    }

    [Fact]
    public async Task Every_control_is_reached_by_the_tab_key_in_reading_order_and_shows_it()
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address)).WhenShownAsync();
        var order = new List<string>();
        for (int i = 0; i < 30; i++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            string name = await visit.Page.EvaluateAsync<string>(Focused);
            if (name.Length == 0 || order.Contains(name)) break;
            bool marked = await visit.Page.EvaluateAsync<bool>("""
                () => [document.activeElement, document.activeElement.closest('.switch')]
                  .some((e) => e && getComputedStyle(e).outlineStyle !== 'none' && parseFloat(getComputedStyle(e).outlineWidth) >= 2)
                """);
            marked.ShouldBeTrue($"{name} has the focus and does not show it");
            order.Add(name);
        }
        order.Select(o => o.StartsWith("Theme", StringComparison.Ordinal) ? "theme" : o.Contains("assumption", StringComparison.Ordinal) ? "assumptions" : o)
            .ShouldBe(["Skip to the load curves", "past-open", "studies-open", "theme", "pvdr-over-valley", "span", "foresight-open", "regret-open", "CSV", "chart-load", "setpoints-open", "chart-fleet", "flexibility-open", "certificate-open", "sources-open", "dead-letters-open", "assumptions"]);
    }

    [Fact]
    public async Task The_keyboard_works_every_control()
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address)).WhenShownAsync();
        IKeyboard keyboard = visit.Page.Keyboard;
        await visit.Of("pvdr-over-valley").FocusAsync();
        await keyboard.PressAsync("ArrowRight");
        (await visit.Of("pvdr-definition").GetAttributeAsync("data-definition")).ShouldBe("overPeak");
        await visit.Page.Locator("summary").FocusAsync();
        await keyboard.PressAsync("Space");
        (await visit.Of("assumptions").IsVisibleAsync()).ShouldBeTrue();
        await visit.Of("certificate-open").FocusAsync();
        await keyboard.PressAsync("Space");
        (await visit.Of("certificate-panel").IsVisibleAsync()).ShouldBeTrue();
        await keyboard.PressAsync("Escape");
        (await visit.Of("certificate-panel").IsVisibleAsync()).ShouldBeFalse();
        await visit.Of("dead-letters-open").FocusAsync();
        await keyboard.PressAsync("Space");
        (await visit.Of("dead-letters-panel").IsVisibleAsync()).ShouldBeTrue();
        await keyboard.PressAsync("Escape");
        (await visit.Of("dead-letters-panel").IsVisibleAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task The_chart_is_read_by_the_arrow_keys_with_the_APIs_numbers()
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address)).WhenShownAsync();
        JsonElement answer = await city.Movc.GetAsync("/api/v1/city");
        JsonElement history = answer.GetProperty("history"), horizon = answer.GetProperty("frame").GetProperty("horizon");
        ILocator chart = visit.Of("chart-load");
        await chart.FocusAsync();
        (await chart.GetAttributeAsync("data-realized")).ShouldBe("105");
        await visit.Page.Keyboard.PressAsync("End");
        (await ReadAsync(chart)).ShouldBe(Values(horizon, Planned, "planned"));
        await visit.Page.Keyboard.PressAsync("n");
        (await ReadAsync(chart)).ShouldBe(Values(history, history.GetProperty("afterKw").GetArrayLength() - 1, "realized"));
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        // The last plan was made at the start of the last interval, which has gone since.
        (await ReadAsync(chart)).ShouldBe(Values(horizon, 1, "planned"));
        await visit.Page.Keyboard.PressAsync("PageUp");
        (await ReadAsync(chart)).ShouldBe(Values(history, history.GetProperty("afterKw").GetArrayLength() - 6, "realized"));
    }

    [Fact]
    public async Task The_curves_on_show_can_be_taken_along()
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address)).WhenShownAsync();
        IDownload download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        download.SuggestedFilename.ShouldBe("shenzhen-2022-07-18.csv");
        string[] lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        lines.Count(l => l.Contains("realized", StringComparison.Ordinal)).ShouldBe(105);
        lines.Count(l => l.Contains("planned", StringComparison.Ordinal)).ShouldBe(Planned);
    }

    private static async Task<string> ReadAsync(ILocator chart)
    {
        string text = (await chart.GetAttributeAsync("aria-valuetext"))!;
        // "Mon 18 17:30–17:40 planned: Original 750.12 MW, …"
        string[] parts = text.Split(": ", 2);
        return $"{parts[0].Split(' ')[^1]}: {parts[1]}";
    }

    private static string Values(JsonElement curves, int index, string kind)
    {
        string At(string name) => (curves.GetProperty(name)[index].GetDouble() / 1000).ToString("N2", System.Globalization.CultureInfo.InvariantCulture);
        return $"{kind}: Original {At("originalKw")} MW, Charge only {At("chargeOnlyKw")} MW, After dispatch {At("afterKw")} MW";
    }
}
