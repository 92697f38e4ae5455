namespace Movc.Studies.Points;

/// <summary>How good the plan is, kW of the whole city with the 1/T of MOVC Eq. 15.</summary>
/// <param name="Status">As solved.</param>
/// <param name="ObjectiveKw">Of the plan.</param>
/// <param name="BoundKw">No plan is under it.</param>
/// <param name="Gap">(objective − bound) / max(|bound|, 1 kW).</param>
/// <param name="ChargeOnlyObjectiveKw">What Charge Only comes to.</param>
/// <param name="Infeasible">Vehicles whose needs had to be lowered.</param>
public sealed record SolveFigures(string Status, double ObjectiveKw, double BoundKw, double Gap, double ChargeOnlyObjectiveKw, int Infeasible);
