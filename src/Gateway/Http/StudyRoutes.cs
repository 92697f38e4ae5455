using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Movc.Domain.Queries;

namespace Movc.Gateway.Http;

/// <summary>GET studies and studies/{name}/report.</summary>
internal static class StudyRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/studies", ListAsync).WithName("getStudies")
            .WithSummary("Finished studies and estimations, the newest first")
            .Produces<IReadOnlyList<StudyView>>().ProducesProblem(400);
        api.MapGet("/studies/{name}/report", ReportAsync).WithName("getStudyReport")
            .WithSummary("The report of one: a page without scripts")
            .Produces<string>(200, "text/html").ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, GatewayPorts ports, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request) is { } unknown) return unknown;
        return Results.Ok(ports.Studies is null ? [] : await ports.Studies.ListAsync(cancellationToken));
    }

    private static async Task<IResult> ReportAsync(HttpRequest request, GatewayPorts ports, string name, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request) is { } unknown) return unknown;
        string? report = ports.Studies is null ? null : await ports.Studies.ReportAsync(name, cancellationToken);
        return report is null
            ? Problems.NotFound("there is no report of that name", "ask /api/v1/studies which there are")
            : Results.Content(report, "text/html; charset=utf-8");
    }
}
