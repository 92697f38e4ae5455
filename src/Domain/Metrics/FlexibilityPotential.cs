namespace Movc.Domain.Metrics;

/// <summary>How far a stay could fill or empty a battery (MOVC Eqs. 38-39), without η as printed.</summary>
public static class FlexibilityPotential
{
    /// <summary>min(E_max, E_arr + P·T), kWh.</summary>
    public static double ChargingKwh(double arriveKwh, double capacityKwh, double powerKw, double hours) => Math.Min(capacityKwh, arriveKwh + powerKw * hours);

    /// <summary>max(E_need, E_arr − P·T), kWh.</summary>
    public static double DischargingKwh(double arriveKwh, double neededKwh, double powerKw, double hours) => Math.Max(neededKwh, arriveKwh - powerKw * hours);
}
