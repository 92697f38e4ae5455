namespace Movc.Domain.Queries;

/// <summary>One plan of the past in a line.</summary>
/// <param name="Id">As in <see cref="PlanView"/>.</param>
/// <param name="At">Interval that it commits.</param>
/// <param name="Status">As in <see cref="PlanView"/>.</param>
/// <param name="ObjectiveKw">Objective, kW.</param>
/// <param name="BoundKw">Certified lower bound, kW.</param>
/// <param name="Gap">(objective − bound)/max(|bound|, 1 kW).</param>
/// <param name="Seconds">Wall time of the solve, s; null for a plan of before the last restart, which keeps no times.</param>
public sealed record PlanBrief(string Id, DateTimeOffset At, string Status, double ObjectiveKw, double BoundKw, double Gap, double? Seconds);
