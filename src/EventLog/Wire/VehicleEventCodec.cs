using Google.Protobuf;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.EventLog.Wire.V1;

namespace Movc.EventLog.Wire;

/// <summary>Payload bytes of a vehicle event: Domain's flat event to and from the Protobuf message of its type.</summary>
public static class VehicleEventCodec
{
    /// <summary>The message of an event; field for field, absent stays absent.</summary>
    public static IMessage ToMessage(in VehicleEvent e)
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
                if (e.UnmanagedStart is { } start) plugged.UnmanagedStart = (V1.UnmanagedStart)start;
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
                return exception;
            case VehicleEventType.DeliveryReported:
                var delivered = new DeliveryReported();
                if (e.PowerW is { } deliveredPower) delivered.PowerW = deliveredPower;
                if (e.EnergyWh is { } deliveredEnergy) delivered.EnergyWh = deliveredEnergy;
                return delivered;
            default:
                throw new ArgumentOutOfRangeException(nameof(e), e.Type, "not a vehicle event");
        }
    }

    /// <summary>The Protobuf message of a type.</summary>
    public static Google.Protobuf.Reflection.MessageDescriptor Descriptor(VehicleEventType type) =>
        ToMessage(new VehicleEvent { Type = type, OccurredAtMs = 0 }).Descriptor;

    /// <summary>Decodes a payload.</summary>
    /// <returns>False when the bytes are not the message of the type.</returns>
    public static bool TryDecode(VehicleEventType type, ReadOnlySpan<byte> payload, long occurredAtMs, Quality quality, out VehicleEvent e)
    {
        try
        {
            e = Decode(type, payload) with { OccurredAtMs = occurredAtMs, Quality = quality };
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            e = default;
            return false;
        }
    }

    private static VehicleEvent Decode(VehicleEventType type, ReadOnlySpan<byte> payload)
    {
        var empty = new VehicleEvent { Type = type, OccurredAtMs = 0 };
        switch (type)
        {
            case VehicleEventType.Registered:
                VehicleRegistered registered = VehicleRegistered.Parser.ParseFrom(payload);
                return empty with
                {
                    CapacityWh = registered.HasCapacityWh ? registered.CapacityWh : null,
                    EnergyWh = registered.HasEnergyWh ? registered.EnergyWh : null,
                    StateOfChargePpm = registered.HasStateOfChargePpm ? registered.StateOfChargePpm : null,
                    Consent = registered.HasConsent ? Strategy(registered.Consent) : null,
                    LatitudeE7 = registered.HasLatitudeE7 ? registered.LatitudeE7 : null,
                    LongitudeE7 = registered.HasLongitudeE7 ? registered.LongitudeE7 : null,
                };
            case VehicleEventType.LocationReported:
                LocationReported located = LocationReported.Parser.ParseFrom(payload);
                return empty with
                {
                    LatitudeE7 = located.HasLatitudeE7 ? located.LatitudeE7 : null,
                    LongitudeE7 = located.HasLongitudeE7 ? located.LongitudeE7 : null,
                    EnergyWh = located.HasEnergyWh ? located.EnergyWh : null,
                    StateOfChargePpm = located.HasStateOfChargePpm ? located.StateOfChargePpm : null,
                };
            case VehicleEventType.Departed:
                VehicleDeparted departed = VehicleDeparted.Parser.ParseFrom(payload);
                return empty with
                {
                    Place = departed.HasPlace ? Kind(departed.Place) : null,
                    EnergyWh = departed.HasEnergyWh ? departed.EnergyWh : null,
                    StateOfChargePpm = departed.HasStateOfChargePpm ? departed.StateOfChargePpm : null,
                    LatitudeE7 = departed.HasLatitudeE7 ? departed.LatitudeE7 : null,
                    LongitudeE7 = departed.HasLongitudeE7 ? departed.LongitudeE7 : null,
                };
            case VehicleEventType.Arrived:
                VehicleArrived arrived = VehicleArrived.Parser.ParseFrom(payload);
                return empty with
                {
                    EnergyUsedWh = arrived.HasEnergyUsedWh ? arrived.EnergyUsedWh : null,
                    Place = arrived.HasPlace ? Kind(arrived.Place) : null,
                    EnergyWh = arrived.HasEnergyWh ? arrived.EnergyWh : null,
                    StateOfChargePpm = arrived.HasStateOfChargePpm ? arrived.StateOfChargePpm : null,
                    LatitudeE7 = arrived.HasLatitudeE7 ? arrived.LatitudeE7 : null,
                    LongitudeE7 = arrived.HasLongitudeE7 ? arrived.LongitudeE7 : null,
                };
            case VehicleEventType.PluggedIn:
                VehiclePluggedIn plugged = VehiclePluggedIn.Parser.ParseFrom(payload);
                return empty with
                {
                    MaxChargeW = plugged.HasMaxChargeW ? plugged.MaxChargeW : null,
                    MaxDischargeW = plugged.HasMaxDischargeW ? plugged.MaxDischargeW : null,
                    EnergyWh = plugged.HasEnergyWh ? plugged.EnergyWh : null,
                    StateOfChargePpm = plugged.HasStateOfChargePpm ? plugged.StateOfChargePpm : null,
                    Place = plugged.HasPlace ? Kind(plugged.Place) : null,
                    DeclaredDepartureMs = plugged.HasDeclaredDepartureMs ? plugged.DeclaredDepartureMs : null,
                    UnmanagedChargeW = plugged.HasUnmanagedChargeW ? plugged.UnmanagedChargeW : null,
                    UnmanagedStart = plugged.HasUnmanagedStart ? Start(plugged.UnmanagedStart) : null,
                    NeededAtDepartureWh = plugged.HasNeededAtDepartureWh ? plugged.NeededAtDepartureWh : null,
                };
            case VehicleEventType.Unplugged:
                VehicleUnplugged unplugged = VehicleUnplugged.Parser.ParseFrom(payload);
                return empty with
                {
                    EnergyWh = unplugged.HasEnergyWh ? unplugged.EnergyWh : null,
                    StateOfChargePpm = unplugged.HasStateOfChargePpm ? unplugged.StateOfChargePpm : null,
                };
            case VehicleEventType.EnergyMetered:
                EnergyMetered metered = EnergyMetered.Parser.ParseFrom(payload);
                return empty with
                {
                    EnergyWh = metered.HasEnergyWh ? metered.EnergyWh : null,
                    StateOfChargePpm = metered.HasStateOfChargePpm ? metered.StateOfChargePpm : null,
                    PowerW = metered.HasPowerW ? metered.PowerW : null,
                };
            case VehicleEventType.ConsentChanged:
                ConsentChanged changed = ConsentChanged.Parser.ParseFrom(payload);
                return empty with { Consent = changed.HasConsent ? Strategy(changed.Consent) : null };
            case VehicleEventType.SetpointRejected or VehicleEventType.SetpointTimedOut or VehicleEventType.SetpointNotFollowed:
                SetpointException exception = SetpointException.Parser.ParseFrom(payload);
                return empty with { PowerW = exception.HasPowerW ? exception.PowerW : null };
            case VehicleEventType.DeliveryReported:
                DeliveryReported delivered = DeliveryReported.Parser.ParseFrom(payload);
                return empty with
                {
                    PowerW = delivered.HasPowerW ? delivered.PowerW : null,
                    EnergyWh = delivered.HasEnergyWh ? delivered.EnergyWh : null,
                };
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "not a vehicle event");
        }
    }

    // Proto3 enums are open: a number that this version does not know must reach the range check, not wrap into a known one.
    private static V2gStrategy Strategy(Consent consent) => (V2gStrategy)Number((int)consent);

    private static PlaceKind Kind(Place place) => (PlaceKind)Number((int)place);

    private static Domain.Charging.UnmanagedStart Start(V1.UnmanagedStart start) => (Domain.Charging.UnmanagedStart)Number((int)start);

    private static byte Number(int number) => number is < 0 or > byte.MaxValue ? byte.MaxValue : (byte)number;
}
