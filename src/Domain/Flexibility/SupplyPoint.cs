namespace Movc.Domain.Flexibility;

/// <summary>One point of a supply curve.</summary>
/// <param name="Minutes">Duration.</param>
/// <param name="Mw">Load less than planned throughout, MW.</param>
/// <param name="IsMost">Whether it is the most that can be had, which is certified for the sample; then there is no price.</param>
/// <param name="DischargedKwhPerMwh">Energy that vehicles give to the grid beyond the plan, kWh for each MWh delivered: the rest is charging put off.</param>
/// <param name="RmbPerMwh">What the owners are to be paid, RMB for each MWh delivered; null where the city tells no rate.</param>
/// <param name="CostKw">How much the objective grows by it, kW.</param>
public sealed record SupplyPoint(int Minutes, double Mw, bool IsMost, double? DischargedKwhPerMwh, double? RmbPerMwh, double? CostKw);
