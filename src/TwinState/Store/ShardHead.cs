namespace Movc.TwinState.Store;

/// <summary>Where a shard's journal stands when a writer opens it.</summary>
/// <param name="Shard">Shard = partition.</param>
/// <param name="WriterEpoch">Number of this writer; every opening takes the next, and an older one is fenced.</param>
/// <param name="JournalSequence">Sequence of the last journal entry, 0 = none.</param>
/// <param name="EventsOffset">Next offset of movc.vehicle-events.v1 to read.</param>
/// <param name="SetpointsOffset">Next offset of movc.setpoints.v1 to read.</param>
/// <param name="Sources">State of every source seen.</param>
/// <param name="Waiting">Events put aside that may still be explained, oldest first.</param>
public sealed record ShardHead(
    int Shard, long WriterEpoch, long JournalSequence, long EventsOffset, long SetpointsOffset, IReadOnlyList<SourceState> Sources, IReadOnlyList<WaitingEvent> Waiting);
