namespace Movc.Ingest.Simulation.Parameters;

/// <summary>Who lets the city discharge the battery (model.md §5; MOVC Eqs. 12-14).</summary>
/// <param name="DamageCostVwsRmbPerKwh">μ_VWS, RMB/kWh.</param>
/// <param name="DamageCostVwcRmbPerKwh">μ_VWC, RMB/kWh.</param>
/// <param name="RelativeDeviation">Standard deviation of a vehicle's own cost over μ.</param>
/// <param name="Gamma">Compensation over μ.</param>
public sealed record WillingnessParameters(
    double DamageCostVwsRmbPerKwh, double DamageCostVwcRmbPerKwh, double RelativeDeviation, double Gamma);
