namespace Movc.Domain.Mobility;

/// <summary>The population of the TimeGeo model: distributions from which each vehicle's own parameters are drawn (model.md §§2-3).</summary>
public sealed record TimeGeoParameters
{
    /// <summary>Share of vehicles with a workplace, 0 to 1.</summary>
    public required double WorkplaceShare { get; init; }

    /// <summary>n_w: home-based tours a week.</summary>
    public required LogNormal ToursPerWeek { get; init; }

    /// <summary>β1: how much sooner a vehicle leaves Other than Home.</summary>
    public required LogNormal DwellRate { get; init; }

    /// <summary>β2: how much readier it goes on to another Other instead of Home.</summary>
    public required LogNormal BurstRate { get; init; }

    /// <summary>ρ of P_new = ρ·S^(−γ), 0 to 1.</summary>
    public required double ExplorationRate { get; init; }

    /// <summary>γ of P_new = ρ·S^(−γ), 0 or more.</summary>
    public required double ExplorationDecay { get; init; }

    /// <summary>α of the gamma densities of the distance.</summary>
    public required double DistanceShape { get; init; }

    /// <summary>Mean distance to a new Other before the group's factor, km: α·θ.</summary>
    public required double OtherDistanceKm { get; init; }

    /// <summary>Mean distance from home to work before the group's factor, km: α·θ.</summary>
    public required double WorkDistanceKm { get; init; }

    /// <summary>Factor of each of the equal groups of vehicles on the mean distances.</summary>
    public required IReadOnlyList<double> DistanceFactors { get; init; }

    /// <summary>Urban average, waiting included, km/h.</summary>
    public required double SpeedKmPerHour { get; init; }

    /// <summary>Road distance over straight line, 1 or more.</summary>
    public required double Detour { get; init; }

    public required WorkBlocks Work { get; init; }

    /// <summary>P(t) of vehicles with a workplace, work trips left out.</summary>
    public required TravelRhythm CommuterRhythm { get; init; }

    /// <summary>P(t) of vehicles without a workplace.</summary>
    public required TravelRhythm NonCommuterRhythm { get; init; }

    /// <summary>Weight of each district as a home.</summary>
    public required IReadOnlyList<double> DistrictWeights { get; init; }
}
