using Movc.Studies.Points;

namespace Movc.Studies.Sweeps;

/// <summary>What all points of a study share.</summary>
public sealed record StudySettings
{
    /// <summary>See <see cref="StudyPoint.Sample"/>.</summary>
    public double Sample { get; init; } = 1;

    public int Days { get; init; } = 7;

    public long Seed { get; init; } = 1;

    public bool FinalFloor { get; init; } = true;

    public BatchOptions? Batches { get; init; }
}
