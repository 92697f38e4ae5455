namespace Movc.Gateway.Contracts;

/// <summary>An aggregator's answer to setpoints, as it is posted.</summary>
/// <param name="SetpointAt">The setpoints that it speaks of: when they take effect.</param>
/// <param name="Kind">accepted: the vehicles that are not named took them over; observed: their meters show what was asked for.</param>
/// <param name="SaidAt">City time at which it holds; now when absent.</param>
/// <param name="Exceptions">The vehicles of which it does not hold; may be absent.</param>
public sealed record SetpointAnswer(DateTimeOffset SetpointAt, Domain.Aggregators.AckKind Kind, DateTimeOffset? SaidAt = null, IReadOnlyList<Domain.Aggregators.SetpointException>? Exceptions = null);
