using Movc.Domain.Charging;
using Movc.Domain.Time;
using Movc.Studies.Weeks;

namespace Movc.Studies.Dispatch;

/// <summary>What the vehicles of a week charge on their own.</summary>
internal static class ChargeOnly
{
    /// <summary>Adds the power of a stay's session to a load, kW per slot of the week.</summary>
    public static void AddLoad(SimulatedWeek week, in WeekVehicle vehicle, in WeekStay stay, Span<double> loadKw)
    {
        int powerW = week.SessionW(vehicle, stay);
        if (powerW == 0) return;
        Tariff? waits = week.People.Charging.WaitsForCheapest(stay.Place) ? week.People.Tariff : null;
        // The exact power of the model, not the rounded one: the session's energy was reckoned with it.
        double powerKw = stay.Mode == ChargingMode.Slow ? week.People.Models[vehicle.Model].SlowKw : week.People.Models[vehicle.Model].QuickKw;
        SessionSlots.AddTo(stay.SessionKwh, powerKw, week.People.Efficiency, stay.StartSlot, stay.StartSlot + stay.SessionSlots, 0, waits, loadKw);
    }

    /// <summary>Adds what a stay's vehicle holds at the beginning of each slot of its session's stay.</summary>
    /// <param name="week">The week.</param>
    /// <param name="vehicle">Whose stay.</param>
    /// <param name="stay">It charges.</param>
    /// <param name="energyKwh">Stored energy at the stay's first slot of the week.</param>
    /// <param name="session">Room for one session, a value a slot of the week.</param>
    /// <param name="storedKwh">A value a slot of the week.</param>
    public static void AddStored(SimulatedWeek week, in WeekVehicle vehicle, in WeekStay stay, double energyKwh, Span<double> session, Span<double> storedKwh)
    {
        int from = Math.Max(0, stay.StartSlot), to = Math.Min(week.Slots, stay.EndSlot);
        session[from..to].Clear();
        AddLoad(week, vehicle, stay, session);
        for (int t = from; t < to; t++)
        {
            storedKwh[t] += energyKwh;
            energyKwh += week.People.Efficiency * session[t] * Slots.Hours;
        }
    }
}
