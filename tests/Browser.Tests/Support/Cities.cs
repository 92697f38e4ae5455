namespace Movc.Browser.Tests.Support;

/// <summary>A running simulated city of 2,000 vehicles, an interval a second, shared by the tests of one class.</summary>
public sealed class LiveCity : IAsyncLifetime
{
    private readonly DataFolder _data = new();

    internal MovcProcess Movc { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (ChromiumFixture.CanRun) Movc = await MovcProcess.StartAsync("run --vehicles 2000 --speed 600 --seed 5", _data.Path);
    }

    public async ValueTask DisposeAsync()
    {
        if (Movc is not null) await Movc.DisposeAsync();
        _data.Dispose();
    }
}

/// <summary>A simulated city that has run to 17:30 and holds its last picture.</summary>
public sealed class FinishedCity : IAsyncLifetime
{
    private readonly DataFolder _data = new();

    internal MovcProcess Movc { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!ChromiumFixture.CanRun) return;
        Movc = await MovcProcess.StartAsync("run --vehicles 2000 --intervals 105 --speed max --seed 5 --hold", _data.Path);
        await Movc.WhenFinishedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Movc is not null) await Movc.DisposeAsync();
        _data.Dispose();
    }
}
