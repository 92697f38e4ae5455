using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Movc.Browser.Tests.Support;

namespace Movc.Browser.Tests;

/// <summary>What a control room does on the page: setpoints, holds, questions, regret.</summary>
public sealed class ControlPanelTests(ChromiumFixture chromium, LiveCity city) : IClassFixture<LiveCity>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Setpoints_are_counted_as_the_API_has_them_and_an_operator_holds_and_resumes()
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address)).WhenShownAsync();
        await visit.Of("setpoints-open").ClickAsync();
        await visit.Of("aggregators").WaitForAsync();
        (await visit.Of("aggregators").Locator("tbody tr").CountAsync()).ShouldBe(8);
        bool agreed = false;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (!agreed && !patience.IsCancellationRequested)
        {
            string shown = await visit.Page.EvaluateAsync<string>("() => document.querySelector('[data-testid=last-sent]').dataset.value");
            JsonElement view = await city.Movc.GetAsync("/api/v1/aggregators");
            long sent = view.GetProperty("aggregators").EnumerateArray().Sum(a => a.GetProperty("last").GetProperty("sent").GetInt64());
            agreed = string.Equals(shown, sent.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            await Task.Delay(100, Stop);
        }
        agreed.ShouldBeTrue();
        await visit.Of("hold-scope").SelectOptionAsync("district");
        await visit.Of("hold-name").SelectOptionAsync("Futian");
        await visit.Of("hold-by").FillAsync("shift lead");
        await visit.Of("hold-why").FillAsync("cable works");
        await visit.Of("hold-order").ClickAsync();
        await visit.Of("held").WaitForAsync();
        (await visit.Of("held").InnerTextAsync()).ShouldContain("district Futian");
        (await city.Movc.GetAsync("/api/v1/holds")).GetProperty("held")[0].GetProperty("why").GetString().ShouldBe("cable works");
        (await Axe.ViolationsAsync(visit.Page)).ShouldBeEmpty();
        await visit.ShootAsync("setpoints-1440x900");
        // The same again is refused, in words.
        await visit.Of("hold-why").FillAsync("again");
        await visit.Of("hold-order").ClickAsync();
        await visit.Page.GetByText("it is held already").WaitForAsync();
        await visit.Of("resume").ClickAsync();
        await visit.Of("held").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        (await city.Movc.GetAsync("/api/v1/holds")).GetProperty("log").GetArrayLength().ShouldBe(2);
        // A limit stands in the next plan, with what was measured and what is kept free.
        await visit.Of("limit-name").SelectOptionAsync("Longgang");
        await visit.Of("limit-import").FillAsync("150");
        await visit.Of("limit-export").FillAsync("90.5");
        await visit.Of("limit-why").FillAsync("hot transformer");
        await visit.Of("limit-order").ClickAsync();
        ILocator row = visit.Page.Locator("[data-testid=limit-Longgang][data-state=kept], [data-testid=limit-Longgang][data-state=broken]");
        await row.WaitForAsync(new() { Timeout = 60_000 });
        (await row.InnerTextAsync()).ShouldContain("hot transformer");
        JsonElement limit = (await city.Movc.GetAsync("/api/v1/plan")).GetProperty("limits")[0];
        (limit.GetProperty("district").GetString(), limit.GetProperty("importKw").GetDouble(), limit.GetProperty("exportKw").GetDouble()).ShouldBe(("Longgang", 150, 90.5));
        (await Axe.ViolationsAsync(visit.Page)).ShouldBeEmpty();
        await visit.ShootAsync("limits-1440x900");
        await visit.Of("unlimit").ClickAsync();
        await visit.Page.GetByText("No district is limited.").WaitForAsync();
    }

    [Fact]
    public async Task The_city_is_asked_and_answers_with_its_proof_and_a_supply_curve()
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address)).WhenShownAsync();
        await visit.Of("flexibility-open").ClickAsync();
        await visit.Of("ask-mw").FillAsync("0.05");
        await visit.Of("ask").ClickAsync();
        await visit.Of("answer").WaitForAsync();
        (await visit.Of("answer").GetAttributeAsync("data-state")).ShouldBeOneOf("yes", "no", "not-shown");
        double most = double.Parse(await visit.Page.EvaluateAsync<string>("() => document.querySelector('[data-testid=answer-most]').dataset.value"), CultureInfo.InvariantCulture);
        most.ShouldBeGreaterThanOrEqualTo(0);
        await visit.Of("ask-mw").FillAsync("100000");
        await visit.Of("ask").ClickAsync();
        await visit.Page.Locator("[data-testid=answer][data-state=no]").WaitForAsync();
        await visit.Of("supply").ClickAsync();
        await visit.Of("supply-chart").WaitForAsync(new() { Timeout = 60_000 });
        (await Axe.ViolationsAsync(visit.Page)).ShouldBeEmpty();
        await visit.ShootAsync("flexibility-1440x900");
    }

    [Fact]
    public async Task Regret_is_shown_once_an_hour_of_the_city_is_over()
    {
        ChromiumFixture.Need();
        await using Visit visit = await (await chromium.OpenAsync(city.Movc.Address)).WhenShownAsync();
        await visit.Of("regret-open").ClickAsync();
        // It is reckoned anew with the plans; the page looks with each.
        await visit.Of("regret-kept").WaitForAsync(new() { Timeout = 60_000 });
        double kept = double.Parse(await visit.Page.EvaluateAsync<string>("() => document.querySelector('[data-testid=regret-kept]').dataset.value"), CultureInfo.InvariantCulture);
        kept.ShouldBeInRange(-5, 1.001);
        (await visit.Of("regret-perfect").CountAsync()).ShouldBe(1);
        (await Axe.ViolationsAsync(visit.Page)).ShouldBeEmpty();
        await visit.ShootAsync("regret-1440x900");
    }
}
