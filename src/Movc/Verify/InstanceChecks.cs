using System.Globalization;
using Movc.Audit;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Bundles;
using Movc.RollingOptimizer.Model;
using Movc.Solve;
using Movc.VehicleKernel.Bundles;

namespace Movc.Verify;

/// <summary>What can be checked of a plan by who has its instance: everything.</summary>
internal static class InstanceChecks
{
    private static readonly AuditFindingKind[] Load = [AuditFindingKind.AfterLoadDiffers];
    private static readonly AuditFindingKind[] Objective = [AuditFindingKind.ObjectiveDiffers, AuditFindingKind.BoundOverObjective];
    private static readonly AuditFindingKind[] Bound =
        [AuditFindingKind.BoundNotProved, AuditFindingKind.BoundNotOfPrices, AuditFindingKind.PriceOutOfRange, AuditFindingKind.PriceDayUnbalanced, AuditFindingKind.PricePeakBudget];

    /// <summary>The checks that need an instance, said not to be made.</summary>
    public static IEnumerable<VerifyDocument.Check> NotMade(string why) =>
        ((string[])["snapshot", "schedules", "needs", "load", "objective", "bound"]).Select(name => new VerifyDocument.Check(name, CheckOutcome.NotMade, null, null, why));

    /// <summary>Makes them. Setpoints and sums come from the kernel's library, objective, bound and needs from the audit, which shares no code with it.</summary>
    public static IEnumerable<VerifyDocument.Check> Of(PlanBundle plan, DispatchInstance x, JobProgress progress, CancellationToken stop)
    {
        progress.Step("hashing the instance");
        Digest snapshot = Digest.Read(InstanceHash.BytesOf(x));
        bool same = snapshot == plan.SnapshotHash;
        yield return new VerifyDocument.Check(
            "snapshot", same ? CheckOutcome.Ok : CheckOutcome.Failed, plan.SnapshotHash.ToString(), snapshot.ToString(), same ? "the instance is the one that was planned" : "the instance is another than the one that was planned");
        if (!same && BundlePlan.Differs(plan, x) is { } difference)
        {
            foreach (VerifyDocument.Check check in NotMade($"the instance is another: {difference.What}: {difference.InBundle} in the bundle, {difference.InInstance} in the instance").Skip(1)) yield return check;
            yield break;
        }
        if (same && BundlePlan.Differs(plan, x) is { } forged)
        {
            // The hash is the instance's, the bundle's own figures are not.
            yield return new VerifyDocument.Check("load", CheckOutcome.Failed, forged.InInstance, forged.InBundle, $"{forged.What} differs between bundle and instance");
            yield break;
        }

        BundlePlan? schedules = null;
        string? broken = null;
        try
        {
            schedules = new BundlePlan(plan, x);
        }
        catch (ArgumentException wrong)
        {
            broken = wrong.Message;
        }
        if (schedules is null)
        {
            yield return new VerifyDocument.Check("schedules", CheckOutcome.Failed, null, null, broken!);
            yield break;
        }
        var setpointW = new int[plan.VehicleCount];
        UInt128 sum = schedules.ScheduleSum(setpointW, done => progress.Part(done, plan.VehicleCount, "making the schedules"), stop);
        bool made = sum == plan.ScheduleSum;
        yield return new VerifyDocument.Check(
            "schedules", made ? CheckOutcome.Ok : CheckOutcome.Failed, ScheduleHash.ToHex(plan.ScheduleSum), ScheduleHash.ToHex(sum),
            string.Create(CultureInfo.InvariantCulture, $"{plan.VehicleCount:N0} schedules and setpoints made again from {plan.Rounds.Count:N0} rounds{(made ? string.Empty : ": they are others than those that were planned")}"));

        progress.Part(0, 0, string.Create(CultureInfo.InvariantCulture, $"replaying {plan.VehicleCount:N0} schedules, recomputing objective and bound"));
        AuditReport report = PlanAuditor.Audit(x, schedules.ToResult(setpointW), new AuditOptions { FullUpTo = int.MaxValue, BoundUpTo = int.MaxValue, MaxFindings = 10_000 });
        stop.ThrowIfCancellationRequested();
        yield return Of("needs", report, f => !Load.Contains(f) && !Objective.Contains(f) && !Bound.Contains(f), null, null,
            string.Create(CultureInfo.InvariantCulture, $"every schedule keeps to limits and capacity and meets its needs; {schedules.Infeasible.Count:N0} needs out of reach were lowered"), plan.LoweredNeeds == schedules.Infeasible.Count ? null : $"{plan.LoweredNeeds} needs are said to be lowered, {schedules.Infeasible.Count} are");
        yield return Of("load", report, Load.Contains, null, null, "the load after dispatch is load and schedules", null);
        yield return Of("objective", report, Objective.Contains, Kw(plan.ObjectiveKw), Kw(report.ObjectiveKw), "recomputed from schedules and load", null);
        yield return Of("bound", report, Bound.Contains, Kw(plan.BoundKw), Kw(report.BoundKw), string.Create(CultureInfo.InvariantCulture, $"recomputed from the prices; gap {report.Gap:0.######%}"), null);
    }

    private static VerifyDocument.Check Of(string name, AuditReport report, Func<AuditFindingKind, bool> which, string? expected, string? found, string well, string? beside)
    {
        AuditFinding[] findings = [.. report.Findings.Where(f => which(f.Kind))];
        if (findings.Length == 0 && beside is null && report.FindingCount > report.Findings.Count)
            return new VerifyDocument.Check(name, CheckOutcome.NotMade, expected, found, string.Create(CultureInfo.InvariantCulture, $"{report.FindingCount:N0} findings are more than are kept in words; none of the first {report.Findings.Count:N0} is of this kind"));
        if (findings.Length == 0 && beside is null) return new VerifyDocument.Check(name, CheckOutcome.Ok, expected, found, well);
        string note = findings.Length == 0 ? beside! : findings.Length == 1 ? findings[0].Message : string.Create(CultureInfo.InvariantCulture, $"{findings.Length:N0} findings; the first: {findings[0].Message}");
        return new VerifyDocument.Check(name, CheckOutcome.Failed, expected, found, note);
    }

    private static string? Kw(double? value) => value is { } kw ? string.Create(CultureInfo.InvariantCulture, $"{kw:R} kW") : null;
}
