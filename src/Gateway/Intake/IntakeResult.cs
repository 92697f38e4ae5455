namespace Movc.Gateway.Intake;

/// <summary>What became of a delivery. Every event of it is counted in exactly one of the three.</summary>
/// <param name="Accepted">Events that are now in the log.</param>
/// <param name="Duplicates">Events that had been accepted before (same source and id, or sequence).</param>
/// <param name="DeadLettered">Events that were put aside, in the order they came.</param>
public sealed record IntakeResult(int Accepted, int Duplicates, IReadOnlyList<IntakeRefusal> DeadLettered);
