using Movc.Domain.Randomness;
using Movc.Domain.Time;

namespace Movc.Domain.Mobility;

/// <summary>From slots to seconds: a trip takes its distance over the speed, which is less than the slots that the model gives it.</summary>
public static class TripTimes
{
    private const int SlotSeconds = Slots.Minutes * 60;

    /// <summary>
    /// When a trip begins and ends, seconds since slot 0: inside the slots that the model gives it, so that a stay is plugged in during
    /// all of its slots. The departure's second is drawn of the vehicle and its slot.
    /// </summary>
    /// <param name="vehicleKey">See <see cref="CounterRandom.VehicleKey"/>.</param>
    /// <param name="stay">The stay that the trip ends.</param>
    /// <param name="nextSlot">First slot of the next stay, or <see cref="Stay.Unknown"/>.</param>
    /// <param name="speedKmPerHour">How fast the trip is.</param>
    /// <returns>Both <see cref="Stay.Unknown"/> where the next stay is.</returns>
    public static (int DepartS, int ArriveS) Of(ulong vehicleKey, in Stay stay, int nextSlot, double speedKmPerHour)
    {
        if (nextSlot == Stay.Unknown) return (Stay.Unknown, Stay.Unknown);
        int slotsS = (nextSlot - stay.EndSlot) * SlotSeconds;
        int travelS = Math.Clamp((int)Math.Ceiling(stay.TripKm / speedKmPerHour * 3600), 1, slotsS);
        int latestS = Math.Min(slotsS - travelS, SlotSeconds - 1);
        int departS = (stay.EndSlot * SlotSeconds) + (int)(CounterRandom.OfDeparture(vehicleKey, stay.EndSlot).NextUniform() * (latestS + 1));
        return (departS, departS + travelS);
    }
}
