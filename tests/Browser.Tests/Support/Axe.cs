using Microsoft.Playwright;

namespace Movc.Browser.Tests.Support;

/// <summary>What axe-core finds wrong with a page.</summary>
internal static class Axe
{
    /// <summary>Serious and critical violations.</summary>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        string axe = Path.Combine(Repository.Root, "src", "Gateway", "web", "node_modules", "axe-core", "axe.min.js");
        File.Exists(axe).ShouldBeTrue("axe-core is not there: run npm ci in src/Gateway/web");
        await page.EvaluateAsync(await File.ReadAllTextAsync(axe, TestContext.Current.CancellationToken));
        return await page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .filter((v) => v.impact === 'serious' || v.impact === 'critical')
              .map((v) => `${v.impact} ${v.id}: ${v.nodes.map((n) => `${n.target} (${n.failureSummary})`).join(' | ')}`)
            """);
    }
}
