using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Movc.Browser.Tests.Support;

/// <summary>A page in a browser context of its own, and everything that it asked for and complained about.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Uri _address;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _uncaught = new();
    private readonly ConcurrentQueue<Uri> _asked = new();

    private Visit(IBrowserContext context, IPage page, Uri address)
    {
        _context = context;
        _address = address;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings on the console.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Exceptions that the page's scripts did not catch.</summary>
    public IReadOnlyCollection<string> Uncaught => _uncaught;

    /// <summary>Everything that was asked for, web sockets too.</summary>
    public IReadOnlyCollection<Uri> Asked => _asked;

    /// <summary>What was asked for from anywhere but the page's own address.</summary>
    public IEnumerable<Uri> AskedElsewhere => _asked.Where(u => u.Scheme is not ("data" or "blob") && !string.Equals(u.Authority, _address.Authority, StringComparison.Ordinal));

    public static async Task<Visit> StartAsync(IBrowserContext context, Uri address)
    {
        IPage page = await context.NewPageAsync();
        page.SetDefaultTimeout(20_000);
        var visit = new Visit(context, page, address);
        context.Request += (_, request) => visit._asked.Enqueue(new Uri(request.Url));
        page.WebSocket += (_, socket) => visit._asked.Enqueue(new Uri(socket.Url));
        page.PageError += (_, error) => visit._uncaught.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") visit._complaints.Enqueue($"{message.Type}: {message.Text}");
        };
        await page.GotoAsync(address.ToString());
        return visit;
    }

    public ILocator Of(string testId) => Page.GetByTestId(testId);

    /// <summary>Waits until the page shows a city.</summary>
    public async Task<Visit> WhenShownAsync()
    {
        await Page.WaitForFunctionAsync("() => document.querySelector('[data-testid=city]')?.dataset.at && document.querySelector('[data-testid=load-after-kw]')?.dataset.value !== 'null'");
        return this;
    }

    /// <summary>Keeps a picture under artifacts/screenshots.</summary>
    public Task ShootAsync(string name, bool wholePage = false) =>
        Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Screenshots, name + ".png"), FullPage = wholePage });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
