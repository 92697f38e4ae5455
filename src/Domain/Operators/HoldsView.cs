namespace Movc.Domain.Operators;

/// <summary>What is held.</summary>
/// <param name="Held">The order that holds each, oldest first.</param>
/// <param name="Limits">The order that limits each district, oldest first.</param>
/// <param name="Districts">Names that may be held or limited.</param>
/// <param name="Aggregators">Names that may be held.</param>
/// <param name="Log">Newest lines of the operators' log, newest first.</param>
public sealed record HoldsView(IReadOnlyList<OperatorEntry> Held, IReadOnlyList<OperatorEntry> Limits, IReadOnlyList<string> Districts, IReadOnlyList<string> Aggregators, IReadOnlyList<OperatorEntry> Log);
