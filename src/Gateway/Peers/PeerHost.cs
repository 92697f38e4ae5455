using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Movc.Domain;
using Movc.Domain.Aggregators;
using Movc.Domain.Flexibility;
using Movc.Domain.Operators;
using Movc.Domain.Queries;
using Movc.Gateway.Http;
using Movc.Gateway.Json;

namespace Movc.Gateway.Peers;

/// <summary>
/// The internal web server of a role that runs as a process of its own: its query port under /internal/v1, and under /health
/// whether it lives and whether it is ready. Those two need no token, and without it they say no more than that.
/// </summary>
[DebuggerDisplay("{Address}")]
public sealed class PeerHost : IAsyncDisposable
{
    /// <summary>Environment variable that holds the token between the roles.</summary>
    public const string TokenVariable = "MOVC_ROLE_TOKEN";

    private const string Prefix = "/internal/v1";
    private readonly WebApplication _app;
    private readonly ListenAddress _listen;

    private PeerHost(WebApplication app, ListenAddress listen)
    {
        _app = app;
        _listen = listen;
    }

    /// <summary>Where it listens; the bound port after <see cref="StartAsync"/>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Builds without listening yet.</summary>
    /// <param name="listen">host:port; beyond loopback the token is required.</param>
    /// <param name="token">Between the roles; null = none.</param>
    /// <param name="readiness">Looks at what the role stands on; asked at every question.</param>
    /// <param name="loggers">Where faults go.</param>
    /// <exception cref="InputException">The address cannot be read, or it lies beyond loopback and there is no token.</exception>
    public static PeerHost Build(string listen, string? token, Func<CancellationToken, Task<Readiness>> readiness, ILoggerFactory loggers)
    {
        var gate = new TokenGate(token, TokenVariable);
        ListenAddress address = WebServer.Allowed(listen, gate);
        WebApplicationBuilder builder = WebServer.Create(address, loggers);
        builder.Services.ConfigureHttpJsonOptions(json => GatewayJson.Configure(json.SerializerOptions));
        WebApplication app = builder.Build();
        app.Use(SecurityHeaders.InvokeAsync);
        app.Use(app.Services.GetRequiredService<ProblemGate>().InvokeAsync);
        app.Use(new OriginGate(gate.IsRequired).InvokeAsync);
        app.Use(gate.InvokeAsync);
        app.MapGet("/health/live", () => Results.Ok(new { live = true }));
        app.MapGet("/health/ready", async (HttpRequest request, CancellationToken stop) =>
        {
            Readiness now = await readiness(stop);
            // Names of servers are for those who hold the token.
            if (!gate.Allows(request)) now = now with { State = string.Empty };
            return Results.Json(now, statusCode: now.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
        return new PeerHost(app, address);
    }

    /// <summary>Serves the part of a twin.</summary>
    public PeerHost Serve(ITwinMember twin)
    {
        RouteGroupBuilder group = _app.MapGroup(Prefix);
        group.MapGet("/twin", async (CancellationToken token) => Results.Ok(await twin.MemberStatusAsync(token)));
        group.MapGet("/twin/city", async (CancellationToken token) => Results.Ok(await twin.CityAsync(token)));
        group.MapGet("/twin/past", async (CancellationToken token) => await twin.PastSpanAsync(token) is { } span ? Results.Ok(span) : Results.NoContent());
        group.MapGet("/twin/past/city", async (long atMs, CancellationToken token) => await twin.PastCityAsync(At(atMs), token) is { } city ? Results.Ok(city) : Results.NoContent());
        group.MapGet("/twin/past/vehicles/{id}", async (string id, long atMs, CancellationToken token) =>
            await twin.PastVehicleAsync(id, At(atMs), token) is { } view ? Results.Ok(view) : Results.NoContent());
        group.MapGet("/twin/hashes", () => Results.Ok(twin.Hashes()));
        group.MapGet("/twin/positions", (string source) => Results.Ok(new SourcePositions(twin.Partitions, twin.Positions(source))));
        group.MapGet("/twin/dead-letters", async (string? reason, int limit, CancellationToken token) => Results.Ok(await twin.DeadLettersAsync(reason, limit, token)));
        group.MapGet("/twin/vehicles/{id}", async (string id, CancellationToken token) =>
            !twin.Holds(id) ? Elsewhere() : await twin.VehicleAsync(id, token) is { } view ? Results.Ok(view) : Unknown());
        group.MapGet("/twin/vehicles/{id}/events", async (string id, int limit, CancellationToken token) =>
            !twin.Holds(id) ? Elsewhere() : await twin.VehicleEventsAsync(id, limit, token) is { } events ? Results.Ok(events) : Unknown());
        return this;
    }

    /// <summary>Serves the optimizer's plans.</summary>
    public PeerHost Serve(IPlanQueries plans)
    {
        RouteGroupBuilder group = _app.MapGroup(Prefix);
        group.MapGet("/plans/latest", async (CancellationToken token) => await plans.LatestAsync(token) is { } plan ? Results.Ok(plan) : Results.NoContent());
        group.MapGet("/plans", async (int count, CancellationToken token) => Results.Ok(await plans.RecentAsync(count, token)));
        group.MapGet("/bundles", async (int count, CancellationToken token) => Results.Ok(await plans.BundlesAsync(count, token)));
        group.MapGet("/bundles/{id}", async (string id, CancellationToken token) =>
            await plans.BundleAsync(string.Equals(id, "latest", StringComparison.Ordinal) ? null : id, token) is { } bundle ? Results.Ok(bundle) : Results.NoContent());
        group.MapGet("/plans/history", async (long? fromMs, CancellationToken token) =>
            await plans.HistoryAsync(fromMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null, token) is { } curves ? Results.Ok(curves) : Results.NoContent());
        group.MapGet("/plans/foresight", async (long? fromMs, CancellationToken token) =>
            await plans.ForesightAsync(fromMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null, token) is { } view ? Results.Ok(view) : Results.NoContent());
        return this;
    }

    /// <summary>What is wrong with the question goes back in words.</summary>
    private static async Task<IResult> AnswerAsync<T>(Func<Task<T?>> answer)
        where T : class
    {
        try
        {
            return await answer() is { } value ? Results.Ok(value) : Results.NoContent();
        }
        catch (InputException wrong)
        {
            return Results.Text(wrong.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    /// <summary>Serves what became of setpoints, and what operators hold.</summary>
    public PeerHost Serve(ISetpointQueries setpoints, IDispatchHolds holds, IFlexibility flexibility)
    {
        RouteGroupBuilder group = _app.MapGroup(Prefix);
        group.MapGet("/setpoints", async (CancellationToken token) => Results.Ok(await setpoints.ViewAsync(token)));
        group.MapGet("/setpoints/sheet", async (string aggregator, long? atMs, CancellationToken token) =>
            await setpoints.SheetAsync(aggregator, atMs is { } ms ? At(ms) : null, token) is { } sheet ? Results.Ok(sheet) : Results.NoContent());
        group.MapGet("/setpoints/part", async (string aggregator, string? plan, CancellationToken token) => await setpoints.PartAsync(aggregator, plan, token) is { } part ? Results.Ok(part) : Results.NoContent());
        group.MapGet("/setpoints/vehicle", async (string id, CancellationToken token) => await setpoints.OfVehicleAsync(id, token) is { } setpoint ? Results.Ok(setpoint) : Results.NoContent());
        group.MapPost("/flexibility/ask", (FlexibilityAsk ask, CancellationToken token) => AnswerAsync(async () => await flexibility.AskAsync(ask, token)));
        group.MapGet("/flexibility/curve", async (CancellationToken token) => await flexibility.CurveAsync(token) is { } curve ? Results.Ok(curve) : Results.NoContent());
        group.MapGet("/holds", async (CancellationToken token) => Results.Ok(await holds.ViewAsync(token)));
        group.MapPost("/holds", (HoldCommand command, CancellationToken token) => AnswerAsync(async () => await holds.ChangeAsync(command, token)));
        return this;
    }

    /// <summary>Serves what a source tells of itself.</summary>
    public PeerHost Serve(IRunInfo run)
    {
        _app.MapGroup(Prefix).MapGet("/run", () => Results.Ok(RunView.Of(run)));
        return this;
    }

    /// <exception cref="ListenException">The port is in use, not allowed, or the address is not this machine's.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default) => Address = await WebServer.StartAsync(_app, _listen, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private static IResult Elsewhere() => Problems.Of(
        StatusCodes.Status421MisdirectedRequest, "Held elsewhere", "another process of the twin holds the vehicle's shard", "ask the other processes of the twin");

    private static IResult Unknown() => Problems.NotFound("the vehicle was never registered", "check the id; it is case-sensitive");
}
