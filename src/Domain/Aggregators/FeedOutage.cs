namespace Movc.Domain.Aggregators;

/// <summary>A time in which the first of a city's aggregators are cut off: nothing is heard of their vehicles, and no setpoint reaches them.</summary>
/// <param name="Share">Share of the aggregators, 0 to 1, rounded to whole ones.</param>
/// <param name="FromMs">Its start, Unix milliseconds UTC.</param>
/// <param name="ToMs">Its end; then what was held back comes late.</param>
public sealed record FeedOutage(double Share, long FromMs, long ToMs)
{
    /// <summary>Whether an aggregator is cut off at an instant.</summary>
    /// <param name="aggregators">Who there is.</param>
    /// <param name="aggregator">Index in those.</param>
    /// <param name="atMs">The instant.</param>
    public bool Cuts(IAggregatorMap aggregators, int aggregator, long atMs)
    {
        ArgumentNullException.ThrowIfNull(aggregators);
        return atMs >= FromMs && atMs < ToMs && aggregator < Math.Round(Share * aggregators.Names.Count);
    }
}
