using Movc.Domain.Queries;

namespace Movc.Composition;

/// <summary>The twin of the present session, for a page that outlives sessions.</summary>
internal sealed class SwitchedTwin(ITwinQueries first) : ITwinQueries
{
    private volatile ITwinQueries _now = first;

    public void Switch(ITwinQueries to) => _now = to;

    public ValueTask<TwinStatus> StatusAsync(CancellationToken cancellationToken) => _now.StatusAsync(cancellationToken);

    public ValueTask<CityStateView> CityAsync(CancellationToken cancellationToken) => _now.CityAsync(cancellationToken);

    public ValueTask<IReadOnlyList<SourceStatus>> SourcesAsync(CancellationToken cancellationToken) => _now.SourcesAsync(cancellationToken);

    public ValueTask<VehicleView?> VehicleAsync(string vehicleId, CancellationToken cancellationToken) => _now.VehicleAsync(vehicleId, cancellationToken);

    public ValueTask<IReadOnlyList<VehicleEventView>?> VehicleEventsAsync(string vehicleId, int limit, CancellationToken cancellationToken) => _now.VehicleEventsAsync(vehicleId, limit, cancellationToken);

    public ValueTask<IReadOnlyList<DeadLetterView>> DeadLettersAsync(string? reason, int limit, CancellationToken cancellationToken) => _now.DeadLettersAsync(reason, limit, cancellationToken);

    public ValueTask<PastSpan?> PastSpanAsync(CancellationToken cancellationToken) => _now.PastSpanAsync(cancellationToken);

    public ValueTask<CityStateView?> PastCityAsync(DateTimeOffset at, CancellationToken cancellationToken) => _now.PastCityAsync(at, cancellationToken);

    public ValueTask<VehicleView?> PastVehicleAsync(string vehicleId, DateTimeOffset at, CancellationToken cancellationToken) => _now.PastVehicleAsync(vehicleId, at, cancellationToken);
}
