namespace Movc.Aggregating;

/// <summary>What a simulated aggregator did.</summary>
/// <param name="Aggregator">Its name.</param>
/// <param name="Intervals">Intervals whose setpoints came.</param>
/// <param name="Silent">Of those, the ones that it did not answer.</param>
/// <param name="Setpoints">Setpoints that came.</param>
/// <param name="Refused">Refused.</param>
/// <param name="Partial">Followed in part.</param>
internal sealed record AggregatorSummary(string Aggregator, int Intervals, int Silent, long Setpoints, long Refused, long Partial);
