using System.Globalization;
using Movc.Domain.Dispatch;

namespace Movc.Audit;

/// <summary>
/// Reads a dispatch plan as a second person would: from the instance, the schedules and the prices alone, in double precision,
/// with no code of the solver. What it checks and how it derives the bound is in docs/math/audit.md.
/// </summary>
public static class PlanAuditor
{
    /// <summary>Checks a plan. Faults of the plan become findings; the same arguments give the same report.</summary>
    /// <param name="instance">The problem as it was given to the solver, before any need was lowered.</param>
    /// <param name="result">The plan with its certificate.</param>
    /// <param name="options">How much is replayed.</param>
    /// <exception cref="ArgumentException">The instance breaks its own contract (columns, stays, days), so that nothing can be replayed.</exception>
    public static AuditReport Audit(DispatchInstance instance, DispatchResult result, AuditOptions options)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(options);
        InstanceShape.ThrowIfBroken(instance);

        var log = new FindingLog(instance, options.MaxFindings);
        var notChecked = new List<string>();
        CheckForm(instance, result, log);
        EffectiveNeeds needs = EffectiveNeeds.Check(instance, result.Infeasible, log);

        int vehicles = instance.VehicleCount;
        bool all = vehicles <= options.FullUpTo || vehicles <= options.SampleSize;
        int[] replayed = all ? VehicleSample.All(vehicles) : VehicleSample.Take(vehicles, options.SampleSize, options.Seed);
        Replayed sums = Replay(instance, result, needs, replayed, log);

        double? objectiveKw = null;
        if (instance.SlotCount == 0) notChecked.Add("objective and bound: the horizon has no slot");
        else if (all) objectiveKw = CheckObjective(instance, result, sums, log, notChecked);
        else CheckWithoutSchedules(instance, result, replayed.Length, log, notChecked);
        double? boundKw = CheckBound(instance, result, needs, options, log, notChecked);

        if (result.BoundKw > result.ObjectiveKw + AuditTolerances.OfObjective(result.ObjectiveKw))
            log.Add(AuditFindingKind.BoundOverObjective, $"the bound {result.BoundKw:R} kW lies over the objective {result.ObjectiveKw:R} kW");
        return new AuditReport
        {
            Checked = replayed.Length,
            Vehicles = vehicles,
            BoundChecked = boundKw is not null,
            FindingCount = log.Count,
            Findings = log.Findings,
            NotChecked = notChecked,
            ObjectiveKw = objectiveKw,
            BoundKw = boundKw,
        };
    }

    private static void CheckForm(DispatchInstance instance, DispatchResult result, FindingLog log)
    {
        Length(result.AfterKw.Length, instance.SlotCount, "loads after dispatch", log);
        Length(result.FirstSlotPowerW.Length, instance.VehicleCount, "setpoints", log);
        Length(result.WarmPrices.Length, instance.SlotCount, "warm-start prices", log);
        Finite(result.ObjectiveKw, "objective", log);
        Finite(result.BoundKw, "bound", log);
        foreach (double price in result.WarmPrices)
        {
            if (double.IsFinite(price)) continue;
            log.Add(AuditFindingKind.NotFinite, $"a warm-start price is {price}");
            break;
        }
        int lowered = result.Infeasible.Count;
        if (result.Status == DispatchStatus.Solved && lowered > 0)
            log.Add(AuditFindingKind.StatusContradicts, $"the status says that every need is met, but {lowered} are listed as lowered");
        if (result.Status == DispatchStatus.Repaired && lowered == 0)
            log.Add(AuditFindingKind.StatusContradicts, $"the status says that needs were lowered, but none is listed");
        if (result.Status == DispatchStatus.Empty && instance.VehicleCount > 0)
            log.Add(AuditFindingKind.StatusContradicts, $"the status says that there is nothing to dispatch, but there are {instance.VehicleCount} vehicles");
    }

    private static void Length(int length, int expected, string what, FindingLog log)
    {
        if (length != expected) log.Add(AuditFindingKind.WrongLength, $"there are {length} {what}, not {expected}");
    }

    private static void Finite(double value, string what, FindingLog log)
    {
        if (!double.IsFinite(value)) log.Add(AuditFindingKind.NotFinite, $"the {what} is {value} kW");
    }

    private static Replayed Replay(DispatchInstance instance, DispatchResult result, EffectiveNeeds needs, int[] vehicles, FindingLog log)
    {
        int slots = instance.SlotCount;
        var powerKw = new double[slots];
        var netKw = new double[slots];
        double throughputKw = 0;
        bool finite = true;
        bool setpoints = slots > 0 && result.FirstSlotPowerW.Length == instance.VehicleCount;
        foreach (int vehicle in vehicles)
        {
            // A slot that the source forgets to write must not pass as the vehicle before it, nor as zero.
            Array.Fill(powerKw, double.NaN);
            result.Schedules.Expand(vehicle, powerKw);
            if (!VehicleReplay.Check(instance, needs, vehicle, powerKw, log))
            {
                finite = false;
                continue;
            }
            for (int t = 0; t < slots; t++)
            {
                netKw[t] += powerKw[t];
                throughputKw += Math.Abs(powerKw[t]);
            }
            if (setpoints) SetpointCheck.Compare(vehicle, powerKw[0], result.FirstSlotPowerW[vehicle], log);
        }
        return new Replayed(netKw, throughputKw, finite);
    }

    private static double? CheckObjective(DispatchInstance instance, DispatchResult result, Replayed sums, FindingLog log, List<string> notChecked)
    {
        if (!sums.Finite)
        {
            notChecked.Add("load after dispatch and objective: a schedule is not a number");
            return null;
        }
        if (result.AfterKw.Length == instance.SlotCount) LoadCheck.Compare(instance, sums.NetKw, result.AfterKw, log);
        var afterKw = new double[instance.SlotCount];
        for (int t = 0; t < afterKw.Length; t++) afterKw[t] = instance.LoadKw[t] + sums.NetKw[t];
        double objectiveKw = (LoadCheck.ImbalanceKw(instance, afterKw) + instance.Lambda * sums.ThroughputKw) / instance.SlotCount;
        if (!(Math.Abs(result.ObjectiveKw - objectiveKw) <= AuditTolerances.OfObjective(objectiveKw)))
            log.Add(AuditFindingKind.ObjectiveDiffers, $"the objective is given as {result.ObjectiveKw:R} kW; schedules and load come to {objectiveKw:R} kW");
        return objectiveKw;
    }

    private static void CheckWithoutSchedules(DispatchInstance instance, DispatchResult result, int replayed, FindingLog log, List<string> notChecked)
    {
        notChecked.Add(string.Create(CultureInfo.InvariantCulture, $"schedules of {instance.VehicleCount - replayed:#,0} of {instance.VehicleCount:#,0} vehicles"));
        notChecked.Add("load after dispatch and objective exactly: only what holds for every set of schedules");
        if (result.AfterKw.Length != instance.SlotCount) return;
        if (result.FirstSlotPowerW.Length == instance.VehicleCount)
            SetpointCheck.CompareWithLimits(instance, result.FirstSlotPowerW, result.AfterKw, log);
        if (!LoadCheck.CompareWithLimits(instance, result.AfterKw, log)) return;

        // Σ_i |power_i| ≥ |Σ_i power_i|: the least that the throughput can cost.
        double netKw = 0;
        for (int t = 0; t < instance.SlotCount; t++) netKw += Math.Abs(result.AfterKw[t] - instance.LoadKw[t]);
        double leastKw = (LoadCheck.ImbalanceKw(instance, result.AfterKw) + instance.Lambda * netKw) / instance.SlotCount;
        if (result.ObjectiveKw < leastKw - AuditTolerances.OfObjective(leastKw))
            log.Add(AuditFindingKind.ObjectiveDiffers, $"the objective is given as {result.ObjectiveKw:R} kW; the load after dispatch alone costs {leastKw:R} kW or more");
    }

    private static double? CheckBound(
        DispatchInstance instance, DispatchResult result, EffectiveNeeds needs, AuditOptions options, FindingLog log, List<string> notChecked)
    {
        if (!Certificate.Check(instance, result.Prices, log))
        {
            notChecked.Add("bound: the prices prove nothing");
            return null;
        }
        if (instance.SlotCount == 0) return null;
        if (instance.VehicleCount > options.BoundUpTo)
        {
            notChecked.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"bound: recomputed up to {options.BoundUpTo:#,0} vehicles, here are {instance.VehicleCount:#,0}; the prices are feasible"));
            return null;
        }
        double boundKw = Certificate.BoundKw(instance, needs, result.Prices);
        double slackKw = AuditTolerances.OfObjective(boundKw);
        if (result.BoundKw > boundKw + slackKw)
            log.Add(AuditFindingKind.BoundNotProved, $"the bound is given as {result.BoundKw:R} kW; the prices prove {boundKw:R} kW");
        else if (result.BoundKw < boundKw - slackKw)
            log.Add(AuditFindingKind.BoundNotOfPrices, $"the bound is given as {result.BoundKw:R} kW; the prices prove {boundKw:R} kW, so they are of another solve");
        return boundKw;
    }

    private readonly record struct Replayed(double[] NetKw, double ThroughputKw, bool Finite);
}
