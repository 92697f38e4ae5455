using Movc.Domain.Events;

namespace Movc.Domain.Sources;

/// <summary>Where a source puts what happened. Blocks while the log is full: that is the back-pressure.</summary>
public interface IVehicleEventSink
{
    /// <summary>Takes one event; copies the id.</summary>
    /// <param name="vehicleId">Pseudonymous id, UTF-8, 1 to 64 bytes.</param>
    /// <param name="vehicleEvent">The fact.</param>
    void Emit(ReadOnlySpan<byte> vehicleId, in VehicleEvent vehicleEvent);

    /// <summary>Takes one event that was stored before, its payload as it came then; copies what it is given.</summary>
    /// <param name="vehicleId">Pseudonymous id, UTF-8, 1 to 64 bytes.</param>
    /// <param name="schema">What its payload is.</param>
    /// <param name="occurredAtMs">When, Unix milliseconds UTC.</param>
    /// <param name="quality">How far to trust it.</param>
    /// <param name="payload">Protobuf message of the schema.</param>
    void EmitStored(ReadOnlySpan<byte> vehicleId, EventSchema schema, long occurredAtMs, Quality quality, ReadOnlySpan<byte> payload);

    /// <summary>Takes a record that could not become an event (a malformed or contradictory row of a file).</summary>
    void PutAside(DeadLetter letter);
}
