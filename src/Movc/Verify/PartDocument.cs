namespace Movc.Verify;

/// <summary>Some vehicles of a plan (<c>movc setpoints --json</c>): what it has them do, and what they come to.</summary>
/// <param name="Plan">Plan id.</param>
/// <param name="Bundle">The bundle's own hash.</param>
/// <param name="Vehicles">How many.</param>
/// <param name="PowerW">Sum of their setpoints, W, charging positive.</param>
/// <param name="Part">Their part of the schedule hash; parts added modulo 2^128 over all vehicles come to <paramref name="Whole"/>.</param>
/// <param name="Whole">The plan's schedule hash.</param>
/// <param name="IsWhole">Whether these are all vehicles of the plan and come to its hash; null where they are not all.</param>
internal sealed record PartDocument(
    string Plan, DateTimeOffset At, string Bundle, int Vehicles, long PowerW, int Lowered, string Part, string Whole, bool? IsWhole, IReadOnlyList<PartDocument.Setpoint> Setpoints)
{
    /// <param name="Vehicle">Id.</param>
    /// <param name="Index">Index in the plan.</param>
    /// <param name="PowerW">W, charging positive.</param>
    internal sealed record Setpoint(string Vehicle, int Index, int PowerW);
}
