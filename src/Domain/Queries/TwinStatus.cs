using Movc.Domain.Fleet;

namespace Movc.Domain.Queries;

/// <summary>Counts of the twin at its newest complete instant.</summary>
public sealed record TwinStatus(
    DateTimeOffset? At,
    int Registered,
    int Plugged,
    int Available,
    int Charging,
    int Discharging,
    long Departures,
    long DeparturesUnderPromise,
    long EventsAccepted,
    long EventsDuplicate,
    long EventsDeadLettered,
    IReadOnlyDictionary<string, long> DeadLettersByReason,
    IReadOnlyDictionary<string, int> VehiclesByQuality,
    PlaceCounts Places,
    FleetFlexibility? Flexibility,
    Trouble? Trouble = null);
