namespace Movc.Domain.Metrics;

/// <summary>
/// Cost of wearing a battery by moving its stored energy (MOVC Eqs. 42-44): |1/φ(D_t) − 1/φ(D_(t−1))|·957 RMB/kWh·E_max with cycle
/// life φ(D) = 1.4e5·D^(−.501) − 1.23e5 at depth of discharge D = 1 − E/E_max.
/// </summary>
public static class BatteryDegradation
{
    /// <summary>Price of a battery, RMB per kWh of capacity [S].</summary>
    public const double BatteryRmbPerKwh = 957;

    private const double A = 1.4e5, B = 1.23e5, Exponent = 0.501;

    /// <summary>Cost of the way from one stored energy to another, RMB, 0 or more; the same in both directions, and additive along a monotone way.</summary>
    /// <param name="fromKwh">Stored energy before, 0 to the capacity; rounding beyond is clipped.</param>
    /// <param name="toKwh">Stored energy after.</param>
    /// <param name="capacityKwh">Over 0.</param>
    public static double CostRmb(double fromKwh, double toKwh, double capacityKwh) =>
        Math.Abs(LifeUsed(toKwh / capacityKwh) - LifeUsed(fromKwh / capacityKwh)) * BatteryRmbPerKwh * capacityKwh;

    /// <summary>1/φ(D) as D^.501/(1.4e5 − 1.23e5·D^.501), which is 0 at D = 0 where φ itself has no value.</summary>
    private static double LifeUsed(double soc)
    {
        double power = Math.Pow(Math.Clamp(1 - soc, 0, 1), Exponent);
        return power / (A - B * power);
    }
}
