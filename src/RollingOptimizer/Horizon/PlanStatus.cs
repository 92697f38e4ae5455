using System.Globalization;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>What a plan says of itself: solved, or what is amiss and why.</summary>
/// <param name="Name">audit-failed, degraded, loose-gap, empty or solved: the first that holds.</param>
/// <param name="Cause">Every cause, in words; empty for a solved plan.</param>
internal readonly record struct PlanStatus(string Name, string Cause)
{
    /// <summary>Share of plugged-in vehicles with stale news over which a plan is degraded [G].</summary>
    public const double MaxStaleShare = 0.05;

    /// <summary>Judges a plan.</summary>
    /// <param name="fleet">What it was made from.</param>
    /// <param name="result">The solve.</param>
    /// <param name="audit">What the audit found.</param>
    /// <param name="gapWanted">Certified gap over which it is loose.</param>
    /// <param name="took">Wall time since the fleet was taken.</param>
    /// <param name="lateAfter">Over which it is late; null = it cannot be.</param>
    /// <param name="masked">Why vehicles were left out.</param>
    /// <param name="isLimited">Whether districts are limited.</param>
    public static PlanStatus Of(
        FleetSnapshot fleet, DispatchResult result, AuditView audit, double gapWanted, TimeSpan took, TimeSpan? lateAfter, IReadOnlyList<string> masked, bool isLimited = false)
    {
        var causes = new List<string>();
        int plugged = fleet.Shards.Sum(s => s.PluggedCount), stale = fleet.Shards.Sum(s => s.StaleCount);
        if (took > lateAfter) causes.Add(Text($"late: it took {took.TotalSeconds:0.0} s, {lateAfter.Value.TotalSeconds:0.0} s were allowed"));
        if (stale > MaxStaleShare * plugged) causes.Add(Text($"stale: nothing was heard of {stale:N0} of {plugged:N0} plugged-in vehicles for more than {QualityShares.StaleAfterHours} hours"));
        if (result.Infeasible.Count > 0) causes.Add(Text($"infeasible in part: {result.Infeasible.Count:N0} vehicles cannot reach what they need; they charge as far as they can"));
        causes.AddRange(masked);
        bool isDegraded = causes.Count > 0;
        bool isLoose = result.Status != DispatchStatus.Empty && result.Gap > gapWanted;
        if (isLoose) causes.Add(Text($"the certified gap {result.Gap:0.####%} is over {gapWanted:0.####%}{(isLimited ? "; what limits of districts cost is in it" : string.Empty)}"));
        if (result.Status == DispatchStatus.Empty) causes.Add("no vehicle can be dispatched");
        if (audit.Findings > 0) causes.Insert(0, Text($"{audit.Findings} findings, the first: {audit.FirstFinding}"));
        string name = audit.Findings > 0 ? "audit-failed" : isDegraded ? "degraded" : isLoose ? "loose-gap" : result.Status == DispatchStatus.Empty ? "empty" : "solved";
        return new PlanStatus(name, string.Join("; ", causes));
    }

    /// <summary>Which limits are not kept, in words.</summary>
    public static IEnumerable<string> Broken(IEnumerable<LimitView> limits) => limits.Where(l => !l.IsKept).Select(l => l.PlannedKw + l.RiseKw > l.ImportKw
        ? Text($"the limit of {l.District} cannot be kept: with nothing left to take back vehicles draw {l.PlannedKw:N0} kW and {l.RiseKw:N0} kW more may be drawn before the next plan, {l.ImportKw:N0} kW are allowed")
        : Text($"the limit of {l.District} cannot be kept: {-l.PlannedKw:N0} kW are delivered and {l.DropKw:N0} kW more may be before the next plan, {l.ExportKw:N0} kW are allowed"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
