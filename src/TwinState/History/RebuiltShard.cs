namespace Movc.TwinState.History;

/// <summary>What refolding a shard's journal from its first entry came to.</summary>
/// <param name="Shard">Shard = partition.</param>
/// <param name="Events">Events folded.</param>
/// <param name="JournalSequence">Place up to which it was folded.</param>
/// <param name="SnapshotSequence">Place of the newest snapshot that could be read, 0 = there was none.</param>
/// <param name="SnapshotEqual">Whether the fold came to the snapshot's state at its place, bit for bit; null without one.</param>
/// <param name="StateHash">Of the shard's reported state at the end, from the first event on.</param>
/// <param name="StartHash">Of the same, from the snapshot on, as a start comes to it; the same where all is well.</param>
public sealed record RebuiltShard(int Shard, long Events, long JournalSequence, long SnapshotSequence, bool? SnapshotEqual, UInt128 StateHash, UInt128 StartHash)
{
    /// <summary>Whether both ways came to the same.</summary>
    public bool IsEqual => SnapshotEqual != false && StateHash == StartHash;
}
