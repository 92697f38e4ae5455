namespace Movc.VehicleKernel.Storage;

/// <summary>
/// The fixed-point unit of stored energy. One watt of charging during a slot stores <see cref="PerChargeWatt"/> units, one watt of
/// discharging takes <see cref="PerDischargeWatt"/>; one Wh is <see cref="PerWh"/>. At η = .9 and 10-minute slots these are 81, 100
/// and 540: exact, so that no drift arises however long the horizon.
/// </summary>
public readonly record struct EnergyUnits(int PerWh, int PerChargeWatt, int PerDischargeWatt)
{
    /// <summary>Every stored energy and every energy of one slot stays under this, so that sums of two fit 32 bits.</summary>
    public const int Limit = (1 << 30) - 1;

    /// <summary>
    /// The smallest unit in which η·Δ and Δ/η are whole numbers per watt; where none fits 32 bits, a fine unit with charging rounded
    /// down and discharging rounded up (relative error around 1e-6), so that the true battery never holds less than the computed one.
    /// </summary>
    /// <param name="efficiency">One-way efficiency η, over 0, at most 1.</param>
    /// <param name="slotHours">Length of a slot, h, over 0.</param>
    /// <param name="maxCapacityWh">Largest capacity of the fleet, Wh.</param>
    /// <param name="maxChargeW">Largest charging power of the fleet, W.</param>
    /// <param name="maxDischargeW">Largest discharging power of the fleet, W.</param>
    /// <param name="units">The unit.</param>
    /// <returns>False where one vehicle is too large for 32 bits at a relative error under 1e-3.</returns>
    public static bool TryChoose(double efficiency, double slotHours, int maxCapacityWh, int maxChargeW, int maxDischargeW, out EnergyUnits units)
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
            {
                units = new EnergyUnits(u, (int)wholeA, (int)wholeB);
                return true;
            }
        }
        units = default;
        double bestError = double.PositiveInfinity;
        long fineTop = Math.Min(top, 20_000);
        for (long u = Math.Max(1, fineTop / 2); u <= fineTop; u++)
        {
            double a = Math.Floor(charge * u), b = Math.Ceiling(discharge * u);
            if (a < 1) continue;
            double error = Math.Max(1 - a / (charge * u), b / (discharge * u) - 1);
            if (error >= bestError) continue;
            bestError = error;
            units = new EnergyUnits((int)u, (int)a, (int)b);
        }
        return bestError <= 1e-3;
    }

    /// <summary>Power of an energy gained in a slot, kW, charging positive: units over 0 were stored, units under 0 taken out.</summary>
    public double PowerKw(int gained) => gained / (1000.0 * (gained > 0 ? PerChargeWatt : PerDischargeWatt));

    /// <summary>The same in whole W, cut toward zero: within limits and capacity in any replay.</summary>
    public int PowerW(int gained) => gained / (gained > 0 ? PerChargeWatt : PerDischargeWatt);
}
