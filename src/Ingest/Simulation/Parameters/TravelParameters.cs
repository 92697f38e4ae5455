namespace Movc.Ingest.Simulation.Parameters;

/// <summary>How vehicles move (model.md §3).</summary>
public sealed record TravelParameters
{
    public required double SpeedKmPerHour { get; init; }

    /// <summary>Road distance over straight line, 1 or more.</summary>
    public required double Detour { get; init; }

    /// <summary>z of each of the equal distance groups.</summary>
    public required IReadOnlyList<double> DistanceGroups { get; init; }

    /// <summary>Factor before z in exp(spread · z).</summary>
    public required double DistanceSpread { get; init; }

    /// <summary>a, b, c, d of MOVC Eq. 11: kW from km/h.</summary>
    public required IReadOnlyList<double> TractionPower { get; init; }

    /// <summary>Traction power at the urban average speed, kW (MOVC Eq. 11).</summary>
    public double TractionPowerKw =>
        ((TractionPower[0] * SpeedKmPerHour + TractionPower[1]) * SpeedKmPerHour + TractionPower[2]) * SpeedKmPerHour + TractionPower[3];
}
