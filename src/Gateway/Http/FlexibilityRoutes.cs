using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Movc.Domain;
using Movc.Domain.Flexibility;

namespace Movc.Gateway.Http;

/// <summary>POST flexibility/ask, GET flexibility/curve.</summary>
internal static class FlexibilityRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/flexibility/ask", AskAsync).WithName("askFlexibility")
            .WithSummary("Whether the vehicles can take so much load off the plan between two instants, what it costs, and what it costs at least; nothing is committed by asking")
            .Accepts<FlexibilityAsk>("application/json").Produces<FlexibilityAnswer>().ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/flexibility/curve", CurveAsync).WithName("getSupplyCurve")
            .WithSummary("How much load the vehicles can take off the plan from the next interval on, for how long and at what price")
            .Produces<SupplyCurve>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> AskAsync(HttpRequest request, GatewayPorts ports, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request) is { } unknown) return unknown;
        if (ports.Flexibility is not { } flexibility) return None();
        try
        {
            return await flexibility.AskAsync(await StrictBody.ReadAsync<FlexibilityAsk>(request, cancellationToken), cancellationToken) is { } answer ? Results.Ok(answer) : None();
        }
        catch (InputException wrong)
        {
            return Problems.Of(
                StatusCodes.Status400BadRequest, "Question not understood", wrong.Message, "send {\"from\": \"2026-07-01T18:00:00+08:00\", \"to\": \"2026-07-01T19:00:00+08:00\", \"mw\": 100}");
        }
    }

    private static async Task<IResult> CurveAsync(HttpRequest request, GatewayPorts ports, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request) is { } unknown) return unknown;
        return ports.Flexibility is { } flexibility && await flexibility.CurveAsync(cancellationToken) is { } curve ? Results.Ok(curve) : None();
    }

    private static IResult None() => Problems.NotFound("there is no plan yet that could be asked", "wait for the first plan");
}
