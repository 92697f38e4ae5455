using Movc.Domain.Dispatch;
using Movc.Domain.Queries;
using Movc.RollingOptimizer.Plans;

namespace Movc.RollingOptimizer.Tests.Plans;

/// <summary>Plans to store.</summary>
internal static class StoredPlans
{
    public static StoredPlan Plan(long atMs, double objectiveKw, long sequence, string hash = "hash")
    {
        DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(atMs);
        var view = new PlanView(
            "id", at, 3, "solved", "", objectiveKw, 0.1 + 0.2, 1e-17, 0.25, 2, 1, hash, ulong.MaxValue, [sequence, 0],
            new LoadCurves(at, 10, [1.1], [2.2], [-0.0000000000000003]), new AuditView(1, 2, 0, ""), at.AddTicks(1),
            "peak", 0.05, new PriceCurve(at, 10, 1, [1.0 / 7, -1]));
        return new StoredPlan(view, [0.3, 1e-9], [new SetpointBatch(2, atMs, atMs + 5, [3, 9], [int.MinValue, 7])], [["v-é", "w"]]);
    }
}
