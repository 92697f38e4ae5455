using Movc.Domain.Events;

namespace Movc.EventLog.Wire;

/// <summary>Payload bytes of a vehicle event: Domain's flat event to and from the Protobuf message of a schema.</summary>
public static class VehicleEventCodec
{
    /// <summary>Decodes a payload of any version, in the terms of the newest; allocates nothing.</summary>
    /// <returns>False when the bytes are not the message of the schema, or the schema is none that this program knows.</returns>
    public static bool TryDecode(EventSchema schema, ReadOnlySpan<byte> payload, long occurredAtMs, Quality quality, out VehicleEvent e) =>
        PayloadReader.TryRead(schema, payload, occurredAtMs, quality, out e);

    /// <summary>Writes the bytes of an event's message, of its type's newest version; allocates nothing.</summary>
    /// <param name="e">The event.</param>
    /// <param name="room"><see cref="PayloadWriter.MaxBytes"/> suffice.</param>
    /// <returns>Bytes written.</returns>
    public static int Encode(in VehicleEvent e, Span<byte> room) => PayloadWriter.Write(in e, room);
}
