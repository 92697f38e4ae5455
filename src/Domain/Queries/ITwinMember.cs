namespace Movc.Domain.Queries;

/// <summary>What may be asked of one process of the twin, which may hold some of the shards only.</summary>
public interface ITwinMember : ITwinQueries
{
    /// <summary>What it holds.</summary>
    ValueTask<TwinMemberStatus> MemberStatusAsync(CancellationToken cancellationToken);

    /// <summary>Whether the vehicle's shard is held here; else another process knows it.</summary>
    bool Holds(string vehicleId);

    /// <summary>Where a source stands in the partitions held here.</summary>
    IReadOnlyList<SourcePosition> Positions(string sourceUri);

    /// <summary>Partitions of the city, held by whomever.</summary>
    int Partitions { get; }

    /// <summary>Hashes of the shards held here.</summary>
    IReadOnlyList<ShardHash> Hashes();
}
