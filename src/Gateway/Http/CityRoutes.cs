using System.ComponentModel;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Movc.Domain.Queries;
using Movc.Gateway.Contracts;
using Movc.Gateway.Frames;

namespace Movc.Gateway.Http;

/// <summary>GET city, city/history, city/history.csv, city/foresight, plan and plans.</summary>
internal static class CityRoutes
{
    private const int DefaultPlans = 144;
    private static readonly TimeSpan FirstFrameWait = TimeSpan.FromSeconds(5);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/city", CityAsync).WithName("getCity")
            .WithSummary("The picture that every page shows now, with the realized intervals behind it")
            .Produces<CityView>().ProducesProblem(400).ProducesProblem(503);
        api.MapGet("/city/history", HistoryAsync).WithName("getCityHistory")
            .WithSummary("Realized load curves, kW per interval")
            .Produces<LoadCurves>().ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/city/history.csv", HistoryCsvAsync).WithName("getCityHistoryCsv")
            .WithSummary("The same as a table to take along")
            .Produces<string>(200, LoadCurvesCsv.MediaType).ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/city/foresight", ForesightAsync).WithName("getCityForesight")
            .WithSummary("What was foreseen of the realized intervals an hour and a day before, and what came")
            .Produces<ForesightView>().ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/plan", PlanAsync).WithName("getPlan")
            .WithSummary("The plan in force with its certificate and audit")
            .Produces<PlanView>().ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/plans", PlansAsync).WithName("getPlans")
            .WithSummary("The newest plans in a line each, the oldest of them first")
            .Produces<IReadOnlyList<PlanBrief>>().ProducesProblem(400);
    }

    private static async Task<IResult> CityAsync(HttpRequest request, FrameFeed feed, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request) is { } refusal) return refusal;
        CityPicture? picture = await feed.LatestAsync(FirstFrameWait, cancellationToken);
        return picture is null
            ? Problems.Of(
                StatusCodes.Status503ServiceUnavailable, "No picture yet", feed.Failure ?? "the twin has not answered yet",
                "ask /api/v1/health what is wrong, and try again")
            : Results.Ok(new CityView(picture.FrameAt(time.GetUtcNow()), picture.History));
    }

    private static async Task<IResult> HistoryAsync(
        HttpRequest request, GatewayPorts ports, [FromQuery, Description("First instant, ISO 8601 with offset; absent = as far back as is kept.")] string? from,
        CancellationToken cancellationToken)
    {
        (IResult? refusal, LoadCurves? curves) = await ReadAsync(request, ports, from, cancellationToken);
        return refusal ?? Results.Ok(curves);
    }

    private static async Task<IResult> HistoryCsvAsync(
        HttpRequest request, GatewayPorts ports, [FromQuery, Description("First instant, ISO 8601 with offset; absent = as far back as is kept.")] string? from,
        CancellationToken cancellationToken)
    {
        (IResult? refusal, LoadCurves? curves) = await ReadAsync(request, ports, from, cancellationToken);
        return refusal ?? Results.File(
            Encoding.UTF8.GetBytes(LoadCurvesCsv.Write(curves!, ports.Calendar)), LoadCurvesCsv.MediaType, "city-load.csv");
    }

    private static async Task<IResult> ForesightAsync(
        HttpRequest request, GatewayPorts ports, [FromQuery, Description("First instant, ISO 8601 with offset; absent = as far back as is kept.")] string? from,
        CancellationToken cancellationToken)
    {
        if (Query.Unknown(request, "from") is { } unknown) return unknown;
        if (Query.Instant("from", from, out DateTimeOffset? instant) is { } bad) return bad;
        ForesightView? view = await ports.Plans.ForesightAsync(instant, cancellationToken);
        return view is null ? Problems.NotFound("no interval has ended yet", "try again after the first interval") : Results.Ok(view);
    }

    private static async Task<(IResult? Refusal, LoadCurves? Curves)> ReadAsync(
        HttpRequest request, GatewayPorts ports, string? from, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request, "from") is { } unknown) return (unknown, null);
        if (Query.Instant("from", from, out DateTimeOffset? instant) is { } bad) return (bad, null);
        LoadCurves? curves = await ports.Plans.HistoryAsync(instant, cancellationToken);
        return curves is null
            ? (Problems.NotFound("no interval has ended yet", "try again after the first interval"), null)
            : (null, curves);
    }

    private static async Task<IResult> PlansAsync(
        HttpRequest request, GatewayPorts ports, [FromQuery, Description("At most so many, 1 to 1000; 144 when absent.")] string? limit, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request, "limit") is { } unknown) return unknown;
        if (Query.Limit(limit, DefaultPlans, out int count) is { } bad) return bad;
        return Results.Ok(await ports.Plans.RecentAsync(count, cancellationToken));
    }

    private static async Task<IResult> PlanAsync(HttpRequest request, GatewayPorts ports, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request) is { } refusal) return refusal;
        PlanView? plan = await ports.Plans.LatestAsync(cancellationToken);
        return plan is null
            ? Problems.NotFound("there is no plan yet", "try again after the first interval")
            : Results.Ok(plan);
    }
}
