using Movc.Domain.Events;

namespace Movc.TwinState.Store;

/// <summary>
/// An event that was put aside because it contradicts what is known, kept beside its dead letter for the case that what explains it
/// is still to come: an unplug before its plug-in, an event before its vehicle's registration.
/// </summary>
/// <param name="Source">Index of the source in the shard.</param>
/// <param name="SourceUri">The same, CloudEvents source.</param>
/// <param name="Reference">The event's id: with the source it names the dead letter.</param>
/// <param name="VehicleId">UTF-8.</param>
/// <param name="Schema">What its payload is: type and version.</param>
/// <param name="Quality">How far to trust it.</param>
/// <param name="OccurredMs">When it happened, Unix milliseconds UTC.</param>
/// <param name="RecordedMs">When it was taken in, Unix milliseconds UTC.</param>
/// <param name="SourceSequence">The source's number, 0 = none.</param>
/// <param name="Payload">The bytes as they came.</param>
public sealed record WaitingEvent(
    int Source, string SourceUri, string Reference, byte[] VehicleId, EventSchema Schema, Quality Quality,
    long OccurredMs, long RecordedMs, long SourceSequence, byte[] Payload);
