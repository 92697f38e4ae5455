using Movc.Domain.Events;

namespace Movc.Domain.Sources;

/// <summary>Where a source puts what happened. Blocks while the log is full: that is the back-pressure.</summary>
public interface IVehicleEventSink
{
    /// <summary>Takes one event; copies the id.</summary>
    /// <param name="vehicleId">Pseudonymous id, UTF-8, 1 to 64 bytes.</param>
    /// <param name="vehicleEvent">The fact.</param>
    void Emit(ReadOnlySpan<byte> vehicleId, in VehicleEvent vehicleEvent);

    /// <summary>Takes a record that could not become an event (a malformed or contradictory row of a file).</summary>
    void PutAside(DeadLetter letter);
}
