namespace Movc.Studies.Estimation.Stays;

/// <summary>When records make a stay.</summary>
public sealed record StayRules
{
    /// <summary>Shortest stay, minutes [S].</summary>
    public double ShortestMin { get; init; } = 10;

    /// <summary>
    /// How far from its middle a stay's records lie, km: half the side of the paper's cell of 300 m [S]. A circle that follows the records
    /// does what a fixed cell cannot: a place on the border of two cells is one place, whatever the noise of GPS.
    /// </summary>
    public double RadiusKm { get; init; } = 0.15;

    /// <summary>After a longer silence nobody knows where the user was, minutes [G].</summary>
    public double LongestGapMin { get; init; } = 120;

    /// <summary>Records away from a stay for less are noise where the next are back, minutes [G].</summary>
    public double SpikeMin { get; init; } = 5;

    /// <summary>Straight-line speed of trips, km/h, to tell when a user left between two records.</summary>
    public required double StraightKmPerHour { get; init; }
}
