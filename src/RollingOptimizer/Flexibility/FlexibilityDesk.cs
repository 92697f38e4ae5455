using System.Globalization;
using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Flexibility;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.Domain.Willingness;
using Movc.RollingOptimizer.Solver;

namespace Movc.RollingOptimizer.Flexibility;

/// <summary>Answers what the vehicles can do beyond the plan in force; one question at a time. Safe from any thread.</summary>
/// <param name="willingness">What owners are paid for a kWh that their vehicle gives to the grid; null = the city tells no rate.</param>
/// <param name="clock">Wall clock.</param>
public sealed class FlexibilityDesk(IWillingness? willingness, TimeProvider clock) : IFlexibility
{
    /// <summary>Vehicles that a supply curve is worked out on, at most [G].</summary>
    public const int CurveVehicles = 4_000;

    private static readonly int[] CurveMinutes = [30, 60, 120, 240];
    private static readonly double[] CurveShares = [0.3, 0.6, 0.9];

    private readonly DeliverySolver _solver = new(new DispatchSolver(DispatchSolverOptions.Live, clock), Environment.ProcessorCount);
    private readonly SemaphoreSlim _one = new(1, 1);
    private Planned? _latest;
    private SupplyCurve? _curve;

    /// <summary>Takes note of the plan in force.</summary>
    /// <param name="view">The plan.</param>
    /// <param name="fleet">What it was made from.</param>
    /// <param name="instance">Its problem.</param>
    /// <param name="result">Its answer.</param>
    public void Note(PlanView view, FleetSnapshot fleet, DispatchInstance instance, DispatchResult result) =>
        Volatile.Write(ref _latest, new Planned(view, instance, result, willingness is null ? null : MeanRate(fleet, willingness)));

    /// <summary>Mean over what willing vehicles at the plug could give at most, RMB/kWh; null where there are none.</summary>
    private static double? MeanRate(FleetSnapshot fleet, IWillingness willingness)
    {
        double paid = 0, powerW = 0;
        foreach (ShardSnapshot shard in fleet.Shards)
        {
            for (int k = 0; k < shard.PluggedCount; k++)
            {
                if (shard.Consent[k] == V2gStrategy.ChargeOnly) continue;
                paid += shard.MaxDischargeW[k] * willingness.CompensationRmbPerKwh(shard.Consent[k]);
                powerW += shard.MaxDischargeW[k];
            }
        }
        return powerW > 0 ? paid / powerW : null;
    }

    public ValueTask<FlexibilityAnswer?> AskAsync(FlexibilityAsk ask, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ask);
        return OneAtATime(planned => Answer(planned, ask, cancellationToken), cancellationToken);
    }

    public ValueTask<SupplyCurve?> CurveAsync(CancellationToken cancellationToken) => OneAtATime(
        planned =>
        {
            if (_curve is null || !string.Equals(_curve.PlanId, planned.View.Id, StringComparison.Ordinal)) _curve = Curve(planned, cancellationToken);
            return _curve;
        },
        cancellationToken);

    private async ValueTask<T?> OneAtATime<T>(Func<Planned, T> answer, CancellationToken cancellationToken)
        where T : class
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return Volatile.Read(ref _latest) is { } planned ? await Task.Run(() => answer(planned), cancellationToken) : null;
        }
        finally
        {
            _one.Release();
        }
    }

    private FlexibilityAnswer Answer(Planned planned, FlexibilityAsk ask, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        (PlanView view, DispatchInstance x, DispatchResult plan, double? rmbPerKwh) = planned;
        DeliveryWindow window = WindowOf(view, x, ask);
        DateTimeOffset At(int slot) => view.At.AddMinutes(slot * Slots.Minutes);
        if (x.VehicleCount == 0)
            return new FlexibilityAnswer(view.Id, At(window.From), At(window.To), ask.Mw, Deliverable.No, 0, [], null, null, null, null, null, null, 0, 0, clock.GetElapsedTime(started).TotalSeconds);
        Delivery found = _solver.Seek(x, plan, window, 1000 * ask.Mw, view.Seed, proves: true, cancellationToken);
        TouchedVehicles? touched = found.Schedules is { } schedules ? TouchedVehicles.Of(x, found.Vehicle, plan.Schedules, schedules, cancellationToken) : null;
        bool has = touched is not null;
        return new FlexibilityAnswer(
            view.Id, At(window.From), At(window.To), ask.Mw, found.Deliverable, found.MostKw / 1000, [.. found.DeliveredKw.Select(kw => kw / 1000)],
            has ? found.CostKw : null, has ? found.BoundKw : null, has ? found.DischargedKwh : null, has && rmbPerKwh is { } rate ? rate * found.DischargedKwh : null,
            touched?.Vehicles, touched?.Departures, touched?.Sample ?? 0, x.VehicleCount, clock.GetElapsedTime(started).TotalSeconds);
    }

    private static DeliveryWindow WindowOf(PlanView view, DispatchInstance x, FlexibilityAsk ask)
    {
        if (!(ask.Mw > 0) || !double.IsFinite(ask.Mw)) throw new InputException(string.Create(CultureInfo.InvariantCulture, $"mw {ask.Mw}: give the load to take off the plan, MW, over 0"));
        if (ask.To <= ask.From) throw new InputException("to: does not lie after from");
        long startMs = view.At.ToUnixTimeMilliseconds(), from = (Slots.Floor(ask.From.ToUnixTimeMilliseconds()) - startMs) / Slots.Ms, to = (Slots.Ceiling(ask.To.ToUnixTimeMilliseconds()) - startMs) / Slots.Ms;
        // The interval that the plan commits has begun: its setpoints are out.
        if (from < 1 || to > x.SlotCount)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture, $"from, to: give a time between {view.At.AddMinutes(Slots.Minutes):yyyy-MM-dd HH:mm}Z, when the next interval begins, and {view.At.AddMinutes(x.SlotCount * Slots.Minutes):yyyy-MM-dd HH:mm}Z, the plan's end"));
        }
        return new DeliveryWindow((int)from, (int)to);
    }

    private SupplyCurve Curve(Planned planned, CancellationToken cancellationToken)
    {
        (PlanView view, DispatchInstance whole, _, double? rmbPerKwh) = planned;
        var points = new List<SupplyPoint>();
        (DispatchInstance x, double scale) = FleetSample.Scaled(whole, CurveVehicles);
        if (x.VehicleCount > 0)
        {
            // A curve is many solves: each a pass over the sample, not its best mixture.
            var solver = new DispatchSolver(DispatchSolverOptions.Live with { DenseCells = 0, SampleVehicles = 400 }, clock);
            var deliveries = new DeliverySolver(solver, Environment.ProcessorCount);
            DispatchResult plan = solver.Solve(x, view.Seed, planned.Result.WarmPrices, cancellationToken);
            foreach (int minutes in CurveMinutes)
            {
                var window = new DeliveryWindow(1, Math.Min(x.SlotCount, 1 + (minutes / Slots.Minutes)));
                double mostKw = deliveries.MostKw(x, plan, window, cancellationToken), hours = minutes / 60.0;
                foreach (double share in CurveShares)
                {
                    double kw = share * mostKw;
                    if (kw <= 0 || deliveries.Seek(x, plan, window, kw, view.Seed, proves: false, cancellationToken) is not { Deliverable: Deliverable.Yes } found) continue;
                    double discharged = found.DischargedKwh / (kw / 1000 * hours);
                    points.Add(new SupplyPoint(minutes, kw * scale / 1000, IsMost: false, discharged, rmbPerKwh is { } rate ? rate * discharged : null, found.CostKw * scale));
                }
                points.Add(new SupplyPoint(minutes, mostKw * scale / 1000, IsMost: true, null, null, null));
            }
        }
        return new SupplyCurve(view.Id, view.At.AddMinutes(Slots.Minutes), x.VehicleCount, whole.VehicleCount, points);
    }

    private sealed record Planned(PlanView View, DispatchInstance Instance, DispatchResult Result, double? RmbPerKwh);
}
