using Movc.Domain.Mobility;

namespace Movc.Studies.Estimation.Fit;

/// <summary>What all users together tell: the population from which the simulator draws its drivers.</summary>
public sealed record PopulationFit
{
    /// <summary>n_w.</summary>
    public required LogNormal ToursPerWeek { get; init; }

    /// <summary>β1.</summary>
    public required LogNormal DwellRate { get; init; }

    /// <summary>β2.</summary>
    public required LogNormal BurstRate { get; init; }

    /// <summary>ρ.</summary>
    public required double ExplorationRate { get; init; }

    /// <summary>γ.</summary>
    public required double ExplorationDecay { get; init; }

    /// <summary>α.</summary>
    public required double DistanceShape { get; init; }

    /// <summary>Mean of the density of the distance to a new place in five equal groups of users, the near-goers first, km.</summary>
    public required double[] OtherDistanceKm { get; init; }

    /// <summary>That of the middle group.</summary>
    public double MedianOtherDistanceKm => OtherDistanceKm[OtherDistanceKm.Length / 2];

    /// <summary>Mean of the density of the way to work, for a user of the median factor, km.</summary>
    public required double WorkDistanceKm { get; init; }

    /// <summary>Shares by hour of users with a workplace, sum 1: 24 or 168.</summary>
    public required double[] RhythmWithWork { get; init; }

    /// <summary>Shares by hour of users without, sum 1: 24 or 168.</summary>
    public required double[] RhythmWithoutWork { get; init; }

    /// <summary>Share of users with a workplace.</summary>
    public required double WorkplaceShare { get; init; }
}
