using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Mobility;

namespace Movc.Studies.Weeks;

/// <summary>A stay that touches the week, 40 bytes. Slots count from the week's first; energies are whole Wh, rounded so that Charge Only is a feasible point of any dispatch to the last Wh.</summary>
public struct WeekStay
{
    /// <summary>An end that is not known: far beyond any horizon, and safe to reckon with.</summary>
    public const int Unknown = 1 << 30;

    /// <summary>What the whole Charge Only session stores, kWh, also before the week and after it; 0 where it parks.</summary>
    public double SessionKwh;

    /// <summary>First slot; negative where the stay began before the week.</summary>
    public int StartSlot;

    /// <summary>Exclusive; <see cref="Unknown"/> where it lies more than a week beyond the week.</summary>
    public int EndSlot;

    /// <summary>What Charge Only stores within the week, Wh.</summary>
    public int StoredWh;

    /// <summary>Energy of the trip after it, Wh, trimmed to what Charge Only has then.</summary>
    public int TripWh;

    /// <summary>E_need at the departure, Wh: the lesser of the trips within 24 hours and those until the next charging session.</summary>
    public int NeedWh;

    /// <summary>Trips within 24 hours of the departure, Wh.</summary>
    public int Need24Wh;

    /// <summary>Where, as an index of the city's districts.</summary>
    public short District;

    public ChargingMode Mode;

    public PlaceKind Place;

    /// <summary>Slots in which its session may charge: all of it, a week at most, as far as a driver looks ahead.</summary>
    public readonly int SessionSlots => Math.Min(EndSlot - StartSlot, Stay.LookAheadSlots);
}
