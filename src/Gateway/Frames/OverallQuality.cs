using Movc.Domain.Queries;
using Movc.Domain.Sources;
using Movc.Domain.Time;

namespace Movc.Gateway.Frames;

/// <summary>
/// One word for the whole picture, the worst that matters, in the words of IEC 60870-5-104:
/// <list type="number">
/// <item><c>invalid</c>: the run has failed, or the last plan has; the numbers no longer follow the city.</item>
/// <item><c>stale</c>: the plan is late or overdue, or for most vehicles the last word is stale, invalid or blocked.</item>
/// <item><c>substituted</c>: replayed or simulated, or at least one vehicle's value is not good (sums then hold an estimate for it).</item>
/// <item><c>good</c>: live, every vehicle good, the plan in time.</item>
/// </list>
/// </summary>
public static class OverallQuality
{
    /// <summary>Wall seconds for solve and delivery that a plan may take on top of two intervals before it is called overdue.</summary>
    public const double PlanGraceSeconds = 10;

    public static string Of(TwinStatus status, PlanView? plan, IRunInfo run, DateTimeOffset now)
    {
        if (run.State == RunState.Failed || plan?.Status is "failed") return "invalid";
        if (plan?.Status is "late" || (plan is not null && IsOverdue(plan, run, now))) return "stale";
        long all = 0, good = 0, substituted = 0;
        foreach ((string quality, int count) in status.VehiclesByQuality)
        {
            all += count;
            if (quality is "good") good += count;
            else if (quality is "substituted") substituted += count;
        }
        if (2 * (all - good - substituted) > all) return "stale";
        return run.Mode == CityMode.Live && good == all ? "good" : "substituted";
    }

    /// <summary>True when a running twin should have published a newer plan by now.</summary>
    public static bool IsOverdue(PlanView plan, IRunInfo run, DateTimeOffset now)
    {
        if (run.State != RunState.Running || run.Speed is not { } speed || !double.IsFinite(speed) || speed <= 0) return false;
        double intervalSeconds = Slots.Ms / 1000.0 / speed;
        return (now - plan.PublishedAt).TotalSeconds > 2 * intervalSeconds + PlanGraceSeconds;
    }
}
