namespace Movc.Domain.Aggregators;

/// <summary>An aggregator's answer to the setpoints that it was sent for one interval: one word for all of them, and the vehicles of which it does not hold.</summary>
/// <param name="Aggregator">Who answers.</param>
/// <param name="SetpointAtMs">The setpoints that it speaks of: when they were to take effect, Unix milliseconds UTC.</param>
/// <param name="Shard">Partition of the vehicles; null = all.</param>
/// <param name="SaidAtMs">When it was said, city time, Unix milliseconds UTC.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Exceptions">The vehicles of which it does not hold.</param>
public sealed record SetpointAck(string Aggregator, long SetpointAtMs, int? Shard, long SaidAtMs, AckKind Kind, IReadOnlyList<SetpointException> Exceptions);
