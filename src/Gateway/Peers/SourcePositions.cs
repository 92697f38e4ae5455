using Movc.Domain.Queries;

namespace Movc.Gateway.Peers;

/// <summary>Where a source stands, as far as one process of the twin knows.</summary>
/// <param name="Partitions">Partitions of the city.</param>
/// <param name="Known">In those that the process holds.</param>
public sealed record SourcePositions(int Partitions, IReadOnlyList<SourcePosition> Known);
