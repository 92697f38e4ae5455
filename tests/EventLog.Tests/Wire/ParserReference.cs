using Google.Protobuf;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.EventLog.Wire;
using Movc.EventLog.Wire.V1;
using V2 = Movc.EventLog.Wire.V2;

namespace Movc.EventLog.Tests.Wire;

/// <summary>Payloads decoded by the generated parsers: what the product's own reader must agree with.</summary>
internal static class ParserReference
{
    public static bool TryDecode(EventSchema schema, ReadOnlySpan<byte> payload, long occurredAtMs, Quality quality, out VehicleEvent e)
    {
        try
        {
            e = Decode(schema, payload) with { OccurredAtMs = occurredAtMs, Quality = quality };
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            e = default;
            return false;
        }
    }

    private static VehicleEvent Decode(EventSchema schema, ReadOnlySpan<byte> payload)
    {
        var empty = new VehicleEvent { Type = EventSchemas.TypeOf(schema), OccurredAtMs = 0 };
        switch (schema)
        {
            case EventSchema.RegisteredV1:
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
            case EventSchema.LocationReportedV1:
                LocationReported located = LocationReported.Parser.ParseFrom(payload);
                return empty with
                {
                    LatitudeE7 = located.HasLatitudeE7 ? located.LatitudeE7 : null,
                    LongitudeE7 = located.HasLongitudeE7 ? located.LongitudeE7 : null,
                    EnergyWh = located.HasEnergyWh ? located.EnergyWh : null,
                    StateOfChargePpm = located.HasStateOfChargePpm ? located.StateOfChargePpm : null,
                };
            case EventSchema.DepartedV1:
                VehicleDeparted departed = VehicleDeparted.Parser.ParseFrom(payload);
                return empty with
                {
                    Place = departed.HasPlace ? Kind(departed.Place) : null,
                    EnergyWh = departed.HasEnergyWh ? departed.EnergyWh : null,
                    StateOfChargePpm = departed.HasStateOfChargePpm ? departed.StateOfChargePpm : null,
                    LatitudeE7 = departed.HasLatitudeE7 ? departed.LatitudeE7 : null,
                    LongitudeE7 = departed.HasLongitudeE7 ? departed.LongitudeE7 : null,
                };
            case EventSchema.ArrivedV1:
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
            case EventSchema.PluggedInV1:
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
            case EventSchema.UnpluggedV1:
                VehicleUnplugged unplugged = VehicleUnplugged.Parser.ParseFrom(payload);
                return empty with
                {
                    EnergyWh = unplugged.HasEnergyWh ? unplugged.EnergyWh : null,
                    StateOfChargePpm = unplugged.HasStateOfChargePpm ? unplugged.StateOfChargePpm : null,
                };
            case EventSchema.EnergyMeteredV1:
                EnergyMetered metered = EnergyMetered.Parser.ParseFrom(payload);
                return empty with
                {
                    EnergyWh = metered.HasEnergyWh ? metered.EnergyWh : null,
                    StateOfChargePpm = metered.HasStateOfChargePpm ? metered.StateOfChargePpm : null,
                    PowerW = metered.HasPowerW ? metered.PowerW : null,
                };
            case EventSchema.ConsentChangedV1:
                ConsentChanged changed = ConsentChanged.Parser.ParseFrom(payload);
                return empty with { Consent = changed.HasConsent ? Strategy(changed.Consent) : null };
            case EventSchema.SetpointRejectedV1 or EventSchema.SetpointTimedOutV1 or EventSchema.SetpointNotFollowedV1:
                SetpointException exception = SetpointException.Parser.ParseFrom(payload);
                return empty with { PowerW = exception.HasPowerW ? exception.PowerW : null, SetpointAtMs = exception.HasSetpointAtMs ? exception.SetpointAtMs : null };
            case EventSchema.DeliveryReportedV1:
                DeliveryReported delivered = DeliveryReported.Parser.ParseFrom(payload);
                return empty with
                {
                    PowerW = delivered.HasPowerW ? delivered.PowerW : null,
                };
            case EventSchema.DeliveryReportedV2:
                V2.DeliveryReported period = V2.DeliveryReported.Parser.ParseFrom(payload);
                return empty with
                {
                    PowerW = period.HasPowerW ? period.PowerW : null,
                    DeliveredWh = period.HasDeliveredWh ? period.DeliveredWh : null,
                    DeliveredFromMs = period.HasDeliveredFromMs ? period.DeliveredFromMs : null,
                };
            default:
                throw new ArgumentOutOfRangeException(nameof(schema), schema, "not a vehicle event");
        }
    }

    // Proto3 enums are open: a number that this version does not know must reach the range check, not wrap into a known one.
    private static V2gStrategy Strategy(Consent consent) => (V2gStrategy)Number((int)consent);

    private static PlaceKind Kind(Place place) => (PlaceKind)Number((int)place);

    private static Movc.Domain.Charging.UnmanagedStart Start(UnmanagedStart start) => (Movc.Domain.Charging.UnmanagedStart)Number((int)start);

    private static byte Number(int number) => number is < 0 or > byte.MaxValue ? byte.MaxValue : (byte)number;
}
