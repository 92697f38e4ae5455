using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Movc.Domain.Queries;

namespace Movc.Gateway.Http;

/// <summary>GET bundles and bundles/{id}: published plans as their prices.</summary>
internal static class BundleRoutes
{
    private const int DefaultCount = 144;
    private const string Latest = "latest";
    private const string MediaType = "application/vnd.movc.plan-bundle";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/bundles", ListAsync).WithName("getBundles")
            .WithSummary("The newest plan bundles in a line each, the oldest of them first").Produces<IReadOnlyList<BundleBrief>>().ProducesProblem(400);
        api.MapGet("/bundles/{id}", GetAsync).WithName("getBundle")
            .WithSummary("A plan as its prices, from which vehicles' setpoints can be derived and the plan verified; latest = the newest")
            .Produces<byte[]>(200, MediaType).ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request, GatewayPorts ports, [FromQuery, Description("At most so many, 1 to 1000; 144 when absent.")] string? limit, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request, "limit") is { } unknown) return unknown;
        return Query.Limit(limit, DefaultCount, out int count) is { } bad ? bad : Results.Ok(await ports.Plans.BundlesAsync(count, cancellationToken));
    }

    private static async Task<IResult> GetAsync(HttpRequest request, GatewayPorts ports, [Description("The plan's id, or latest.")] string id, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request) is { } unknown) return unknown;
        return await ports.Plans.BundleAsync(string.Equals(id, Latest, StringComparison.Ordinal) ? null : id, cancellationToken) is { } bundle
            ? Results.File(bundle.Bytes, MediaType, bundle.Id + ".movcplan", entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{bundle.Hash}\""))
            : Problems.NotFound($"no bundle of a plan \"{Problems.Shorten(id)}\" is kept", "see /api/v1/bundles for those that are");
    }
}
