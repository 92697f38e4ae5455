namespace Movc.Domain.Queries;

/// <summary>What one process of the twin holds.</summary>
/// <param name="Partitions">Partitions of the city, held by whomever.</param>
/// <param name="Shards">Those held here, in their order.</param>
/// <param name="DeadLettersByReason">In the store, which all processes share.</param>
/// <param name="Trouble">What keeps it from its work while it tries again.</param>
public sealed record TwinMemberStatus(int Partitions, IReadOnlyList<ShardStatus> Shards, IReadOnlyDictionary<string, long> DeadLettersByReason, Trouble? Trouble);
