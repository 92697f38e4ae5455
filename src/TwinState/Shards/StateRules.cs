using System.Globalization;
using Movc.Domain.Events;
using Movc.Domain.Time;

namespace Movc.TwinState.Shards;

/// <summary>What can be said of an event against the state of its vehicle; what can be said without is in <see cref="VehicleEventRules"/>.</summary>
internal static class StateRules
{
    /// <summary>How far ahead of the city's clock an event may be, ms: clocks differ by minutes, a day is a clock that was set wrong.</summary>
    public const long MaxAheadMs = 24 * 3_600_000L;

    /// <summary>Checks an event.</summary>
    /// <param name="c">The shard's vehicles.</param>
    /// <param name="intervalMs">Start of the present interval, <see cref="long.MinValue"/> = before the first.</param>
    /// <param name="vehicle">Local index, −1 = never registered.</param>
    /// <param name="e">The event, already checked by <see cref="VehicleEventRules"/>.</param>
    public static Refusal Check(ShardColumns c, long intervalMs, int vehicle, in VehicleEvent e)
    {
        if (intervalMs != long.MinValue && e.OccurredAtMs > intervalMs + Slots.Ms + MaxAheadMs)
            return new Refusal(DeadLetterReason.TimeAhead, Text($"{Instant(e.OccurredAtMs)} is more than a day after the city's clock, {Instant(intervalMs)}"));
        if (vehicle < 0)
        {
            return e.Type == VehicleEventType.Registered
                ? Refusal.None
                : new Refusal(DeadLetterReason.UnknownVehicle, "the vehicle was never registered");
        }
        if (e.Type == VehicleEventType.Registered) return new Refusal(DeadLetterReason.AlreadyRegistered, "the vehicle is registered already");
        if (e.OccurredAtMs < c.LastEventMs[vehicle])
            return new Refusal(DeadLetterReason.TimeBackward, Text($"{Instant(e.OccurredAtMs)} is before the vehicle's last event at {Instant(c.LastEventMs[vehicle])}"));
        if (e.Type == VehicleEventType.Unplugged && !c.IsPlugged(vehicle)) return new Refusal(DeadLetterReason.NotPluggedIn, "the vehicle is not plugged in");
        if (e.Type == VehicleEventType.PluggedIn && c.IsPlugged(vehicle)) return new Refusal(DeadLetterReason.AlreadyPluggedIn, "the vehicle is plugged in already");
        if (e.Type == VehicleEventType.PluggedIn && e.EnergyWh is null && e.StateOfChargePpm is null && !c.IsEnergyKnown(vehicle))
            return new Refusal(DeadLetterReason.MissingField, "energy_wh or state_of_charge_ppm is missing, and nothing since the vehicle last departed tells it");
        if (e.Type != VehicleEventType.DeliveryReported && e.EnergyWh > c.CapacityWh[vehicle])
            return new Refusal(DeadLetterReason.OutOfRange, Text($"energy {e.EnergyWh} Wh is over the vehicle's capacity {c.CapacityWh[vehicle]} Wh"));
        return Refusal.None;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Instant(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
