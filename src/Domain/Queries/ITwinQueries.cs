namespace Movc.Domain.Queries;

/// <summary>What may be asked of the twin, in-process or over HTTP.</summary>
public interface ITwinQueries : IPastQueries
{
    ValueTask<TwinStatus> StatusAsync(CancellationToken cancellationToken);

    /// <summary>The city's vehicles now, by district.</summary>
    ValueTask<CityStateView> CityAsync(CancellationToken cancellationToken);

    /// <summary>How every source does, by name.</summary>
    ValueTask<IReadOnlyList<SourceStatus>> SourcesAsync(CancellationToken cancellationToken);

    /// <summary>The vehicle, or null when it was never registered.</summary>
    ValueTask<VehicleView?> VehicleAsync(string vehicleId, CancellationToken cancellationToken);

    /// <summary>Newest first; null when the vehicle was never registered.</summary>
    ValueTask<IReadOnlyList<VehicleEventView>?> VehicleEventsAsync(string vehicleId, int limit, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    /// <param name="reason">Stored name of a reason, or null for all.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<DeadLetterView>> DeadLettersAsync(string? reason, int limit, CancellationToken cancellationToken);
}
