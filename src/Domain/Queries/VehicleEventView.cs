using Movc.Domain.Events;

namespace Movc.Domain.Queries;

/// <summary>One stored fact of a vehicle's history.</summary>
public sealed record VehicleEventView(
    int Version,
    string Type,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt,
    string Source,
    long? Sequence,
    string Quality,
    VehicleEvent Data);
