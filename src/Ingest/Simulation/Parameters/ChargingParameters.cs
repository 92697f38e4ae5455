using Movc.Domain.Charging;
using Movc.Domain.Simulation;

namespace Movc.Ingest.Simulation.Parameters;

/// <summary>How people choose to charge, and what it costs (model.md §4).</summary>
public sealed record ChargingParameters
{
    /// <summary>Weights of the logit in each case.</summary>
    public required IReadOnlyDictionary<ChargingCase, ChargingUtility> Cases { get; init; }

    /// <summary>Price at home by hour, RMB/kWh, 24 values.</summary>
    public required IReadOnlyList<double> HomeRmbPerKwh { get; init; }

    /// <summary>Public charging over home, RMB/kWh.</summary>
    public required double PublicSurchargeRmbPerKwh { get; init; }

    /// <summary>How well drivers know when they will leave.</summary>
    public required DeclaredDepartures Departures { get; init; }
}
