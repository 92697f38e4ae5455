namespace Movc.Domain.Queries;

/// <summary>Result of the independent check of a plan.</summary>
/// <param name="Checked">Vehicles whose schedule was replayed.</param>
/// <param name="Vehicles">Vehicles of the plan.</param>
/// <param name="Findings">Faults found; 0 = clean.</param>
/// <param name="FirstFinding">The first fault in words, or empty.</param>
public sealed record AuditView(int Checked, int Vehicles, int Findings, string FirstFinding);
