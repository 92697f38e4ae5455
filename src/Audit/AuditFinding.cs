namespace Movc.Audit;

/// <summary>One fault of a plan.</summary>
/// <param name="Kind">The rule that is broken.</param>
/// <param name="Vehicle">Index in the instance, or null when the fault is of the whole plan.</param>
/// <param name="Slot">Slot of the horizon (an energy is taken at the slot's start, so T is the end), or null.</param>
/// <param name="Message">One sentence with the numbers and their units.</param>
public sealed record AuditFinding(AuditFindingKind Kind, int? Vehicle, int? Slot, string Message);
