namespace Movc.Domain.Queries;

/// <summary>Where a source stands in one partition.</summary>
/// <param name="Shard">Shard = partition.</param>
/// <param name="ReachedMs">Everything before this instant was sent, Unix milliseconds UTC; <see cref="long.MinValue"/> = nothing was.</param>
/// <param name="NextSequence">Sequence of the source's next event there.</param>
public readonly record struct SourcePosition(int Shard, long ReachedMs, long NextSequence);
