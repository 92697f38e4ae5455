namespace Movc.Domain.Queries;

/// <summary>One vehicle as the twin knows it. Null = not known.</summary>
public sealed record VehicleView(
    string Id,
    int Shard,
    int Version,
    bool Plugged,
    string Consent,
    string Quality,
    DateTimeOffset LastEventAt,
    double CapacityKwh,
    double ReportedEnergyKwh,
    double? EstimatedEnergyKwh,
    double? EstimatedStateOfCharge,
    double? SetpointKw,
    DateTimeOffset? SetpointUntil,
    DateTimeOffset? DeclaredDeparture,
    double? MaxChargeKw,
    double? MaxDischargeKw);
