using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Movc.Domain;
using Movc.Domain.Operators;

namespace Movc.Gateway.Http;

/// <summary>GET and POST holds.</summary>
internal static class HoldRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/holds", GetAsync).WithName("getHolds")
            .WithSummary("What operators have taken out of the dispatch, and their log").Produces<HoldsView>().ProducesProblem(400).ProducesProblem(404);
        api.MapPost("/holds", PostAsync).WithName("changeHold")
            .WithSummary("Holds or resumes the city, a district or an aggregator; from the next plan on its vehicles charge on their own, or are used again")
            .Accepts<HoldCommand>("application/json").Produces<HoldsView>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> GetAsync(HttpRequest request, GatewayPorts ports, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request) is { } unknown) return unknown;
        return ports.Holds is { } holds ? Results.Ok(await holds.ViewAsync(cancellationToken)) : None();
    }

    private static async Task<IResult> PostAsync(HttpRequest request, GatewayPorts ports, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request) is { } unknown) return unknown;
        if (ports.Holds is not { } holds) return None();
        try
        {
            HoldsView view = await holds.ChangeAsync(await StrictBody.ReadAsync<HoldCommand>(request, cancellationToken), cancellationToken);
            ports.Signal.Notify();
            return Results.Ok(view);
        }
        catch (InputException wrong)
        {
            return Problems.Of(
                StatusCodes.Status400BadRequest, "Order not understood", wrong.Message,
                "send {\"action\": \"hold\", \"scope\": \"district\", \"name\": \"Nanshan\", \"by\": \"shift lead\", \"why\": \"cable works\"}; action resume ends it");
        }
    }

    private static IResult None() => Problems.NotFound("nothing can be held here", "ask the gateway of a city that sends setpoints");
}
