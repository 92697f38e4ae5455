using System.Globalization;
using Movc.Domain.Charging;
using Movc.Domain.Fleet;

namespace Movc.Domain.Events;

/// <summary>What can be said of one event without knowing the vehicle's state: required fields and ranges.</summary>
public static class VehicleEventRules
{
    public const int MaxVehicleIdBytes = 64;

    /// <summary>Largest battery believed, Wh: heavy electric lorries stay below.</summary>
    public const int MaxCapacityWh = 1_500_000;

    /// <summary>Largest power believed, W: megawatt charging stays below.</summary>
    public const int MaxPowerW = 4_000_000;

    /// <summary>2000-01-01 UTC, Unix milliseconds: an older event is a clock that was never set.</summary>
    public const long EarliestMs = 946_684_800_000;

    /// <summary>2100-01-01 UTC, Unix milliseconds.</summary>
    public const long LatestMs = 4_102_444_800_000;

    /// <summary>Checks one event; the message of a refusal is built only when there is one.</summary>
    public static Refusal Check(in VehicleEvent e)
    {
        if (e.Type is < VehicleEventType.Registered or > VehicleEventType.DeliveryReported)
            return Refuse(DeadLetterReason.UnknownType, $"type {(byte)e.Type} is not a vehicle event");
        if (e.OccurredAtMs is < EarliestMs or > LatestMs)
            return Refuse(DeadLetterReason.OutOfRange, $"time {e.OccurredAtMs} ms lies outside 2000-01-01 to 2100-01-01");
        if (e.StateOfChargePpm is < 0 or > 1_000_000)
            return Refuse(DeadLetterReason.OutOfRange, $"state of charge {e.StateOfChargePpm / 1e6:0.######} lies outside 0 to 1");
        if (e.CapacityWh is <= 0 or > MaxCapacityWh)
            return Refuse(DeadLetterReason.OutOfRange, $"capacity {e.CapacityWh} Wh lies outside 1 to {MaxCapacityWh}");
        if (e.EnergyWh is < 0 or > MaxCapacityWh)
            return Refuse(DeadLetterReason.OutOfRange, $"energy {e.EnergyWh} Wh lies outside 0 to {MaxCapacityWh}");
        if (e.EnergyWh > e.CapacityWh)
            return Refuse(DeadLetterReason.OutOfRange, $"energy {e.EnergyWh} Wh is over the capacity {e.CapacityWh} Wh");
        if (e.EnergyUsedWh is < 0 or > MaxCapacityWh)
            return Refuse(DeadLetterReason.OutOfRange, $"energy used {e.EnergyUsedWh} Wh lies outside 0 to {MaxCapacityWh}");
        if (e.MaxChargeW is < 0 or > MaxPowerW)
            return Refuse(DeadLetterReason.OutOfRange, $"charging power {e.MaxChargeW} W lies outside 0 to {MaxPowerW}");
        if (e.MaxDischargeW is < 0 or > MaxPowerW)
            return Refuse(DeadLetterReason.OutOfRange, $"discharging power {e.MaxDischargeW} W lies outside 0 to {MaxPowerW}");
        if (e.UnmanagedChargeW is < 0 || e.UnmanagedChargeW > e.MaxChargeW)
            return Refuse(DeadLetterReason.OutOfRange, $"unmanaged power {e.UnmanagedChargeW} W lies outside 0 to the charging power, {e.MaxChargeW} W");
        if (e.UnmanagedStart is > UnmanagedStart.Cheapest)
            return Refuse(DeadLetterReason.OutOfRange, $"unmanaged start {(byte)e.UnmanagedStart} is neither at once nor cheapest");
        if (e.PowerW is < -MaxPowerW or > MaxPowerW)
            return Refuse(DeadLetterReason.OutOfRange, $"power {e.PowerW} W lies outside ±{MaxPowerW}");
        if (e.LatitudeE7 is < -900_000_000 or > 900_000_000)
            return Refuse(DeadLetterReason.OutOfRange, $"latitude {e.LatitudeE7 / 1e7} lies outside ±90 degrees");
        if (e.LongitudeE7 is < -1_800_000_000 or > 1_800_000_000)
            return Refuse(DeadLetterReason.OutOfRange, $"longitude {e.LongitudeE7 / 1e7} lies outside ±180 degrees");
        if (e.NeededAtDepartureWh is < 0 or > MaxCapacityWh)
            return Refuse(DeadLetterReason.OutOfRange, $"energy needed {e.NeededAtDepartureWh} Wh lies outside 0 to {MaxCapacityWh}");
        if (e.DeclaredDepartureMs <= e.OccurredAtMs)
            return new Refusal(DeadLetterReason.OutOfRange, "the declared departure is not after the plug-in");
        if (e.DeliveredWh is < -MaxCapacityWh or > MaxCapacityWh)
            return Refuse(DeadLetterReason.OutOfRange, $"energy delivered {e.DeliveredWh} Wh lies outside ±{MaxCapacityWh}");
        if (e.DeliveredFromMs is < EarliestMs || e.DeliveredFromMs >= e.OccurredAtMs)
            return new Refusal(DeadLetterReason.OutOfRange, "the period of a delivery must begin after 2000-01-01 and before the event's time, at which it ends");
        if (e.SetpointAtMs is < EarliestMs or > LatestMs)
            return Refuse(DeadLetterReason.OutOfRange, $"setpoint of {e.SetpointAtMs} ms lies outside 2000-01-01 to 2100-01-01");
        if (e.Consent is > V2gStrategy.WhenStaying)
            return Refuse(DeadLetterReason.OutOfRange, $"consent {(byte)e.Consent} is not a strategy");
        if (e.Place is < PlaceKind.Home or > PlaceKind.Other)
            return Refuse(DeadLetterReason.OutOfRange, $"place {(byte)e.Place} is not a kind of place");
        return CheckRequired(e);
    }

    private static Refusal CheckRequired(in VehicleEvent e) => e.Type switch
    {
        VehicleEventType.Registered when e.CapacityWh is null => Missing("capacity_wh"),
        VehicleEventType.LocationReported when e.LatitudeE7 is null || e.LongitudeE7 is null => Missing("latitude_e7 and longitude_e7"),
        VehicleEventType.PluggedIn when e.MaxChargeW is null => Missing("max_charge_w"),
        VehicleEventType.EnergyMetered when e.EnergyWh is null && e.StateOfChargePpm is null && e.PowerW is null => Missing("energy_wh, state_of_charge_ppm or power_w"),
        VehicleEventType.ConsentChanged when e.Consent is null => Missing("consent"),
        _ => Refusal.None,
    };

    private static Refusal Missing(string field) => new(DeadLetterReason.MissingField, $"{field} is missing");

    private static Refusal Refuse(DeadLetterReason reason, FormattableString detail) =>
        new(reason, detail.ToString(CultureInfo.InvariantCulture));

}
