using Movc.Domain.Queries;

namespace Movc.Output;

/// <summary>One interval's plan in a line.</summary>
/// <param name="Seconds">Wall time of the solve, s.</param>
/// <param name="PublishedSeconds">Wall time from the fleet until its setpoints were out, s.</param>
/// <param name="Limits">Districts' limits; what was measured is of the interval before. Null where none is limited.</param>
internal sealed record IntervalSummary(
    long Index, DateTimeOffset At, double Gap, double Seconds, double PublishedSeconds, string Status, string PlanHash,
    int Vehicles, int SetpointsChanged, int AuditChecked, int AuditFindings,
    IReadOnlyList<LimitView>? Limits);
