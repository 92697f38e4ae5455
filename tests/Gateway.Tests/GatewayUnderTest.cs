using Movc.Domain.Queries;
using System.Text.Json;
using Movc.Gateway.Frames;

namespace Movc.Gateway.Tests;

/// <summary>A gateway on a free port of this machine, over fakes.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    private GatewayUnderTest(GatewayHost host)
    {
        Host = host;
        Http = new HttpClient { BaseAddress = host.Address };
    }

    public GatewayHost Host { get; }

    public HttpClient Http { get; }

    public required FakeTwin Twin { get; init; }

    public required FakePlans Plans { get; init; }

    public required FakeRun Run { get; init; }

    public required FakeIntake Intake { get; init; }

    public required FrameSignal Signal { get; init; }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static GatewayPorts Ports() => new()
    {
        Twin = new FakeTwin(), Plans = new FakePlans(), Run = new FakeRun(), Calendar = new EastEight(), Intake = new FakeIntake(), Studies = new FakeStudies(),
    };

    public static async Task<GatewayUnderTest> StartAsync(
        Func<GatewayOptions, GatewayOptions>? change = null, TimeProvider? time = null, Action<FakeTwin, FakePlans, FakeRun>? prepare = null, IReplayControl? replay = null, FakeDesk? desk = null)
    {
        GatewayPorts ports = Ports() with { Replay = replay, Setpoints = desk, Answers = desk, Holds = desk, Flexibility = desk };
        prepare?.Invoke((FakeTwin)ports.Twin, (FakePlans)ports.Plans, (FakeRun)ports.Run);
        var options = new GatewayOptions
        {
            Listen = "127.0.0.1:0", FramePeriod = TimeSpan.FromMilliseconds(50), MinFrameSpacing = TimeSpan.FromMilliseconds(1),
        };
        GatewayHost host = GatewayHost.Build(change?.Invoke(options) ?? options, ports, time: time);
        await host.StartAsync(Stop);
        return new GatewayUnderTest(host)
        {
            Twin = (FakeTwin)ports.Twin, Plans = (FakePlans)ports.Plans, Run = (FakeRun)ports.Run, Intake = (FakeIntake)ports.Intake, Signal = ports.Signal,
        };
    }

    public async Task<JsonElement> JsonAsync(string path, int status = 200)
    {
        using HttpResponseMessage response = await Http.GetAsync(new Uri(path, UriKind.Relative), Stop);
        return await ReadAsync(response, status);
    }

    /// <summary>Asserts the status, and for an error that it is a problem document with a remedy.</summary>
    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response, int status)
    {
        string text = await response.Content.ReadAsStringAsync(Stop);
        ((int)response.StatusCode).ShouldBe(status, text);
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement root = document.RootElement.Clone();
        bool isHealth = response.RequestMessage!.RequestUri!.AbsolutePath.EndsWith("/health", StringComparison.Ordinal);
        if (status >= 400 && !(status == 503 && isHealth))
        {
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            root.GetProperty("status").GetInt32().ShouldBe(status);
            root.GetProperty("remedy").GetString().ShouldNotBeNullOrEmpty();
            text.ShouldNotContain("   at ");
        }
        return root;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.StopAsync(CancellationToken.None);
        await Host.DisposeAsync();
    }
}
