using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Movc.Domain;
using Movc.Domain.Queries;

namespace Movc.Gateway.Http;

/// <summary>GET and POST replay.</summary>
internal static class ReplayRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/replay", Get).WithName("getReplay")
            .WithSummary("Where the replay stands; 404 when this is none")
            .Produces<ReplayView>().ProducesProblem(400).ProducesProblem(404);
        api.MapPost("/replay", PostAsync).WithName("controlReplay")
            .WithSummary("Plays, pauses, steps one interval, seeks, changes the speed, loops")
            .Accepts<ReplayCommand>("application/json")
            .Produces<ReplayView>().ProducesProblem(400).ProducesProblem(404);
    }

    private static IResult Get(HttpRequest request, GatewayPorts ports)
    {
        if (Query.Unknown(request) is { } unknown) return unknown;
        return ports.Replay is { } replay ? Results.Ok(replay.View) : None();
    }

    private static async Task<IResult> PostAsync(HttpRequest request, GatewayPorts ports, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request) is { } unknown) return unknown;
        if (ports.Replay is not { } replay) return None();
        try
        {
            ReplayView view = replay.Do(await StrictBody.ReadAsync<ReplayCommand>(request, cancellationToken));
            ports.Signal.Notify();
            return Results.Ok(view);
        }
        catch (InputException wrong)
        {
            return Wrong(wrong.Message);
        }
    }

    private static IResult Wrong(string detail) => Problems.Of(
        StatusCodes.Status400BadRequest, "Command not understood", detail, "send {\"action\": \"play\"}, pause, step, {\"action\": \"seek\", \"at\": \"2026-07-01T08:00:00Z\"}, {\"action\": \"speed\", \"speed\": 60} or {\"action\": \"loop\", \"loop\": true}");

    private static IResult None() => Problems.NotFound("this city is no replay", "start one with movc replay");
}
