using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Movc.Domain.Queries;
using Movc.Gateway.Contracts;
using Movc.Gateway.Frames;
using Movc.Gateway.Live;

namespace Movc.Gateway.Http;

/// <summary>GET health: asks the parts themselves each time, so that the answer is never older than the question.</summary>
internal static partial class HealthRoutes
{
    /// <summary>Longest that a part may take to answer before it counts as failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/health", HealthAsync).WithName("getHealth")
            .WithSummary("Whether the twin works; open without a token, but then without causes")
            .Produces<HealthView>().Produces<HealthView>(503).ProducesProblem(400);

    private static async Task<IResult> HealthAsync(
        HttpContext context, GatewayPorts ports, FrameFeed feed, FrameFanOut fanOut, TokenGate gate, TimeProvider time,
        ILogger<FrameFeed> log, CancellationToken cancellationToken)
    {
        if (Query.Unknown(context.Request) is { } refusal) return refusal;
        var causes = new List<string>();
        bool failed = false;
        DateTimeOffset now = time.GetUtcNow();
        IRunInfo run = ports.Run;
        if (run.State == RunState.Failed)
        {
            failed = true;
            causes.Add(run.Failure.Length > 0 ? $"the run failed: {run.Failure}" : "the run failed");
        }
        async Task<T?> AskAsync<T>(string part, Func<CancellationToken, ValueTask<T?>> ask)
            where T : class
        {
            try
            {
                return await ask(cancellationToken).AsTask().WaitAsync(Patience, time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
#pragma warning disable CA1031 // Whatever a part throws is what this route is there to tell.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failed = true;
                causes.Add(exception is TimeoutException ? $"the {part} does not answer" : $"the {part} cannot be read: {exception.Message}");
                LogPartFailed(log, part, exception);
                return null;
            }
        }
        TwinStatus? status = await AskAsync<TwinStatus>("twin", async token => await ports.Twin.StatusAsync(token));
        if (status?.Trouble is { } trouble) causes.Add(string.Create(CultureInfo.InvariantCulture, $"the twin waits since {trouble.Since:yyyy-MM-dd'T'HH:mm:ss'Z'}: {trouble.Message}"));
        PlanView? plan = await AskAsync<PlanView>("optimizer", ports.Plans.LatestAsync);
        if (plan is not null) CheckPlan(plan, run, now, causes);
        if (feed.Failure is { } failure) causes.Add($"pages get no new frames: {failure}");
        string word = failed ? "failed" : causes.Count > 0 ? "degraded" : status?.At is null ? "starting" : "ok";
        var view = new HealthView(
            word, gate.Allows(context.Request) ? causes : [], run.Mode, run.State, run.StateSince, status?.At, plan?.Status,
            plan is null ? null : Math.Max(0, (now - plan.PublishedAt).TotalSeconds), fanOut.Connections, fanOut.Sent, fanOut.Superseded);
        return Results.Json(view, statusCode: failed ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static void CheckPlan(PlanView plan, IRunInfo run, DateTimeOffset now, List<string> causes)
    {
        if (plan.Status is "late" or "failed") causes.Add($"plan {plan.Id} is {plan.Status}: {plan.Cause}");
        else if (OverallQuality.IsOverdue(plan, run, now)) causes.Add($"plan {plan.Id} is overdue");
        if (plan.Audit.Findings > 0) causes.Add($"the audit found {plan.Audit.Findings} faults in plan {plan.Id}: {plan.Audit.FirstFinding}");
    }

    [LoggerMessage(EventId = 5020, Level = LogLevel.Warning, Message = "Health: the {Part} did not answer")]
    private static partial void LogPartFailed(ILogger log, string part, Exception exception);
}
