using Microsoft.Playwright;
using Movc.Browser.Tests.Support;

[assembly: AssemblyFixture(typeof(ChromiumFixture))]
// Two browsers and two cities at once would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Movc.Browser.Tests.Support;

/// <summary>One Chromium for all tests: the one that MOVC_CHROMIUM names, else the system's. Nothing is downloaded.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string? Executable { get; } = Environment.GetEnvironmentVariable("MOVC_CHROMIUM") is { Length: > 0 } named
        ? named
        : OnPath("chromium") ?? OnPath("chromium-browser");

    /// <summary>False where every test of this project is skipped.</summary>
    public static bool CanRun => Executable is not null && Repository.HasPage;

    public async ValueTask InitializeAsync()
    {
        if (!CanRun) return;
        // The driver (Node and its scripts) came with the package; it must fetch no browser of its own.
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>Skips the test where it cannot run, with the reason.</summary>
    public static void Need()
    {
        if (Executable is null) Assert.Skip("needs chromium: install it, or name its executable by MOVC_CHROMIUM");
        if (!Repository.HasPage) Assert.Skip("needs node 20.19 or later when building: the page was left out");
    }

    /// <summary>Opens a page in a context of its own; closed by disposing the visit.</summary>
    internal async Task<Visit> OpenAsync(Uri address, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return await Visit.StartAsync(context, address);
    }

    private static string? OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
