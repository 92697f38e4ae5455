using System.Globalization;
using Movc.Audit;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Bundles;
using Movc.VehicleKernel.Bundles;

namespace Movc.Verify;

/// <summary>Needs, limits and setpoints of some vehicles of a plan, as the audit reads them.</summary>
internal static class VehicleChecks
{
    /// <param name="x">The whole instance of the plan.</param>
    /// <param name="vehicles">Indices of those to look at, each once.</param>
    /// <param name="part">What they were derived to do.</param>
    public static VerifyDocument.Check Of(PlanBundle plan, DispatchInstance x, int[] vehicles, PartDocument part)
    {
        BundlePlan schedules;
        try
        {
            schedules = new BundlePlan(plan, x);
        }
        catch (ArgumentException wrong)
        {
            return new VerifyDocument.Check("needs", CheckOutcome.Failed, null, null, wrong.Message);
        }
        int[] placeOf = new int[x.VehicleCount];
        Array.Fill(placeOf, -1);
        for (int k = 0; k < vehicles.Length; k++) placeOf[vehicles[k]] = k;
        InfeasibleVehicle[] lowered = [.. schedules.Infeasible.Where(v => placeOf[v.Vehicle] >= 0).Select(v => v with { Vehicle = placeOf[v.Vehicle] })];
        var result = new DispatchResult
        {
            Status = lowered.Length > 0 ? DispatchStatus.Repaired : DispatchStatus.Solved,
            ObjectiveKw = 0,
            BoundKw = 0,
            Seconds = 0,
            AfterKw = x.LoadKw,
            Prices = plan.Prices,
            FirstSlotPowerW = [.. part.Setpoints.Select(s => s.PowerW)],
            Infeasible = lowered,
            Schedules = new Chosen(schedules, vehicles),
            WarmPrices = new double[x.SlotCount],
        };
        AuditReport report = PlanAuditor.Audit(x.OfVehicles(vehicles), result, new AuditOptions { FullUpTo = int.MaxValue, BoundUpTo = 0, MaxFindings = 10_000 });
        // What is of the whole plan, as its load, cannot be said of some vehicles.
        AuditFinding[] found = [.. report.Findings.Where(f => f.Vehicle is not null)];
        return found.Length == 0
            ? new VerifyDocument.Check("needs", CheckOutcome.Ok, null, null, string.Create(CultureInfo.InvariantCulture, $"the schedules of these {vehicles.Length:N0} vehicles keep to limits and capacity and meet their needs"))
            : new VerifyDocument.Check("needs", CheckOutcome.Failed, null, null, string.Create(CultureInfo.InvariantCulture, $"{found.Length:N0} findings; the first: {found[0].Message}"));
    }

    private sealed class Chosen(BundlePlan plan, int[] vehicles) : IScheduleSource
    {
        public void Expand(int vehicle, Span<double> powerKw) => plan.Expand(vehicles[vehicle], powerKw);
    }
}
