namespace Movc.TwinState.Store;

/// <summary>Where a shard's journal stands, for whoever only reads.</summary>
/// <param name="Shard">Shard = partition.</param>
/// <param name="WriterEpoch">Number of its writer.</param>
/// <param name="JournalSequence">Sequence of the last entry, 0 = none.</param>
public readonly record struct ShardPosition(int Shard, long WriterEpoch, long JournalSequence);
