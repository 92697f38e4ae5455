using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Movc.Domain.Regret;

namespace Movc.Gateway.Http;

/// <summary>GET regret.</summary>
internal static class RegretRoutes
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/regret", Get).WithName("getRegret")
        .WithSummary("What the last day kept of the gain that perfect foresight would have had; reckoned once an hour of city time").Produces<RegretView>().ProducesProblem(400).ProducesProblem(404);

    private static IResult Get(HttpRequest request, GatewayPorts ports)
    {
        if (Query.Unknown(request) is { } unknown) return unknown;
        return ports.Regret?.Latest is { } regret
            ? Results.Ok(regret)
            : Problems.NotFound(ports.Regret is null ? "nobody reckons it here" : "the first hour is not over", ports.Regret is null ? "ask movc regret, over the city's data" : "ask again after an hour of city time, or movc regret");
    }
}
