namespace Movc.Domain.Queries;

/// <summary>What may be asked of the past: what was known at an instant is what is shown for it.</summary>
public interface IPastQueries
{
    /// <summary>First and last instant that can be asked for; null before the first interval.</summary>
    ValueTask<PastSpan?> PastSpanAsync(CancellationToken cancellationToken);

    /// <summary>The city at an instant; null outside the span.</summary>
    ValueTask<CityStateView?> PastCityAsync(DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>A vehicle at an instant; null when it was not registered then, or outside the span.</summary>
    ValueTask<VehicleView?> PastVehicleAsync(string vehicleId, DateTimeOffset at, CancellationToken cancellationToken);
}
