namespace Movc.Solve;

/// <summary>The bundle that was written of a plan.</summary>
/// <param name="File">As it was given.</param>
/// <param name="Plan">Plan id.</param>
/// <param name="Hash">The bundle's own hash.</param>
/// <param name="Previous">Hash of the bundle before; 64 zeros for the first of a chain.</param>
internal sealed record BundleOrigin(string File, long Bytes, string Plan, string Hash, string Previous);
