using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Movc.Domain.Queries;

namespace Movc.Gateway.Http;

/// <summary>GET state, state/span and sources.</summary>
internal static class PastRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/state", StateAsync).WithName("getState")
            .WithSummary("The city's vehicles by district, now or as they were known at an instant, with what the sums rest on and the state's hash")
            .Produces<CityStateView>().ProducesProblem(400).ProducesProblem(404).LimitPast();
        api.MapGet("/state/span", SpanAsync).WithName("getStateSpan")
            .WithSummary("The time that can be asked for; 404 before the first interval")
            .Produces<PastSpan>().ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/sources", SourcesAsync).WithName("getSources")
            .WithSummary("How every source of events does: counts, lateness, gaps, its clock")
            .Produces<IReadOnlyList<SourceStatus>>().ProducesProblem(400);
    }

    /// <summary>The refusal of an instant that the store does not know; null when it does.</summary>
    public static async Task<IResult?> OutsideAsync(GatewayPorts ports, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await ports.Twin.PastSpanAsync(cancellationToken) is not { } span) return NoPast();
        return at >= span.From && at <= span.To
            ? null
            : Problems.NotFound(
                string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd'T'HH:mm:ssK} lies outside what is stored"),
                string.Create(CultureInfo.InvariantCulture, $"ask from {span.From:yyyy-MM-dd'T'HH:mm'Z'} to {span.To:yyyy-MM-dd'T'HH:mm'Z'}"));
    }

    private static async Task<IResult> StateAsync(
        HttpRequest request, GatewayPorts ports, [FromQuery, Description("Instant in ISO 8601 with its offset; now when absent.")] string? at, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request, "at") is { } unknown) return unknown;
        if (Query.Instant("at", at, out DateTimeOffset? instant) is { } bad) return bad;
        if (instant is not { } past) return Results.Ok(await ports.Twin.CityAsync(cancellationToken));
        if (await OutsideAsync(ports, past, cancellationToken) is { } outside) return outside;
        return await ports.Twin.PastCityAsync(past, cancellationToken) is { } city ? Results.Ok(city) : NoPast();
    }

    private static async Task<IResult> SpanAsync(HttpRequest request, GatewayPorts ports, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request) is { } unknown) return unknown;
        return await ports.Twin.PastSpanAsync(cancellationToken) is { } span ? Results.Ok(span) : NoPast();
    }

    private static async Task<IResult> SourcesAsync(HttpRequest request, GatewayPorts ports, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request) is { } unknown) return unknown;
        return Results.Ok(await ports.Twin.SourcesAsync(cancellationToken));
    }

    private static IResult NoPast() => Problems.NotFound("no interval has begun yet", "ask again in a while");
}
