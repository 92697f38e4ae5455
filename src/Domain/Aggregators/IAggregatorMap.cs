namespace Movc.Domain.Aggregators;

/// <summary>Who passes setpoints on to which vehicle. For several threads at once.</summary>
public interface IAggregatorMap
{
    /// <summary>Names, in a fixed order; at least one.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Index of a vehicle's aggregator in <see cref="Names"/>.</summary>
    /// <param name="vehicleId">UTF-8.</param>
    int Of(ReadOnlySpan<byte> vehicleId);
}
