using Movc.Domain.Charging;
using Movc.Domain.Mobility;
using Movc.Domain.Willingness;

namespace Movc.Domain.Simulation;

/// <summary>A city's people: where they go, how they charge, what they allow. Each part can be another implementation of its contract.</summary>
public sealed record PeopleModel
{
    public required IMobilityModel Mobility { get; init; }

    public required IChargingChoice Charging { get; init; }

    /// <summary>Tariff whose cheapest slots a waiting session takes.</summary>
    public required Tariff Tariff { get; init; }

    public required IWillingness Willingness { get; init; }

    public required IReadOnlyList<VehicleModel> Models { get; init; }

    /// <summary>Energy of a road kilometre, kWh (MOVC Eq. 11 at the urban average speed).</summary>
    public required double KwhPerKm { get; init; }

    /// <summary>One-way efficiency η.</summary>
    public required double Efficiency { get; init; }

    /// <summary>How well drivers know when they will leave.</summary>
    public DeclaredDepartures Departures { get; init; } = DeclaredDepartures.Kept;

    /// <summary>Share of vehicles that can charge quickly at Home too, 0 to 1: 0 as the model stands, 1 the "QC 100 %" study.</summary>
    public double QuickAtHomeShare { get; init; }
}
