using Movc.Domain.Dispatch;
using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>
/// Sum of vehicles that charge at full power until full or gone, kW per slot. Each vehicle costs O(1): whole slots go into a
/// difference array, the broken last one into its slot.
/// </summary>
internal sealed class ChargingCurve(int slots)
{
    private readonly double[] _step = new double[slots + 1];
    private readonly double[] _single = new double[slots];

    /// <summary>Adds a vehicle that charges from slot 0 on.</summary>
    /// <param name="powerW">Full power, W.</param>
    /// <param name="missingWh">Energy until full, inside the battery, Wh.</param>
    /// <param name="stayHours">Time until it leaves, h.</param>
    public void Add(int powerW, double missingWh, double stayHours)
    {
        if (powerW <= 0 || missingWh <= 0) return;
        double hours = Math.Min(missingWh / (DispatchParameters.Efficiency * powerW), Math.Min(stayHours, slots * Slots.Hours));
        int whole = (int)(hours / Slots.Hours);
        double powerKw = powerW / 1000.0;
        _step[0] += powerKw;
        _step[whole] -= powerKw;
        if (whole < slots) _single[whole] += powerKw * ((hours - (whole * Slots.Hours)) / Slots.Hours);
    }

    /// <summary>Adds energy taken from the grid in one slot, Wh.</summary>
    public void AddInSlot(int slot, double gridWh)
    {
        if (slot < slots) _single[slot] += gridWh / 1000.0 / Slots.Hours;
    }

    /// <summary>The sum, kW per slot.</summary>
    public double[] ToKw()
    {
        var kw = new double[slots];
        double level = 0;
        for (int t = 0; t < slots; t++)
        {
            level += _step[t];
            // Adding and taking away leaves rounding dust, which must not show as a load below zero.
            kw[t] = Math.Max(0, level) + _single[t];
        }
        return kw;
    }
}
