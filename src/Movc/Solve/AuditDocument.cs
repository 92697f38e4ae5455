namespace Movc.Solve;

/// <summary>What <c>movc audit</c> says (<c>--json</c>). Objective and bound as recomputed, kW; null where they were not.</summary>
internal sealed record AuditDocument(
    bool Clean, long FindingCount, IReadOnlyList<AuditDocument.Entry> Findings, int Vehicles, int Checked, double? Objective, double? Bound, double? Gap,
    IReadOnlyList<string> NotChecked, string Instance)
{
    /// <param name="Kind">Name of the rule that is broken.</param>
    /// <param name="Vehicle">Id, or null.</param>
    internal sealed record Entry(string Kind, string? Vehicle, int? Slot, string Message);
}
