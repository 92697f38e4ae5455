namespace Movc.Output;

/// <summary>One interval's plan in a line.</summary>
internal sealed record IntervalSummary(
    long Index, DateTimeOffset At, double Gap, double Seconds, string Status, string PlanHash,
    int Vehicles, int SetpointsChanged, int AuditChecked, int AuditFindings);
