namespace Movc.Domain.Aggregators;

/// <summary>What came of setpoints.</summary>
/// <param name="Aggregators">By name.</param>
/// <param name="AnsweredInside">Whether the aggregators are simulated within the program; else they answer from outside.</param>
/// <param name="AnswersRefused">Answers that spoke of nothing that is awaited.</param>
/// <param name="LastRefusal">What was wrong with the newest of them; empty = there was none.</param>
public sealed record SetpointsView(IReadOnlyList<AggregatorView> Aggregators, bool AnsweredInside, long AnswersRefused, string LastRefusal);
