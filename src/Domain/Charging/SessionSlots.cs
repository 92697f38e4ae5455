using Movc.Domain.Time;

namespace Movc.Domain.Charging;

/// <summary>In which slots of a stay an unmanaged session charges, and how much it stores: what Charge Only is made of.</summary>
public static class SessionSlots
{
    /// <summary>Energy stored by the end of the stay, kWh: full power until full or gone, whichever slots it takes.</summary>
    public static double StoredKwh(double missingKwh, double powerKw, double efficiency, int slots) =>
        Math.Min(missingKwh, efficiency * powerKw * Slots.Hours * slots);

    /// <summary>Adds the session's power to a load.</summary>
    /// <param name="missingKwh">Energy until full, kWh.</param>
    /// <param name="powerKw">Power of the session, kW, over 0.</param>
    /// <param name="efficiency">η.</param>
    /// <param name="startSlot">First slot of the stay; slot 0 is the first slot of a local day plus <paramref name="firstSlotOfDay"/>.</param>
    /// <param name="endSlot">Exclusive.</param>
    /// <param name="firstSlotOfDay">Slot of the day at slot 0.</param>
    /// <param name="waits">The tariff whose cheapest slots are taken, the earliest of equal ones; null = at once.</param>
    /// <param name="loadKw">Slots from 0 on; what lies outside is left out.</param>
    public static void AddTo(
        double missingKwh, double powerKw, double efficiency, int startSlot, int endSlot, int firstSlotOfDay, Tariff? waits, Span<double> loadKw)
    {
        double perSlot = efficiency * powerKw * Slots.Hours;
        double left = missingKwh;
        int levels = waits?.Levels.Length ?? 1;
        for (int level = 0; level < levels && left > 0; level++)
        {
            for (int t = startSlot; t < endSlot && left > 0; t++)
            {
                if (waits is not null && waits.LevelOfSlot[SlotOfDay(t + firstSlotOfDay)] != level) continue;
                double part = Math.Min(1, left / perSlot);
                if ((uint)t < (uint)loadKw.Length) loadKw[t] += part * powerKw;
                left -= perSlot;
            }
        }
    }

    /// <summary>A stay may begin days before slot 0.</summary>
    private static int SlotOfDay(int slot) => ((slot % Slots.PerDay) + Slots.PerDay) % Slots.PerDay;
}
