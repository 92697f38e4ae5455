namespace Movc.Domain.Metrics;

/// <summary>Whether a driver leaves with as much as without V2G (MOVC Eq. 40).</summary>
public static class Satisfaction
{
    /// <summary>min(1, SOC_dep / SOC*_dep), 0 to 1; 1 where Charge Only would have left nothing.</summary>
    /// <param name="departKwh">Stored energy at the departure, 0 or more.</param>
    /// <param name="chargeOnlyDepartKwh">SOC* of the same departure under Charge Only, as energy.</param>
    public static double Of(double departKwh, double chargeOnlyDepartKwh) =>
        chargeOnlyDepartKwh <= 0 ? 1 : Math.Clamp(departKwh / chargeOnlyDepartKwh, 0, 1);
}
