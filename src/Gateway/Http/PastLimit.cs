using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Movc.Gateway.Http;

/// <summary>
/// How many past instants are folded at a time: each holds a whole city in memory, so some slider pulled to and fro must not
/// take what the running city needs. What is asked about now is not limited.
/// </summary>
internal static class PastLimit
{
    /// <summary>Folded at a time.</summary>
    public const int AtATime = 2;

    /// <summary>Waiting at most; more are refused.</summary>
    public const int Waiting = 32;

    private const string Policy = "past";

    public static void Add(IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.AddPolicy(Policy, static context => context.Request.Query.ContainsKey("at")
            ? RateLimitPartition.GetConcurrencyLimiter(Policy, static _ => new ConcurrencyLimiterOptions { PermitLimit = AtATime, QueueLimit = Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst })
            : RateLimitPartition.GetNoLimiter(string.Empty));
        limiter.OnRejected = static async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "2";
            await Problems.Of(StatusCodes.Status503ServiceUnavailable, "Too much asked at once", $"{AtATime} past instants are being worked out and {Waiting} wait", "ask again in two seconds").ExecuteAsync(rejected.HttpContext);
        };
    });

    /// <summary>Limits an endpoint where it is asked with <c>at</c>.</summary>
    public static RouteHandlerBuilder LimitPast(this RouteHandlerBuilder endpoint) => endpoint.RequireRateLimiting(Policy).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
