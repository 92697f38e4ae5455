using Movc.Domain.Queries;
using Movc.Domain.Sources;

namespace Movc.Gateway.Contracts;

/// <summary>Answer of GET /api/v1/health.</summary>
/// <param name="Status">ok, starting (no complete instant yet), degraded (serves, but something is wrong), failed (answered with 503).</param>
/// <param name="Causes">Why the status is not ok, one line each; told to authorized callers only.</param>
/// <param name="Mode">Where the events come from.</param>
/// <param name="SourceState">What their source is doing.</param>
/// <param name="Since">Wall-clock time since which the source state stands.</param>
/// <param name="At">Newest complete instant of the twin, city clock; null before the first.</param>
/// <param name="PlanStatus">Status of the plan in force; null before the first.</param>
/// <param name="PlanAgeSeconds">Wall-clock seconds since it was published; null before the first.</param>
/// <param name="Pages">Connections to the hub.</param>
/// <param name="FramesSent">Frames handed to connections, summed over connections.</param>
/// <param name="FramesSuperseded">Frames that a newer one replaced before a slow connection could take them.</param>
public sealed record HealthView(
    string Status,
    IReadOnlyList<string> Causes,
    CityMode Mode,
    RunState SourceState,
    DateTimeOffset Since,
    DateTimeOffset? At,
    string? PlanStatus,
    double? PlanAgeSeconds,
    int Pages,
    long FramesSent,
    long FramesSuperseded);
