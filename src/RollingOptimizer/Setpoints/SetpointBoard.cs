using Movc.Domain.Aggregators;

namespace Movc.RollingOptimizer.Setpoints;

/// <summary>What may be asked of the desk.</summary>
/// <param name="desk">The desk.</param>
/// <param name="parts">Tells an aggregator's vehicles in a plan: (aggregator, plan id or null for the newest).</param>
/// <param name="answers">Reads answers from outside; null = they come from inside.</param>
public sealed class SetpointBoard(SetpointDesk desk, Func<string, string?, PlanPartFile?> parts, AckReader? answers) : ISetpointQueries
{
    public ValueTask<SetpointsView> ViewAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new SetpointsView(desk.View(), answers is null, answers?.Refused ?? 0, answers?.LastRefusal ?? string.Empty));

    public ValueTask<SetpointSheet?> SheetAsync(string aggregator, DateTimeOffset? at, CancellationToken cancellationToken) =>
        ValueTask.FromResult(desk.Sheet(aggregator, at?.ToUnixTimeMilliseconds()));

    public ValueTask<PlanPartFile?> PartAsync(string aggregator, string? planId, CancellationToken cancellationToken) => ValueTask.FromResult(parts(aggregator, planId));

    public ValueTask<VehicleSetpoint?> OfVehicleAsync(string vehicle, CancellationToken cancellationToken) => ValueTask.FromResult(desk.OfVehicle(vehicle));
}
