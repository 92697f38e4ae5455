using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Fleet;

namespace Movc.EventLog.Tests.Wire;

internal static class Events
{
    /// <summary>Which fields a type carries on the wire.</summary>
    public static readonly IReadOnlyDictionary<VehicleEventType, string> Fields = new Dictionary<VehicleEventType, string>
    {
        [VehicleEventType.Registered] = "CapacityWh EnergyWh StateOfChargePpm Consent LatitudeE7 LongitudeE7",
        [VehicleEventType.LocationReported] = "LatitudeE7 LongitudeE7 EnergyWh StateOfChargePpm",
        [VehicleEventType.Departed] = "Place EnergyWh StateOfChargePpm LatitudeE7 LongitudeE7",
        [VehicleEventType.Arrived] = "Place EnergyUsedWh EnergyWh StateOfChargePpm LatitudeE7 LongitudeE7",
        [VehicleEventType.PluggedIn] = "MaxChargeW MaxDischargeW EnergyWh StateOfChargePpm Place DeclaredDepartureMs NeededAtDepartureWh UnmanagedChargeW UnmanagedStart",
        [VehicleEventType.Unplugged] = "EnergyWh StateOfChargePpm",
        [VehicleEventType.EnergyMetered] = "EnergyWh StateOfChargePpm PowerW",
        [VehicleEventType.ConsentChanged] = "Consent",
        [VehicleEventType.SetpointRejected] = "SetpointAtMs PowerW",
        [VehicleEventType.SetpointTimedOut] = "SetpointAtMs PowerW",
        [VehicleEventType.SetpointNotFollowed] = "SetpointAtMs PowerW",
        [VehicleEventType.DeliveryReported] = "PowerW DeliveredWh DeliveredFromMs",
    };

    /// <summary>An event with each of its type's fields told or not by chance; zero and the extremes come often.</summary>
    public static VehicleEvent Draw(Random random, VehicleEventType type)
    {
        string fields = Fields[type];
        bool Told(string field) => fields.Split(' ').Contains(field, StringComparer.Ordinal) && random.Next(3) > 0;
        int? Int(string field) => Told(field) ? random.Next(6) switch { 0 => 0, 1 => int.MaxValue, 2 => int.MinValue, 3 => -1, _ => random.Next(int.MinValue, int.MaxValue) } : null;
        return new VehicleEvent
        {
            Type = type,
            OccurredAtMs = random.NextInt64(VehicleEventRules.EarliestMs, VehicleEventRules.LatestMs),
            Quality = (Quality)random.Next(5),
            CapacityWh = Int("CapacityWh"),
            EnergyWh = Int("EnergyWh"),
            StateOfChargePpm = Int("StateOfChargePpm"),
            MaxChargeW = Int("MaxChargeW"),
            MaxDischargeW = Int("MaxDischargeW"),
            PowerW = Int("PowerW"),
            LatitudeE7 = Int("LatitudeE7"),
            LongitudeE7 = Int("LongitudeE7"),
            Place = Told("Place") ? (PlaceKind)random.Next(1, 4) : null,
            Consent = Told("Consent") ? (V2gStrategy)random.Next(3) : null,
            DeclaredDepartureMs = Told("DeclaredDepartureMs") ? random.NextInt64(long.MinValue, long.MaxValue) : null,
            NeededAtDepartureWh = Int("NeededAtDepartureWh"),
            EnergyUsedWh = Int("EnergyUsedWh"),
            DeliveredWh = Int("DeliveredWh"),
            DeliveredFromMs = Told("DeliveredFromMs") ? random.NextInt64(long.MinValue, long.MaxValue) : null,
            SetpointAtMs = Told("SetpointAtMs") ? random.NextInt64(long.MinValue, long.MaxValue) : null,
            UnmanagedChargeW = Int("UnmanagedChargeW"),
            UnmanagedStart = Told("UnmanagedStart") ? (UnmanagedStart)random.Next(2) : null,
        };
    }
}
