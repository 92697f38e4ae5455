using Google.Protobuf;
using Movc.Domain.Events;
using Movc.EventLog.Wire.V1;
using V2 = Movc.EventLog.Wire.V2;

namespace Movc.Conformance;

/// <summary>Vehicle events as the generated messages: what the product's own writer must agree with.</summary>
public static class VehicleEventMessages
{
    /// <summary>The newest message of an event; field for field, absent stays absent.</summary>
    public static IMessage Of(in VehicleEvent e)
    {
        switch (e.Type)
        {
            case VehicleEventType.Registered:
                var registered = new VehicleRegistered();
                if (e.CapacityWh is { } capacity) registered.CapacityWh = capacity;
                if (e.EnergyWh is { } registeredEnergy) registered.EnergyWh = registeredEnergy;
                if (e.StateOfChargePpm is { } registeredSoc) registered.StateOfChargePpm = registeredSoc;
                if (e.Consent is { } consent) registered.Consent = (Consent)consent;
                if (e.LatitudeE7 is { } registeredLat) registered.LatitudeE7 = registeredLat;
                if (e.LongitudeE7 is { } registeredLon) registered.LongitudeE7 = registeredLon;
                return registered;
            case VehicleEventType.LocationReported:
                var located = new LocationReported();
                if (e.LatitudeE7 is { } lat) located.LatitudeE7 = lat;
                if (e.LongitudeE7 is { } lon) located.LongitudeE7 = lon;
                if (e.EnergyWh is { } locatedEnergy) located.EnergyWh = locatedEnergy;
                if (e.StateOfChargePpm is { } locatedSoc) located.StateOfChargePpm = locatedSoc;
                return located;
            case VehicleEventType.Departed:
                var departed = new VehicleDeparted();
                if (e.Place is { } from) departed.Place = (Place)from;
                if (e.EnergyWh is { } departedEnergy) departed.EnergyWh = departedEnergy;
                if (e.StateOfChargePpm is { } departedSoc) departed.StateOfChargePpm = departedSoc;
                if (e.LatitudeE7 is { } departedLat) departed.LatitudeE7 = departedLat;
                if (e.LongitudeE7 is { } departedLon) departed.LongitudeE7 = departedLon;
                return departed;
            case VehicleEventType.Arrived:
                var arrived = new VehicleArrived();
                if (e.EnergyUsedWh is { } used) arrived.EnergyUsedWh = used;
                if (e.Place is { } to) arrived.Place = (Place)to;
                if (e.EnergyWh is { } arrivedEnergy) arrived.EnergyWh = arrivedEnergy;
                if (e.StateOfChargePpm is { } arrivedSoc) arrived.StateOfChargePpm = arrivedSoc;
                if (e.LatitudeE7 is { } arrivedLat) arrived.LatitudeE7 = arrivedLat;
                if (e.LongitudeE7 is { } arrivedLon) arrived.LongitudeE7 = arrivedLon;
                return arrived;
            case VehicleEventType.PluggedIn:
                var plugged = new VehiclePluggedIn();
                if (e.MaxChargeW is { } charge) plugged.MaxChargeW = charge;
                if (e.MaxDischargeW is { } discharge) plugged.MaxDischargeW = discharge;
                if (e.EnergyWh is { } pluggedEnergy) plugged.EnergyWh = pluggedEnergy;
                if (e.StateOfChargePpm is { } pluggedSoc) plugged.StateOfChargePpm = pluggedSoc;
                if (e.Place is { } at) plugged.Place = (Place)at;
                if (e.DeclaredDepartureMs is { } departure) plugged.DeclaredDepartureMs = departure;
                if (e.UnmanagedChargeW is { } unmanaged) plugged.UnmanagedChargeW = unmanaged;
                if (e.UnmanagedStart is { } start) plugged.UnmanagedStart = (EventLog.Wire.V1.UnmanagedStart)start;
                if (e.NeededAtDepartureWh is { } needed) plugged.NeededAtDepartureWh = needed;
                return plugged;
            case VehicleEventType.Unplugged:
                var unplugged = new VehicleUnplugged();
                if (e.EnergyWh is { } unpluggedEnergy) unplugged.EnergyWh = unpluggedEnergy;
                if (e.StateOfChargePpm is { } unpluggedSoc) unplugged.StateOfChargePpm = unpluggedSoc;
                return unplugged;
            case VehicleEventType.EnergyMetered:
                var metered = new EnergyMetered();
                if (e.EnergyWh is { } meteredEnergy) metered.EnergyWh = meteredEnergy;
                if (e.StateOfChargePpm is { } meteredSoc) metered.StateOfChargePpm = meteredSoc;
                if (e.PowerW is { } meteredPower) metered.PowerW = meteredPower;
                return metered;
            case VehicleEventType.ConsentChanged:
                var changed = new ConsentChanged();
                if (e.Consent is { } newConsent) changed.Consent = (Consent)newConsent;
                return changed;
            case VehicleEventType.SetpointRejected or VehicleEventType.SetpointTimedOut or VehicleEventType.SetpointNotFollowed:
                var exception = new SetpointException();
                if (e.PowerW is { } insteadPower) exception.PowerW = insteadPower;
                if (e.SetpointAtMs is { } setpointAt) exception.SetpointAtMs = setpointAt;
                return exception;
            case VehicleEventType.DeliveryReported:
                var delivered = new V2.DeliveryReported();
                if (e.PowerW is { } deliveredPower) delivered.PowerW = deliveredPower;
                if (e.DeliveredWh is { } deliveredEnergy) delivered.DeliveredWh = deliveredEnergy;
                if (e.DeliveredFromMs is { } deliveredFrom) delivered.DeliveredFromMs = deliveredFrom;
                return delivered;
            default:
                throw new ArgumentOutOfRangeException(nameof(e), e.Type, "not a vehicle event");
        }
    }
}
