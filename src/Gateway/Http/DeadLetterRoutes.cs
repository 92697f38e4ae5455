using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Movc.Domain.Events;
using Movc.Domain.Queries;
using Movc.Gateway.Contracts;

namespace Movc.Gateway.Http;

/// <summary>GET dead-letters.</summary>
internal static class DeadLetterRoutes
{
    private const int DefaultLimit = 100;

    private static readonly string[] Reasons =
        [.. Enum.GetValues<DeadLetterReason>().Where(r => r != DeadLetterReason.None).Select(r => r.ToName())];

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/dead-letters", DeadLettersAsync).WithName("getDeadLetters")
            .WithSummary("What was put aside and why, newest first")
            .Produces<DeadLetterPage>().ProducesProblem(400);

    private static async Task<IResult> DeadLettersAsync(
        HttpRequest request, GatewayPorts ports,
        [FromQuery, Description("Only this reason, as time-backward.")] string? reason,
        [FromQuery, Description("At most so many, 1 to 1000; 100 when absent.")] string? limit,
        CancellationToken cancellationToken)
    {
        if (Query.Unknown(request, "reason", "limit") is { } unknown) return unknown;
        if (reason is not null && !Reasons.Contains(reason, StringComparer.Ordinal))
            return Problems.BadQuery("reason", reason, $"give one of {string.Join(", ", Reasons)}");
        if (Query.Limit(limit, DefaultLimit, out int count) is { } bad) return bad;
        IReadOnlyList<DeadLetterView> items = await ports.Twin.DeadLettersAsync(reason, count, cancellationToken);
        // Counted after the list was read: a letter that comes between is then in the total but not in the list, never the reverse.
        TwinStatus status = await ports.Twin.StatusAsync(cancellationToken);
        long total = reason is null ? status.EventsDeadLettered : status.DeadLettersByReason.GetValueOrDefault(reason);
        return Results.Ok(new DeadLetterPage(total, status.DeadLettersByReason, items));
    }
}
