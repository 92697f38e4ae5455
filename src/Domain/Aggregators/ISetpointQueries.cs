namespace Movc.Domain.Aggregators;

/// <summary>What may be asked of setpoints that went out, in-process or over HTTP.</summary>
public interface ISetpointQueries
{
    /// <summary>Every aggregator and what its setpoints came to.</summary>
    ValueTask<SetpointsView> ViewAsync(CancellationToken cancellationToken);

    /// <summary>What an aggregator was sent for an interval; null where nothing of it is kept.</summary>
    /// <param name="aggregator">Its name.</param>
    /// <param name="at">When it took effect; null = the newest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<SetpointSheet?> SheetAsync(string aggregator, DateTimeOffset? at, CancellationToken cancellationToken);

    /// <summary>An aggregator's vehicles as a plan saw them; null where the plan is kept no longer, or has none of its vehicles.</summary>
    /// <param name="aggregator">Its name.</param>
    /// <param name="planId">The plan; null = the newest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<PlanPartFile?> PartAsync(string aggregator, string? planId, CancellationToken cancellationToken);

    /// <summary>The newest setpoint of a vehicle that is kept; null = none is.</summary>
    ValueTask<VehicleSetpoint?> OfVehicleAsync(string vehicle, CancellationToken cancellationToken);
}
