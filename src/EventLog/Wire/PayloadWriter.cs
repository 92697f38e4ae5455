using Movc.Domain.Events;
using Field = Movc.EventLog.Wire.PayloadLayout.Field;

namespace Movc.EventLog.Wire;

/// <summary>Writes a vehicle event's Protobuf message, of its type's newest version, without making one: fields in the order of their numbers, absent ones left out.</summary>
internal static class PayloadWriter
{
    /// <summary>No message is longer: at most ten fields of a tag and ten bytes.</summary>
    public const int MaxBytes = PayloadLayout.MaxField * 11;

    public static int Write(in VehicleEvent e, Span<byte> room)
    {
        ReadOnlySpan<Field> fields = PayloadLayout.Of(EventSchemas.Of(e.Type));
        int at = 0;
        for (int number = 1; number < fields.Length; number++)
        {
            if (fields[number] == Field.None || Value(in e, fields[number]) is not { } value) continue;
            room[at++] = (byte)(number << 3);
            ulong bits = PayloadLayout.IsZigZag(fields[number]) ? (uint)(((int)value << 1) ^ ((int)value >> 31)) : (ulong)value;
            for (; bits >= 0x80; bits >>= 7) room[at++] = (byte)(bits | 0x80);
            room[at++] = (byte)bits;
        }
        return at;
    }

    private static long? Value(in VehicleEvent e, Field field) => field switch
    {
        Field.CapacityWh => e.CapacityWh,
        Field.EnergyWh => e.EnergyWh,
        Field.EnergyUsedWh => e.EnergyUsedWh,
        Field.StateOfChargePpm => e.StateOfChargePpm,
        Field.MaxChargeW => e.MaxChargeW,
        Field.MaxDischargeW => e.MaxDischargeW,
        Field.UnmanagedChargeW => e.UnmanagedChargeW,
        Field.UnmanagedStart => (long?)e.UnmanagedStart,
        Field.PowerW => e.PowerW,
        Field.LatitudeE7 => e.LatitudeE7,
        Field.LongitudeE7 => e.LongitudeE7,
        Field.Place => (long?)e.Place,
        Field.Consent => (long?)e.Consent,
        Field.DeclaredDepartureMs => e.DeclaredDepartureMs,
        Field.NeededAtDepartureWh => e.NeededAtDepartureWh,
        Field.DeliveredWh => e.DeliveredWh,
        Field.DeliveredFromMs => e.DeliveredFromMs,
        Field.SetpointAtMs => e.SetpointAtMs,
        _ => null,
    };
}
