using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Field = Movc.EventLog.Wire.PayloadLayout.Field;

namespace Movc.EventLog.Wire;

/// <summary>
/// Reads a vehicle event's Protobuf message without making one. Agrees with the generated parsers on every byte string, but for
/// groups, which this version of Protobuf no longer has: they are refused.
/// </summary>
internal static class PayloadReader
{
    private const int Fields = (int)Field.SetpointAtMs + 1;

    public static bool TryRead(EventSchema schema, ReadOnlySpan<byte> payload, long occurredAtMs, Quality quality, out VehicleEvent e)
    {
        Span<long> values = stackalloc long[Fields];
        uint fields = 0;
        e = default;
        if (!EventSchemas.IsKnown(schema)) return false;
        while (!payload.IsEmpty)
        {
            if (!TryReadVarint(ref payload, out ulong key)) return false;
            // A key has 32 bits, as the parsers have it.
            uint tag = (uint)key, number = tag >> 3;
            if (number == 0) return false;
            if ((tag & 7) != 0)
            {
                if (!TrySkip(ref payload, tag & 7)) return false;
                continue;
            }
            if (!TryReadVarint(ref payload, out ulong value)) return false;
            Field field = PayloadLayout.Of(schema, number);
            if (field == Field.None) continue;
            fields |= 1u << (int)field;
            values[(int)field] = Value(field, value);
        }
        VehicleEvent told = Event(EventSchemas.TypeOf(schema), values, fields) with { OccurredAtMs = occurredAtMs, Quality = quality };
        e = EventUpcast.ToNewest(schema, in told);
        return true;
    }

    private static long Value(Field field, ulong value)
    {
        if (PayloadLayout.IsLong(field)) return (long)value;
        uint low = (uint)value;
        return PayloadLayout.IsZigZag(field) ? (int)(low >> 1) ^ -(int)(low & 1) : (int)low;
    }

    private static VehicleEvent Event(VehicleEventType type, ReadOnlySpan<long> values, uint told)
    {
        int? Int(ReadOnlySpan<long> from, Field field) => (told & (1u << (int)field)) != 0 ? (int)from[(int)field] : null;
        long? Long(ReadOnlySpan<long> from, Field field) => (told & (1u << (int)field)) != 0 ? from[(int)field] : null;
        // Proto3 enums are open: a number that this version does not know must reach the range check, not wrap into a known one.
        byte? Byte(ReadOnlySpan<long> from, Field field) => (told & (1u << (int)field)) == 0 ? null : from[(int)field] is >= 0 and <= byte.MaxValue and var number ? (byte)number : byte.MaxValue;
        return new VehicleEvent
        {
            Type = type,
            OccurredAtMs = 0,
            CapacityWh = Int(values, Field.CapacityWh),
            EnergyWh = Int(values, Field.EnergyWh),
            EnergyUsedWh = Int(values, Field.EnergyUsedWh),
            StateOfChargePpm = Int(values, Field.StateOfChargePpm),
            MaxChargeW = Int(values, Field.MaxChargeW),
            MaxDischargeW = Int(values, Field.MaxDischargeW),
            UnmanagedChargeW = Int(values, Field.UnmanagedChargeW),
            UnmanagedStart = (UnmanagedStart?)Byte(values, Field.UnmanagedStart),
            PowerW = Int(values, Field.PowerW),
            LatitudeE7 = Int(values, Field.LatitudeE7),
            LongitudeE7 = Int(values, Field.LongitudeE7),
            Place = (PlaceKind?)Byte(values, Field.Place),
            Consent = (V2gStrategy?)Byte(values, Field.Consent),
            DeclaredDepartureMs = Long(values, Field.DeclaredDepartureMs),
            NeededAtDepartureWh = Int(values, Field.NeededAtDepartureWh),
            DeliveredWh = Int(values, Field.DeliveredWh),
            DeliveredFromMs = Long(values, Field.DeliveredFromMs),
            SetpointAtMs = Long(values, Field.SetpointAtMs),
        };
    }

    private static bool TryReadVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int i = 0; i < bytes.Length && i < 10; i++)
        {
            byte b = bytes[i];
            value |= (ulong)(b & 0x7f) << (7 * i);
            if (b >= 0x80) continue;
            bytes = bytes[(i + 1)..];
            return true;
        }
        return false;
    }

    /// <summary>Passes over a field that is no varint: one of a later version.</summary>
    private static bool TrySkip(ref ReadOnlySpan<byte> bytes, uint wireType)
    {
        ulong length = wireType switch { 1 => 8, 5 => 4, _ => ulong.MaxValue };
        if (wireType == 2)
        {
            if (!TryReadVarint(ref bytes, out length)) return false;
            length = (uint)length;
        }
        if (length > (ulong)bytes.Length) return false;
        bytes = bytes[(int)length..];
        return true;
    }
}
