using Movc.Domain;

namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// The fixed-point unit of stored energy. One watt of charging during a slot stores <see cref="PerChargeWatt"/> units, one watt of
/// discharging takes <see cref="PerDischargeWatt"/>; one Wh is <see cref="PerWh"/>. At η = .9 and 10-minute slots these are 81, 100
/// and 540: exact, so that no drift arises however long the horizon.
/// </summary>
internal readonly record struct EnergyUnits(int PerWh, int PerChargeWatt, int PerDischargeWatt)
{
    /// <summary>Every stored energy and every energy of one slot stays under this, so that sums of two fit 32 bits.</summary>
    public const int Limit = (1 << 30) - 1;

    /// <summary>
    /// The smallest unit in which η·Δ and Δ/η are whole numbers per watt; where none fits 32 bits, a fine unit with charging rounded
    /// down and discharging rounded up (relative error around 1e-6), so that the true battery never holds less than the computed one.
    /// </summary>
    public static EnergyUnits Choose(double efficiency, double slotHours, int maxCapacityWh, int maxChargeW, int maxDischargeW)
    {
        double charge = efficiency * slotHours, discharge = slotHours / efficiency;
        long top = Math.Min(
            Limit / Math.Max(1, maxCapacityWh),
            (long)Math.Min(Limit / (Math.Max(1.0, maxChargeW) * charge), Limit / (Math.Max(1.0, maxDischargeW) * discharge)));
        for (int u = 1; u <= Math.Min(top, 60_000); u++)
        {
            double a = charge * u, b = discharge * u;
            double wholeA = Math.Round(a), wholeB = Math.Round(b);
            if (wholeA >= 1 && Math.Abs(a - wholeA) < 1e-9 * a && Math.Abs(b - wholeB) < 1e-9 * b)
                return new EnergyUnits(u, (int)wholeA, (int)wholeB);
        }
        var best = default(EnergyUnits);
        double bestError = double.PositiveInfinity;
        long fineTop = Math.Min(top, 20_000);
        for (long u = Math.Max(1, fineTop / 2); u <= fineTop; u++)
        {
            double a = Math.Floor(charge * u), b = Math.Ceiling(discharge * u);
            if (a < 1) continue;
            double error = Math.Max(1 - a / (charge * u), b / (discharge * u) - 1);
            if (error >= bestError) continue;
            bestError = error;
            best = new EnergyUnits((int)u, (int)a, (int)b);
        }
        if (bestError > 1e-3)
        {
            throw new InputException(
                $"instance: a capacity of {maxCapacityWh} Wh or a power of {Math.Max(maxChargeW, maxDischargeW)} W is too large for one vehicle; split it into several");
        }
        return best;
    }
}
