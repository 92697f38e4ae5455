using Movc.Domain.Queries;

namespace Movc.Gateway.Contracts;

/// <summary>Answer of GET /api/v1/vehicles/{id}/events.</summary>
/// <param name="Vehicle">Id of the vehicle.</param>
/// <param name="Items">Newest first, at most the limit.</param>
public sealed record VehicleHistory(string Vehicle, IReadOnlyList<VehicleEventView> Items);
