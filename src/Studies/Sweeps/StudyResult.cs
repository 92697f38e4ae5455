using Movc.Studies.Points;

namespace Movc.Studies.Sweeps;

/// <summary>A finished study.</summary>
/// <param name="Plan">What it was to answer.</param>
/// <param name="Settings">What all points share.</param>
/// <param name="Points">In the order of the plan.</param>
/// <param name="Cities">What the points stand on, each city once.</param>
/// <param name="Times">How long each point took and where it came from; the only thing that differs between two runs.</param>
public sealed record StudyResult(
    StudyPlan Plan, StudySettings Settings, IReadOnlyList<PointAnswer> Points, IReadOnlyList<StudyCity> Cities, IReadOnlyList<PointTime> Times);
