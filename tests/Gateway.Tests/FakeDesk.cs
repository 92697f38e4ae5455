using Movc.Domain;
using Movc.Domain.Aggregators;
using Movc.Domain.Flexibility;
using Movc.Domain.Operators;

namespace Movc.Gateway.Tests;

/// <summary>One aggregator with two setpoints, one district, a fixed answer to every question.</summary>
internal sealed class FakeDesk : ISetpointQueries, ISetpointAnswers, IDispatchHolds, IFlexibility
{
    public const string Aggregator = "aggregator-1";
    private static readonly SetpointCounts Counts = new(2, 1, 1, 0, 1, 0, 0, 0);
    private readonly List<OperatorEntry> _held = [];

    public List<SetpointAck> Acks { get; } = [];

    public FlexibilityAsk? Asked { get; private set; }

    public ValueTask<SetpointsView> ViewAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new SetpointsView([new AggregatorView(Aggregator, null, Samples.Now, Samples.Now, Counts, Counts)], false, 3, "nothing is awaited"));

    public ValueTask<SetpointSheet?> SheetAsync(string aggregator, DateTimeOffset? at, CancellationToken cancellationToken) => ValueTask.FromResult(
        at is null || at == Samples.Now ? new SetpointSheet("plan", Samples.Now, Samples.Now.AddMinutes(30), ["a", "b"], [-5_000, 700], [SetpointOutcome.Observed, SetpointOutcome.NotFollowed]) : null);

    public ValueTask<VehicleSetpoint?> OfVehicleAsync(string vehicle, CancellationToken cancellationToken) => ValueTask.FromResult(
        vehicle is "a" ? new VehicleSetpoint("a", Aggregator, "plan", Samples.Now, Samples.Now.AddMinutes(30), -5_000, SetpointOutcome.TimedOut) : null);

    public ValueTask TakeAsync(SetpointAck ack, CancellationToken cancellationToken)
    {
        Acks.Add(ack);
        return ValueTask.CompletedTask;
    }

    ValueTask<HoldsView> IDispatchHolds.ViewAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Holds());

    public ValueTask<HoldsView> ChangeAsync(HoldCommand command, CancellationToken cancellationToken)
    {
        if (command.Scope == HoldScope.District && command.Name is not "Nanshan") throw new InputException("give one of Nanshan");
        _held.Add(new OperatorEntry(Samples.Now, Samples.Now, command.Action, command.Scope, command.Name ?? string.Empty, command.By, command.Why));
        return ValueTask.FromResult(Holds());
    }

    public ValueTask<PlanPartFile?> PartAsync(string aggregator, string? planId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(planId is null or "plan" ? new PlanPartFile("plan", [80, 75, 5, 6]) : null);

    public ValueTask<FlexibilityAnswer?> AskAsync(FlexibilityAsk ask, CancellationToken cancellationToken)
    {
        Asked = ask;
        if (ask.Mw <= 0) throw new InputException("mw: over 0");
        return ValueTask.FromResult<FlexibilityAnswer?>(new FlexibilityAnswer("plan", ask.From, ask.To, ask.Mw, Deliverable.NotShown, 12, [1, 2], 3, 2, -4, null, 5, 6, 7, 8, 0.5));
    }

    public ValueTask<SupplyCurve?> CurveAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<SupplyCurve?>(new SupplyCurve("plan", Samples.Now, 10, 100, [new SupplyPoint(30, 5, false, 1, null, 2), new SupplyPoint(30, 9, true, null, null, null)]));

    private HoldsView Holds() => new([.. _held], [], ["Nanshan"], [Aggregator], [.. _held]);
}
