namespace Movc.Domain.Aggregators;

/// <summary>A vehicle that did not do what it was asked for.</summary>
/// <param name="Vehicle">Its id.</param>
/// <param name="Outcome">Rejected, TimedOut or NotFollowed.</param>
/// <param name="PowerW">What was metered instead, W, charging positive; null = not told.</param>
public readonly record struct SetpointException(string Vehicle, SetpointOutcome Outcome, int? PowerW);
