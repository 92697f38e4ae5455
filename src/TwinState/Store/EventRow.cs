using Movc.Domain.Events;

namespace Movc.TwinState.Store;

/// <summary>One stored vehicle event without its payload.</summary>
/// <param name="JournalSequence">Dense per shard, from 1.</param>
/// <param name="Vehicle">Local index in the shard.</param>
/// <param name="Version">Dense per vehicle, from 1.</param>
/// <param name="Schema">What its payload is: type and version.</param>
/// <param name="Quality">How far to trust it.</param>
/// <param name="OccurredMs">When it happened, Unix milliseconds UTC.</param>
/// <param name="RecordedMs">When it was taken in, Unix milliseconds UTC.</param>
/// <param name="Source">Index of the source in the shard.</param>
/// <param name="SourceSequence">The source's number, 0 = none.</param>
/// <param name="PreviousSequence">Journal sequence of the vehicle's event before this one, 0 = none: a vehicle's history is a chain, and needs no index that every event would have to pay for.</param>
public readonly record struct EventRow(
    long JournalSequence, int Vehicle, int Version, EventSchema Schema, Quality Quality,
    long OccurredMs, long RecordedMs, int Source, long SourceSequence, long PreviousSequence);
