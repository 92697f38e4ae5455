namespace Movc.Domain.Regret;

/// <summary>One way in which a period could have gone.</summary>
/// <param name="ObjectiveKw">J, kW (MOVC Eq. 15).</param>
/// <param name="PeakKw">Highest interval, kW.</param>
/// <param name="ValleyKw">Lowest interval, kW.</param>
/// <param name="PvdrOverValley">Median over days of (peak − valley)/valley.</param>
/// <param name="DischargedKwh">Given to the grid by the willing vehicles, kWh; null where nobody gives any.</param>
public sealed record RegretLine(double ObjectiveKw, double PeakKw, double ValleyKw, double PvdrOverValley, double? DischargedKwh);
