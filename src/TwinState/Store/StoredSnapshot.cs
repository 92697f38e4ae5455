namespace Movc.TwinState.Store;

/// <summary>A shard's state as it stood at a place of its journal: what a fold may begin with instead of the beginning.</summary>
/// <param name="Shard">Shard = partition.</param>
/// <param name="JournalSequence">Entries up to this one are in it.</param>
/// <param name="Format">Version of the bytes' layout.</param>
/// <param name="State">The columns, in that layout.</param>
public sealed record StoredSnapshot(int Shard, long JournalSequence, int Format, byte[] State);
