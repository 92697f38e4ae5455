using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>
/// Sum of vehicles that charge on their own (<see cref="UnmanagedCharging"/>), kW per slot of a horizon. Each piece of a session costs
/// O(1): whole slots go into a difference array, the broken last one into its slot.
/// </summary>
/// <param name="atMs">The horizon's start, Unix milliseconds UTC on a slot's boundary.</param>
/// <param name="slots">Its length.</param>
/// <param name="tariff">The same horizon's price levels; null = every session starts at once.</param>
internal sealed class ChargingCurve(long atMs, int slots, HorizonTariff? tariff = null)
{
    private const double MsPerHour = 3_600_000.0;
    private readonly double[] _step = new double[slots + 1];
    private readonly double[] _single = new double[slots];

    /// <summary>Adds what is left of a vehicle's session.</summary>
    /// <param name="powerW">Full power, W.</param>
    /// <param name="missingWh">Energy until full, inside the battery, Wh.</param>
    /// <param name="start">When it draws.</param>
    /// <param name="departureMs">Declared departure, 0 = unknown. One that has passed no longer ends the session.</param>
    public void Add(int powerW, double missingWh, UnmanagedStart start, long departureMs)
    {
        if (powerW <= 0 || missingWh <= 0) return;
        double hours = missingWh / (DispatchParameters.Efficiency * powerW);
        bool isLate = departureMs != 0 && departureMs <= atMs;
        if (tariff is not null && start == UnmanagedStart.Cheapest && !isLate) AddCheapest(powerW, hours, UnmanagedCharging.PlannedUntil(atMs, departureMs));
        else AddPiece(powerW, 0, departureMs > atMs ? Math.Min(hours, (departureMs - atMs) / MsPerHour) : hours);
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

    private void AddCheapest(int powerW, double hours, long untilMs)
    {
        double stayHours = (untilMs - atMs) / MsPerHour;
        for (int level = 0; level < tariff!.Levels && hours > 0; level++)
        {
            double here = Math.Min(hours, tariff.HoursAt(level, untilMs));
            hours -= here;
            foreach ((int from, int to) in tariff.Runs(level))
            {
                double piece = Math.Min(here, Math.Min(to * Slots.Hours, stayHours) - (from * Slots.Hours));
                if (piece <= 0) break;
                AddPiece(powerW, from, piece);
                here -= piece;
            }
        }
    }

    private void AddPiece(int powerW, int fromSlot, double hours)
    {
        hours = Math.Min(hours, (slots - fromSlot) * Slots.Hours);
        int whole = (int)(hours / Slots.Hours);
        double powerKw = powerW / 1000.0;
        _step[fromSlot] += powerKw;
        _step[fromSlot + whole] -= powerKw;
        if (fromSlot + whole < slots) _single[fromSlot + whole] += powerKw * ((hours - (whole * Slots.Hours)) / Slots.Hours);
    }
}
