using Movc.Domain.Charging;
using Movc.Domain.Fleet;

namespace Movc.Domain.Events;

/// <summary>
/// One fact about one vehicle, decoded. Integers in the wire's units; <c>null</c> means "not told", which is not zero.
/// A flat value type so that the hot path makes no object; which fields a type needs is in <see cref="VehicleEventRules"/>.
/// </summary>
public readonly record struct VehicleEvent
{
    public required VehicleEventType Type { get; init; }

    /// <summary>When it happened, Unix milliseconds UTC.</summary>
    public required long OccurredAtMs { get; init; }

    public Quality Quality { get; init; }

    /// <summary>Usable battery capacity, Wh, over 0.</summary>
    public int? CapacityWh { get; init; }

    /// <summary>Energy in the battery, Wh, 0 to capacity.</summary>
    public int? EnergyWh { get; init; }

    /// <summary>Energy that the trip just ended took from the battery, Wh, 0 or more: what a source tells that does not know the energy itself.</summary>
    public int? EnergyUsedWh { get; init; }

    /// <summary>State of charge in parts per million, 0 to 1,000,000; used where <see cref="EnergyWh"/> is not told.</summary>
    public int? StateOfChargePpm { get; init; }

    /// <summary>Largest charging power of the EVSE or session, W, 0 or more.</summary>
    public int? MaxChargeW { get; init; }

    /// <summary>Largest discharging power, W, 0 or more; 0 = smart charging only.</summary>
    public int? MaxDischargeW { get; init; }

    /// <summary>Power that the vehicle draws while nobody dispatches it, W, 0 to <see cref="MaxChargeW"/>; 0 = it only stands by. Not told = <see cref="MaxChargeW"/>.</summary>
    public int? UnmanagedChargeW { get; init; }

    /// <summary>When it draws that power; not told = at once.</summary>
    public UnmanagedStart? UnmanagedStart { get; init; }

    /// <summary>Metered power, W, charging positive.</summary>
    public int? PowerW { get; init; }

    /// <summary>WGS84 latitude, 1e-7 degree.</summary>
    public int? LatitudeE7 { get; init; }

    /// <summary>WGS84 longitude, 1e-7 degree.</summary>
    public int? LongitudeE7 { get; init; }

    public PlaceKind? Place { get; init; }

    public V2gStrategy? Consent { get; init; }

    /// <summary>The departure the driver declared when plugging in, Unix milliseconds UTC.</summary>
    public long? DeclaredDepartureMs { get; init; }

    /// <summary>Energy asked for at departure, Wh.</summary>
    public int? NeededAtDepartureWh { get; init; }

    /// <summary>The setpoint that is spoken of: when it was to take effect, Unix milliseconds UTC.</summary>
    public long? SetpointAtMs { get; init; }

    /// <summary>Energy that went through the plug in the period that a delivery report speaks of, Wh, charging positive.</summary>
    public int? DeliveredWh { get; init; }

    /// <summary>Start of that period, Unix milliseconds UTC; it ends when the event happened.</summary>
    public long? DeliveredFromMs { get; init; }
}
