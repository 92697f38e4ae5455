using Movc.Domain.Aggregators;
using Movc.Domain.Flexibility;
using Movc.Domain.Operators;

namespace Movc.Composition;

/// <summary>Setpoints, their answers and the holds of the present session, for a page that outlives sessions.</summary>
internal sealed class SwitchedSetpoints(SetpointPorts first) : ISetpointQueries, ISetpointAnswers, IDispatchHolds, IFlexibility
{
    private volatile SetpointPorts _now = first;

    public void Switch(SetpointPorts to) => _now = to;

    public ValueTask<SetpointsView> ViewAsync(CancellationToken cancellationToken) => _now.Board.ViewAsync(cancellationToken);

    public ValueTask<SetpointSheet?> SheetAsync(string aggregator, DateTimeOffset? at, CancellationToken cancellationToken) => _now.Board.SheetAsync(aggregator, at, cancellationToken);

    public ValueTask<PlanPartFile?> PartAsync(string aggregator, string? planId, CancellationToken cancellationToken) => _now.Board.PartAsync(aggregator, planId, cancellationToken);

    public ValueTask<VehicleSetpoint?> OfVehicleAsync(string vehicle, CancellationToken cancellationToken) => _now.Board.OfVehicleAsync(vehicle, cancellationToken);

    public ValueTask TakeAsync(SetpointAck ack, CancellationToken cancellationToken) => _now.Answers.TakeAsync(ack, cancellationToken);

    ValueTask<HoldsView> IDispatchHolds.ViewAsync(CancellationToken cancellationToken) => _now.Holds.ViewAsync(cancellationToken);

    public ValueTask<FlexibilityAnswer?> AskAsync(FlexibilityAsk ask, CancellationToken cancellationToken) => _now.Flexibility.AskAsync(ask, cancellationToken);

    public ValueTask<SupplyCurve?> CurveAsync(CancellationToken cancellationToken) => _now.Flexibility.CurveAsync(cancellationToken);

    public ValueTask<HoldsView> ChangeAsync(HoldCommand command, CancellationToken cancellationToken) => _now.Holds.ChangeAsync(command, cancellationToken);
}
