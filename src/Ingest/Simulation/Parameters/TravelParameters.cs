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

    /// <summary>Straight line, km.</summary>
    public required double DistanceMinKm { get; init; }

    /// <summary>Straight line, km.</summary>
    public required double DistanceMaxKm { get; init; }

    public required double TimeMinMin { get; init; }

    /// <summary>Least time at home between two tours, minutes; a block that would leave less is dropped.</summary>
    public required double HomeStayMinMin { get; init; }

    /// <summary>a, b, c, d of MOVC Eq. 11: kW from km/h.</summary>
    public required IReadOnlyList<double> TractionPower { get; init; }

    /// <summary>Traction power at the urban average speed, kW (MOVC Eq. 11).</summary>
    public double TractionPowerKw =>
        ((TractionPower[0] * SpeedKmPerHour + TractionPower[1]) * SpeedKmPerHour + TractionPower[2]) * SpeedKmPerHour + TractionPower[3];

    /// <summary>Energy of a trip, Wh: traction power times the hours driven, not the rounded slots (MOVC Eq. 11).</summary>
    public double TripWh(double straightLineKm) => TractionPowerKw * 1000 * straightLineKm * Detour / SpeedKmPerHour;

    /// <summary>Duration of a trip, whole seconds, at least the least time.</summary>
    public int TripSeconds(double straightLineKm) =>
        (int)Math.Ceiling(Math.Max(straightLineKm * Detour / SpeedKmPerHour * 3600, TimeMinMin * 60));
}
