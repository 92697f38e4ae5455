using Movc.Audit;
using Movc.Domain.Dispatch;
using Movc.Domain.Queries;

namespace Movc.Composition;

/// <summary>The auditor behind the optimizer's port.</summary>
internal sealed class PlanAuditorPort(AuditOptions options) : IPlanAuditor
{
    public AuditView Audit(DispatchInstance instance, DispatchResult result) => PlanAuditor.Audit(instance, result, options).ToView();
}
