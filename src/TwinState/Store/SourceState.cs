namespace Movc.TwinState.Store;

/// <summary>What a shard's store holds of one source: its dedupe state and how far it has told the time.</summary>
/// <param name="Index">Number of the source within the shard, from 0.</param>
/// <param name="Uri">CloudEvents source.</param>
/// <param name="Window">Serialized <see cref="Shards.SequenceWindow"/>.</param>
/// <param name="ReachedMs">Everything before this instant was sent, Unix milliseconds UTC; <see cref="long.MinValue"/> = not told.</param>
/// <param name="NextSequence">Sequence of the source's first event at or after <paramref name="ReachedMs"/>.</param>
public sealed record SourceState(int Index, string Uri, byte[] Window, long ReachedMs, long NextSequence);
