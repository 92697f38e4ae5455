namespace Movc.Gateway.Intake;

/// <summary>What became of a delivery. Every event of it is counted in exactly one of the three.</summary>
/// <param name="Accepted">Events that the twin has taken durably; one that contradicts its vehicle's state is in the dead letters.</param>
/// <param name="Duplicates">Events known to have been accepted before; an intake that only the twin can tell leaves it at 0.</param>
/// <param name="DeadLettered">Events that were put aside, in the order they came.</param>
public sealed record IntakeResult(int Accepted, int Duplicates, IReadOnlyList<IntakeRefusal> DeadLettered);
