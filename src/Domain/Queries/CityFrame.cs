namespace Movc.Domain.Queries;

/// <summary>One picture of the city, as the hub sends it to every page (schema 1).</summary>
/// <param name="Schema">Version of this shape.</param>
/// <param name="At">City instant that it shows.</param>
/// <param name="Mode">live, replay or simulated.</param>
/// <param name="City">Name of the city.</param>
/// <param name="TimeZone">IANA zone in which people read the times.</param>
/// <param name="Speed">City seconds per wall second; null = as fast as it goes.</param>
/// <param name="State">running, finished or failed, of the source.</param>
/// <param name="Load">Mean load of the interval that just ended; null before the first.</param>
/// <param name="Horizon">Planned curves; null before the first plan.</param>
/// <param name="Counts">Vehicles and events.</param>
/// <param name="Pvdr">Today so far and planned; null before the first plan.</param>
/// <param name="Plan">The plan in force; null before the first.</param>
/// <param name="Quality">Where the numbers come from.</param>
public sealed record CityFrame(
    int Schema,
    DateTimeOffset? At,
    string Mode,
    string City,
    string TimeZone,
    double? Speed,
    string State,
    FrameLoad? Load,
    LoadCurves? Horizon,
    TwinStatus Counts,
    FramePvdr? Pvdr,
    FramePlan? Plan,
    FrameQuality Quality)
{
    /// <summary>Where the replay stands; null when this is none that can be controlled.</summary>
    public ReplayView? Replay { get; init; }
}
