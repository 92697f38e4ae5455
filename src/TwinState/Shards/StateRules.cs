using System.Globalization;
using Movc.Domain.Events;
using Movc.Domain.Time;

namespace Movc.TwinState.Shards;

/// <summary>What can be said of an event against the state of its vehicle; what can be said without is in <see cref="VehicleEventRules"/>.</summary>
internal static class StateRules
{
    /// <summary>How far ahead of the city's clock an event may be, ms [G]: clocks differ by minutes, more is a zone or a daylight-saving hour taken wrongly, and would keep what comes after it from being news.</summary>
    public const long MaxAheadMs = 30 * 60_000L;

    /// <summary>How far behind it may be, ms: what a control room still takes for a correction.</summary>
    public const long MaxLateMs = 7 * 86_400_000L;

    /// <summary>Checks an event.</summary>
    /// <param name="c">The shard's vehicles.</param>
    /// <param name="intervalMs">Start of the present interval, <see cref="long.MinValue"/> = before the first.</param>
    /// <param name="cityMs">Newest instant that the city's clock has told of, where that is later than the interval; else any earlier one.</param>
    /// <param name="vehicle">Local index, −1 = never registered.</param>
    /// <param name="e">The event, already checked by <see cref="VehicleEventRules"/>.</param>
    public static Refusal Check(ShardColumns c, long intervalMs, long cityMs, int vehicle, in VehicleEvent e)
    {
        if (intervalMs != long.MinValue && e.OccurredAtMs > Math.Max(intervalMs + Slots.Ms, cityMs) + MaxAheadMs)
            return new Refusal(DeadLetterReason.TimeAhead, Text($"{Instant(e.OccurredAtMs)} is more than {MaxAheadMs / 60_000} minutes after the city's interval that began at {Instant(intervalMs)}"));
        if (vehicle < 0)
        {
            return e.Type == VehicleEventType.Registered
                ? Refusal.None
                : new Refusal(DeadLetterReason.UnknownVehicle, "the vehicle was never registered");
        }
        if (e.Type == VehicleEventType.Registered) return new Refusal(DeadLetterReason.AlreadyRegistered, "the vehicle is registered already");
        long newestMs = Math.Max(intervalMs, c.LastEventMs[vehicle]);
        if (e.OccurredAtMs < newestMs - MaxLateMs)
            return new Refusal(DeadLetterReason.TooLate, Text($"{Instant(e.OccurredAtMs)} is more than {MaxLateMs / 86_400_000} days before {Instant(newestMs)}"));
        // Older than the newest that is known of the plug it contradicts nothing: it is history.
        bool isPlugNews = e.OccurredAtMs >= c.PlugToldMs[vehicle];
        if (e.Type == VehicleEventType.Unplugged && isPlugNews && !c.IsPlugged(vehicle)) return new Refusal(DeadLetterReason.NotPluggedIn, "the vehicle is not plugged in");
        if (e.Type == VehicleEventType.PluggedIn && isPlugNews && c.IsPlugged(vehicle)) return new Refusal(DeadLetterReason.AlreadyPluggedIn, "the vehicle is plugged in already");
        if (e.Type == VehicleEventType.PluggedIn && isPlugNews && e.EnergyWh is null && e.StateOfChargePpm is null && !c.IsEnergyKnown(vehicle))
            return new Refusal(DeadLetterReason.MissingField, "energy_wh or state_of_charge_ppm is missing, and nothing since the vehicle last departed tells it");
        if (e.EnergyWh > c.CapacityWh[vehicle])
            return new Refusal(DeadLetterReason.OutOfRange, Text($"energy {e.EnergyWh} Wh is over the vehicle's capacity {c.CapacityWh[vehicle]} Wh"));
        return Refusal.None;
    }

    /// <summary>Whether an event that is still to come may explain what a refused one contradicts, so that it waits instead of being given up.</summary>
    public static bool MayBeExplained(DeadLetterReason reason) => reason is DeadLetterReason.UnknownVehicle or DeadLetterReason.NotPluggedIn or DeadLetterReason.AlreadyPluggedIn;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Instant(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
