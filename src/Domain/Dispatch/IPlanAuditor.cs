using Movc.Domain.Queries;

namespace Movc.Domain.Dispatch;

/// <summary>Checks a plan independently of whoever made it.</summary>
public interface IPlanAuditor
{
    /// <summary>Replays schedules against the instance; all of a small fleet, a seeded sample of a large one.</summary>
    AuditView Audit(DispatchInstance instance, DispatchResult result);
}
