using System.Globalization;
using Movc.Audit;
using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.Output;
using Movc.RollingOptimizer.Model;

namespace Movc.Solve;

/// <summary>Holds a result folder against its instance.</summary>
internal static class AuditJob
{
    /// <summary>Fleets up to this many vehicles have their bound recomputed without being asked.</summary>
    public const int BoundUpTo = 20_000;

    public static AuditDocument Execute(string folder, string? instanceFolder, bool full, JobProgress progress)
    {
        ResultDocument document = ResultReader.Document(folder);
        progress.Step("reading the instance");
        (DispatchInstance x, string where) = Instance(folder, instanceFolder, document);
        // The folder may have been solved for another objective than its own settings name; the result tells which.
        x = x with { PeakWeight = document.PeakWeight ?? x.PeakWeight };
        string hash = InstanceHash.Of(x);
        var beside = new List<AuditDocument.Entry>();
        bool same = string.Equals(hash, document.Instance.Sha256, StringComparison.Ordinal);
        if (!same) beside.Add(Finding(AuditFindingKind.InstanceDiffers, $"the result is of an instance with hash {document.Instance.Sha256}; {where} has {hash}"));

        progress.Step("reading the result");
        DispatchResult result;
        try
        {
            result = ResultReader.Plan(folder, document, x, hash);
            Reported(folder, document, x, result, beside);
        }
        catch (InputException wrong) when (!same)
        {
            return new AuditDocument(Clean: false, beside.Count, beside, x.VehicleCount, 0, null, null, null, [$"the plan: {wrong.Message}"], where);
        }

        progress.Step(string.Create(CultureInfo.InvariantCulture, $"replaying {x.VehicleCount:N0} schedules"));
        AuditReport report = PlanAuditor.Audit(x, result, new AuditOptions { FullUpTo = int.MaxValue, BoundUpTo = full ? int.MaxValue : BoundUpTo });
        IEnumerable<AuditDocument.Entry> found = report.Findings.Select(f =>
            new AuditDocument.Entry(f.Kind.ToString(), f.Vehicle is { } v && v >= 0 && v < x.VehicleCount ? InstanceFolder.NameOf(x, v) : null, f.Slot, f.Message));
        long count = beside.Count + report.FindingCount;
        return new AuditDocument(
            count == 0, count, [.. beside, .. found], report.Vehicles, report.Checked, report.ObjectiveKw, report.BoundKw, report.Gap, report.NotChecked, where);
    }

    private static (DispatchInstance Instance, string Where) Instance(string folder, string? given, ResultDocument document)
    {
        if (given is not null) return (InstanceFolder.Read(given), given);
        string inside = Path.Combine(folder, "instance");
        string beside = Path.Combine(folder, "..", "instance");
        foreach (string? place in new[] { inside, document.Instance.Folder, beside })
        {
            if (place is not null && File.Exists(Path.Combine(place, "settings.json"))) return (InstanceFolder.Read(place), place);
        }
        if (document.Instance.Synthetic is { } drawn)
            return (drawn.Draw(), string.Create(CultureInfo.InvariantCulture, $"profile {drawn.Profile}, {drawn.Vehicles} vehicles, {drawn.Slots} slots, seed {drawn.Seed}"));
        throw new InputException($"{folder}: the instance it was solved from is neither inside nor beside it nor at {document.Instance.Folder}; name it with --instance DIR");
    }

    /// <summary>What the folder reports beside the plan: counts, gap, the curves that are the instance's own, PVDR.</summary>
    private static void Reported(string folder, ResultDocument document, DispatchInstance x, DispatchResult result, List<AuditDocument.Entry> found)
    {
        if (document.Vehicles != x.VehicleCount || document.Slots != x.SlotCount)
            found.Add(Finding(AuditFindingKind.ReportDiffers, $"the result reports {document.Vehicles} vehicles and {document.Slots} slots; the instance has {x.VehicleCount} and {x.SlotCount}"));
        if (!(Math.Abs(document.Gap - result.Gap) <= 1e-9)) found.Add(Finding(AuditFindingKind.ReportDiffers, $"the gap is given as {document.Gap:R}; objective and bound make {result.Gap:R}"));
        var chargeOnlyKw = new double[x.SlotCount];
        for (int t = 0; t < chargeOnlyKw.Length; t++) chargeOnlyKw[t] = x.LoadKw[t] + x.BaselineEvKw[t];
        string load = Path.Combine(folder, ResultFolder.Load);
        Curve("original", ResultReader.Column(load, ResultFolder.LoadColumns, 1, 0, x.SlotCount), x.LoadKw, found);
        Curve("charge-only", ResultReader.Column(load, ResultFolder.LoadColumns, 2, 0, x.SlotCount), chargeOnlyKw, found);
        Ratio("original", document.PvdrOriginal, x.LoadKw, x, found);
        Ratio("charge-only", document.PvdrChargeOnly, chargeOnlyKw, x, found);
        Ratio("after", document.PvdrAfter, result.AfterKw, x, found);
    }

    private static void Curve(string name, double[] given, double[] own, List<AuditDocument.Entry> found)
    {
        for (int t = 0; t < own.Length; t++)
        {
            if (Math.Abs(given[t] - own[t]) <= 1e-3 + 1e-9 * Math.Abs(own[t])) continue;
            found.Add(Finding(AuditFindingKind.ReportDiffers, $"slot {t}: the {name} load is given as {given[t]:0.###} kW; the instance says {own[t]:0.###} kW") with { Slot = t });
            return;
        }
    }

    private static void Ratio(string name, PvdrSummary given, double[] loadKw, DispatchInstance x, List<AuditDocument.Entry> found)
    {
        PvdrSummary own = PvdrSummary.Of(loadKw, x.DayOfSlot);
        bool same = Same(given.WeeklyMedian.OverValley, own.WeeklyMedian.OverValley) && Same(given.WeeklyMedian.OverPeak, own.WeeklyMedian.OverPeak)
            && Same(given.PerDay.OverValley, own.PerDay.OverValley) && Same(given.PerDay.OverPeak, own.PerDay.OverPeak);
        if (!same) found.Add(Finding(AuditFindingKind.ReportDiffers, $"the {name} load's PVDR is given as {given.WeeklyMedian.OverValley:R}; the load says {own.WeeklyMedian.OverValley:R} (or a day differs)"));
    }

    private static bool Same(IReadOnlyList<double> a, IReadOnlyList<double> b) => a.Count == b.Count && a.Zip(b).All(p => Same(p.First, p.Second));

    private static bool Same(double a, double b) => (double.IsNaN(a) && double.IsNaN(b)) || Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(b));

    private static AuditDocument.Entry Finding(AuditFindingKind kind, FormattableString message) =>
        new(kind.ToString(), null, null, message.ToString(CultureInfo.InvariantCulture));
}
