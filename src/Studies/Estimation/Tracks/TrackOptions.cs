namespace Movc.Studies.Estimation.Tracks;

/// <summary>How simulated drivers are seen by GPS.</summary>
public sealed record TrackOptions
{
    public required int Users { get; init; }

    public int Weeks { get; init; } = 4;

    /// <summary>Standard deviation of a fix each way, m.</summary>
    public double NoiseM { get; init; } = 30;

    /// <summary>Time between fixes, s, from a moment of each user's own on.</summary>
    public int EveryS { get; init; } = 600;

    /// <summary>Share of fixes that are missing.</summary>
    public double MissingFixes { get; init; } = 0.3;

    /// <summary>Share of days without any fix.</summary>
    public double MissingDays { get; init; } = 0.1;

    public long Seed { get; init; } = 1;
}
