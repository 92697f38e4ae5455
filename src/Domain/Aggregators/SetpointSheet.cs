namespace Movc.Domain.Aggregators;

/// <summary>The setpoints that an aggregator was sent for one interval.</summary>
/// <param name="PlanId">The plan that they are of.</param>
/// <param name="At">When they take effect.</param>
/// <param name="ValidUntil">When they end; afterwards each vehicle does what it does on its own.</param>
/// <param name="Vehicle">Ids.</param>
/// <param name="PowerW">Power, W, charging positive; same length.</param>
/// <param name="State">State of each.</param>
public sealed record SetpointSheet(string PlanId, DateTimeOffset At, DateTimeOffset ValidUntil, IReadOnlyList<string> Vehicle, IReadOnlyList<int> PowerW, IReadOnlyList<SetpointOutcome> State);
