using System.Text.Json.Serialization;

namespace Movc.Verify;

/// <summary>What <c>movc verify</c> says (<c>--json</c>).</summary>
/// <param name="Verified">Whether no check failed.</param>
/// <param name="Complete">Whether every check was made of the last bundle.</param>
internal sealed record VerifyDocument(bool Verified, bool Complete, IReadOnlyList<VerifyDocument.Bundle> Bundles)
{
    /// <param name="File">As it was given.</param>
    /// <param name="Id">Plan id; null where the bundle is damaged.</param>
    /// <param name="Hash">The bundle's own hash.</param>
    internal sealed record Bundle(
        string File, long Bytes, string? Id, DateTimeOffset? At, int? Vehicles, int? Slots, int? Rounds, double? Objective, double? Bound, string Hash, IReadOnlyList<Check> Checks)
    {
        /// <summary>Of the vehicles that were asked for: their setpoints and their part of the schedule hash.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public PartDocument? Part { get; init; }
    }

    /// <param name="Name">integrity, chain, prices, snapshot, schedules, needs, load, objective or bound.</param>
    /// <param name="Expected">What should stand there; null where nothing is to be said.</param>
    /// <param name="Found">What stands there.</param>
    /// <param name="Note">In words.</param>
    internal sealed record Check(string Name, CheckOutcome Outcome, string? Expected, string? Found, string Note);
}
