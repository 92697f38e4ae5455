using System.Globalization;
using System.Text.Json;
using Movc.Browser.Tests.Support;

namespace Movc.Browser.Tests;

/// <summary>The page of a city that is running.</summary>
public sealed class LivePageTests(ChromiumFixture chromium, LiveCity city) : IClassFixture<LiveCity>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Instant_plan_and_load_change_live_over_several_intervals()
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address)).WhenShownAsync();
        var seen = new List<(DateTimeOffset At, string Plan, string AfterKw)>();
        while (seen.Count < 5)
        {
            string[] now = await visit.Page.EvaluateAsync<string[]>("""
                () => [document.querySelector('[data-testid=city]').dataset.at, document.querySelector('[data-testid=plan-status]').dataset.plan ?? '',
                       document.querySelector('[data-testid=load-after-kw]').dataset.value]
                """);
            var at = DateTimeOffset.Parse(now[0], CultureInfo.InvariantCulture);
            if (seen.Count == 0 || seen[^1].At != at) seen.Add((at, now[1], now[2]));
            await visit.Page.WaitForFunctionAsync("at => document.querySelector('[data-testid=city]').dataset.at !== at", now[0]);
        }
        for (int i = 1; i < seen.Count; i++) (seen[i].At - seen[i - 1].At).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(10));
        seen.Select(s => s.Plan).Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThanOrEqualTo(4);
        seen.Select(s => s.AfterKw).Distinct(StringComparer.Ordinal).Count().ShouldBe(5);
    }

    [Fact]
    public async Task Every_number_shown_equals_the_APIs_for_the_same_instant()
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address)).WhenShownAsync();
        var equal = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyList<string> differences = [];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        // The city runs on while it is looked at: a try counts when the API says the same before and after the page was read.
        while (equal.Count < 3 && !patience.IsCancellationRequested)
        {
            JsonElement before = await city.Movc.GetAsync("/api/v1/city");
            PagePicture page = await PagePicture.OfAsync(visit.Page);
            JsonElement after = await city.Movc.GetAsync("/api/v1/city");
            if (string.Equals(WithoutAge(before), WithoutAge(after), StringComparison.Ordinal))
            {
                differences = page.DifferencesFrom(after);
                if (differences.Count == 0) equal.Add(page.At);
            }
            await Task.Delay(100, Stop);
        }
        equal.Count.ShouldBe(3, string.Join("; ", differences));
    }

    [Fact]
    public async Task The_mode_is_unmistakable_and_the_next_day_is_planned()
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address)).WhenShownAsync();
        (await visit.Of("mode").InnerTextAsync()).ShouldBe("SIMULATED");
        (await visit.Page.TitleAsync()).ShouldContain("simulated");
        (await visit.Of("city-name").InnerTextAsync()).ShouldBe("Shenzhen", StringCompareShould.IgnoreCase);
        // A day; one interval less from an interval's end until its plan is there.
        (await visit.Of("chart-load").GetAttributeAsync("data-planned")).ShouldBeOneOf("216", "215");
        (await visit.Of("plan-status").InnerTextAsync()).ShouldBe("solved");
    }

    [Fact]
    public async Task The_page_complains_of_nothing_and_asks_nobody_else()
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address)).WhenShownAsync();
        string at = (await visit.Of("city").GetAttributeAsync("data-at"))!;
        await visit.Page.WaitForFunctionAsync("at => document.querySelector('[data-testid=city]').dataset.at !== at", at);
        await visit.Of("dead-letters-open").ClickAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        visit.Complaints.ShouldBeEmpty();
        visit.Uncaught.ShouldBeEmpty();
        visit.AskedElsewhere.ShouldBeEmpty();
        visit.Asked.ShouldContain(u => u.Scheme == "ws" && u.AbsolutePath == "/hubs/city");
        visit.Asked.ShouldContain(u => u.AbsolutePath == "/api/v1/city");
    }

    [Fact]
    public async Task A_refused_event_is_counted_and_can_be_opened()
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address)).WhenShownAsync();
        int before = int.Parse((await visit.Of("dead-letters").GetAttributeAsync("data-value"))!, CultureInfo.InvariantCulture);
        (await city.Movc.PostEventAsync("""
            {"specversion":"1.0","id":"bad-1","source":"movc:browser-test","type":"movc.vehicle.plugged-in.v1","subject":"browser-test-1",
             "time":"2022-07-18T00:00:00Z","data":{"maxChargeW":7000,"stateOfChargePpm":1700000}}
            """)).ShouldBe(System.Net.HttpStatusCode.UnprocessableEntity);
        await visit.Page.WaitForFunctionAsync("n => Number(document.querySelector('[data-testid=dead-letters]').dataset.value) === n", before + 1);
        await visit.Of("dead-letters-open").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        // The counts come with the frame; the letters themselves are asked for when the panel opens.
        await visit.Page.GetByText("bad-1").WaitForAsync();
        (await visit.Of("dead-letters-out-of-range").GetAttributeAsync("data-value")).ShouldBe((before + 1).ToString(CultureInfo.InvariantCulture));
        string panel = await visit.Of("dead-letters-panel").InnerTextAsync();
        panel.ShouldContain("state of charge 1.7 lies outside 0 to 1");
        panel.ShouldContain("bad-1");
        panel.ShouldContain("browser-test-1");
        await visit.ShootAsync("dead-letters-1440x900");
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Of("dead-letters-panel").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
        // The keyboard goes on where it was.
        (await visit.Page.EvaluateAsync<string>("() => document.activeElement.dataset.testid")).ShouldBe("dead-letters-open");
    }

    [Fact]
    public async Task The_foresight_shows_what_was_foreseen_and_what_came_with_the_APIs_numbers()
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address)).WhenShownAsync();
        await visit.Of("foresight-open").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Of("foresight-plan").WaitForAsync();
        bool agreed = false;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (!agreed && !patience.IsCancellationRequested)
        {
            string[] now = await visit.Page.EvaluateAsync<string[]>("""
                () => [...['intervals', 'hour-kw', 'plan-kw'].map(n => document.querySelector(`[data-testid=foresight-${n}]`).dataset.value),
                       document.querySelector('[data-testid=foresight-load]').dataset.points]
                """);
            JsonElement view = await city.Movc.GetAsync("/api/v1/city/foresight");
            JsonElement hour = view.GetProperty("hourAhead");
            // The city runs on: a look counts when page and API were at the same interval, with something foreseen an hour before.
            if (hour.GetProperty("intervals").GetInt32() > 0 && string.Equals(now[0], hour.GetProperty("intervals").GetRawText(), StringComparison.Ordinal))
            {
                double.Parse(now[1], CultureInfo.InvariantCulture).ShouldBe(hour.GetProperty("meanAbsoluteKw").GetDouble());
                double.Parse(now[2], CultureInfo.InvariantCulture).ShouldBe(view.GetProperty("planned").GetProperty("meanAbsoluteKw").GetDouble());
                now[3].ShouldBe(view.GetProperty("originalKw").GetArrayLength().ToString(CultureInfo.InvariantCulture));
                view.GetProperty("forecaster").GetString().ShouldNotBeNullOrEmpty();
                (await visit.Of("foresight-ahead").GetAttributeAsync("aria-label"))!.ShouldContain("nine of ten between");
                int.Parse((await visit.Of("foresight-ahead").GetAttributeAsync("data-points"))!, CultureInfo.InvariantCulture).ShouldBeInRange(144, 216);
                agreed = true;
            }
            await Task.Delay(100, Stop);
        }
        agreed.ShouldBeTrue();
        await visit.ShootAsync("foresight-1440x900");
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Of("foresight-panel").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
        (await visit.Page.EvaluateAsync<string>("() => document.activeElement.dataset.testid")).ShouldBe("foresight-open");
    }

    [Fact]
    public async Task The_certificate_shows_the_plans_own_numbers_and_follows_the_next_plan()
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address)).WhenShownAsync();
        await visit.Of("certificate-open").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Of("certificate-prices").WaitForAsync();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (seen.Count < 2 && !patience.IsCancellationRequested)
        {
            string[] now = await visit.Page.EvaluateAsync<string[]>("""
                () => [document.querySelector('[data-testid=certificate-panel]').dataset.state,
                       ...['objective-kw', 'bound-kw', 'gap', 'kind'].map(n => document.querySelector(`[data-testid=certificate-${n}]`).dataset.value),
                       document.querySelector('[data-testid=certificate-prices]').dataset.points, document.querySelector('[data-testid=certificate-gaps]').dataset.points]
                """);
            JsonElement plan = await city.Movc.GetAsync("/api/v1/plan");
            // The city runs on: a look counts when page and API were at the same plan.
            if (string.Equals(plan.GetProperty("id").GetString(), now[0], StringComparison.Ordinal))
            {
                double.Parse(now[1], CultureInfo.InvariantCulture).ShouldBe(plan.GetProperty("objectiveKw").GetDouble());
                double.Parse(now[2], CultureInfo.InvariantCulture).ShouldBe(plan.GetProperty("boundKw").GetDouble());
                double.Parse(now[3], CultureInfo.InvariantCulture).ShouldBe(plan.GetProperty("gap").GetDouble());
                now[4].ShouldBe("\"flattest\"");
                now[5].ShouldBe(plan.GetProperty("prices").GetProperty("values").GetArrayLength().ToString(CultureInfo.InvariantCulture));
                int.Parse(now[6], CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
                double sum = plan.GetProperty("prices").GetProperty("values").EnumerateArray().Sum(v => v.GetDouble());
                Math.Abs(sum).ShouldBeLessThan(1e-9);
                seen.Add(now[0]);
            }
            await Task.Delay(100, Stop);
        }
        seen.Count.ShouldBe(2);
        await visit.ShootAsync("certificate-1440x900");
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Of("certificate-panel").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
        (await visit.Page.EvaluateAsync<string>("() => document.activeElement.dataset.testid")).ShouldBe("certificate-open");
    }

    private static string WithoutAge(JsonElement answer) =>
        System.Text.RegularExpressions.Regex.Replace(answer.GetRawText(), "\"ageSeconds\":[0-9.eE+-]+", string.Empty, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));
}
