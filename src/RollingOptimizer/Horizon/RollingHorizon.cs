using System.Diagnostics;
using System.Globalization;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Plans;
using Movc.RollingOptimizer.Setpoints;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>
/// Every interval: takes the fleet, closes the interval that is over, foresees the next 24 to 36 hours, solves them, has the plan audited, makes it
/// durable, and only then publishes it with the setpoints that change. Commits the first interval; the next solve starts from
/// this one's prices.
/// </summary>
public sealed class RollingHorizon
{
    private readonly IFleetSnapshots _snapshots;
    private readonly ICityLoad _load;
    private readonly ICityForecast _forecast;
    private readonly ICityCalendar _calendar;
    private readonly IDispatchSolver _solver;
    private readonly IPlanAuditor _auditor;
    private readonly IPlanStore _store;
    private readonly PlanPublisher _publisher;
    private readonly HorizonBuilder _builder;
    private readonly HorizonOptions _options;
    private readonly TimeProvider _clock;
    private readonly PlanBoard _board;
    private readonly ReserveControl _reserve;
    private readonly Foresight _foreseen = new();
    private LimitMargins? _margins;
    private double[]? _warmPrices;

    public RollingHorizon(
        IFleetSnapshots snapshots, ICityLoad load, ICityForecast forecast, ICityCalendar calendar, IDispatchSolver solver, IPlanAuditor auditor,
        IPlanStore store, PlanPublisher publisher, HorizonOptions options, TimeProvider clock)
    {
        _forecast = forecast;
        _snapshots = snapshots;
        _load = load;
        _calendar = calendar;
        _solver = solver;
        _auditor = auditor;
        _store = store;
        _publisher = publisher;
        _options = options;
        _clock = clock;
        _builder = new HorizonBuilder(calendar, options.Unmanaged);
        _reserve = new ReserveControl(options.Policy);
        _board = new PlanBoard(store);
    }

    /// <summary>What may be asked about plans.</summary>
    public PlanBoard Board => _board;

    /// <summary>Wall time from the newest plan's fleet until its setpoints were out; read it in <see cref="OnPlan"/>.</summary>
    public TimeSpan LastTook { get; private set; }

    /// <summary>Instant of the newest plan whose setpoints are out, Unix milliseconds UTC; <see cref="long.MinValue"/> before the first.</summary>
    public long PublishedMs => Interlocked.Read(ref _publishedMs);

    private long _publishedMs = long.MinValue;

    /// <summary>Called for every plan stored, after it was published or its publishing was given up, on the optimizer's thread.</summary>
    public Action<PlanView>? OnPlan { get; set; }

    /// <summary>Runs until the stop boundary is reached or no more snapshots come.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PlanAllAsync(cancellationToken);
        }
        finally
        {
            // Also when it is stopped: the store must not be closed under it.
            if (_options.Bundles is { } bundles) await bundles.EndAsync();
        }
    }

    private async Task PlanAllAsync(CancellationToken cancellationToken)
    {
        // From the very first on: what was learned must be the same as if nobody had ended the process.
        foreach (RealizedSlot slot in _store.Realized(long.MinValue)) _forecast.Observe(in slot);
        StoredPlan? last = _store.Latest();
        long lastMs = long.MinValue;
        if (last is not null)
        {
            // A crash may lie between storing a plan and its setpoints' arrival: they go out again, who has them passes them over.
            lastMs = last.View.At.ToUnixTimeMilliseconds();
            _warmPrices = last.WarmPrices;
            _board.Show(last.View);
            _reserve.Restore(last.View.Promise);
            _foreseen.Restore(_store.Foreseen(lastMs));
            await _publisher.PublishSetpointsAsync(last.View.Id, last.Setpoints, last.VehicleIds, cancellationToken);
            Interlocked.Exchange(ref _publishedMs, lastMs);
        }
        while (await _snapshots.NextAsync(cancellationToken) is { } fleet)
        {
            if (fleet.AtMs <= lastMs) continue;
            RealizedSlot? realized = Close(fleet);
            if (fleet.AtMs >= _options.StopMs)
            {
                if (realized is { } slot) _board.Add(slot, stored: false);
                return;
            }
            await PlanAsync(fleet, realized, lastMs, cancellationToken);
            lastMs = fleet.AtMs;
        }
    }

    private RealizedSlot? Close(FleetSnapshot fleet)
    {
        long slotMs = fleet.AtMs - Slots.Ms;
        if (slotMs < _options.StartMs) return null;
        double original = _load.LoadKw(slotMs);
        return new RealizedSlot(slotMs, original, original + fleet.Shards.Sum(s => s.SlotChargeOnlyKw), original + fleet.Shards.Sum(s => s.SlotDispatchedKw))
        {
            Willing = new WillingSlot(
                fleet.Shards.Sum(s => s.SlotWillingChargeOnlyKw), fleet.Shards.Sum(s => s.SlotWillingChargedKw), fleet.Shards.Sum(s => s.SlotWillingDischargedKw)),
            Foreseen = _foreseen.Of(slotMs),
        };
    }

    private async Task PlanAsync(FleetSnapshot fleet, RealizedSlot? realized, long lastMs, CancellationToken cancellationToken)
    {
        using Activity? activity = PlanMetrics.Activities.StartActivity("plan");
        long started = _clock.GetTimestamp();
        if (realized is { } slot)
        {
            _board.Add(slot, stored: true);
            _forecast.Observe(in slot);
        }
        DispatchOrders orders = WithMargins(fleet, _options.Gate is { } gate ? await gate.BeginAsync(fleet, cancellationToken) : DispatchOrders.None);
        HorizonForecast forecast = _forecast.Forecast(fleet.AtMs, _options.Length.SlotsAt(fleet.AtMs, _calendar));
        PromiseView promise = _reserve.Next(fleet);
        HorizonPolicy policy = _options.Policy with { ReserveWh = (int)(1000 * promise.ReserveKwh), FleetNeedWh = ReserveControl.FleetNeedWh(fleet) };
        HorizonProblem problem = _builder.Build(fleet, forecast, PastOfDay(fleet.AtMs), policy, orders);
        DispatchResult result;
        using (PlanMetrics.Activities.StartActivity("solve"))
            result = _solver.Solve(problem.Instance, _options.Seed ^ (ulong)fleet.AtMs, lastMs == long.MinValue ? null : WarmStart.Shifted(_warmPrices, lastMs, fleet.AtMs, forecast.Slots), cancellationToken);
        WantedPower wanted = SetpointSelector.Wanted(fleet, problem, result, _options.Unmanaged, policy, orders.Mask);
        var guard = new LimitGuard(fleet, _options.Unmanaged, policy);
        LimitView[] limits = guard.Keep(orders.Limits, wanted);
        _margins?.Note(guard.PlannedKw(_options.Districts, wanted));
        SetpointBatch[] setpoints = SetpointSelector.Changed(fleet, wanted);
        double seconds = _clock.GetElapsedTime(started).TotalSeconds;
        AuditView audit;
        using (PlanMetrics.Activities.StartActivity("audit")) audit = _auditor.Audit(problem.Instance, result);
        PlanStatus status = PlanStatus.Of(fleet, result, audit, _options.GapWanted, _clock.GetElapsedTime(started), _options.LateAfter(), [.. orders.Causes, .. PlanStatus.Broken(limits)], limits.Length > 0);
        PlanView view = View(fleet, forecast, problem, result, setpoints, audit, seconds, status) with { Promise = promise with { Satisfaction = policy.Satisfaction }, Limits = limits.Length > 0 ? limits : null };
        var plan = new StoredPlan(view, result.WarmPrices, setpoints, [.. setpoints.Select((b, s) => Ids(b, fleet.Shards[s].Ids))]);
        activity?.SetTag("movc.plan", view.Id).SetTag("movc.vehicles", view.Vehicles).SetTag("movc.gap", view.Gap).SetTag("movc.status", view.Status);
        using (PlanMetrics.Activities.StartActivity("store")) _store.Add(plan, realized);
        _warmPrices = result.WarmPrices;
        _board.Show(view);
        _foreseen.Note(view.Horizon);
        _options.Parts?.Note(view.Id, fleet, problem.Instance, problem.Shard, problem.Row);
        _options.Flexibility?.Note(view, fleet, problem.Instance, result);
        try
        {
            using (PlanMetrics.Activities.StartActivity("publish"))
            {
                await _publisher.PublishSetpointsAsync(view.Id, plan.Setpoints, plan.VehicleIds, cancellationToken);
                await _publisher.PublishSummaryAsync(view, cancellationToken);
            }
            Interlocked.Exchange(ref _publishedMs, fleet.AtMs);
            LastTook = _clock.GetElapsedTime(started);
            if (_options.Bundles is { } bundles) await bundles.BeginAsync(view, problem.Instance, result, cancellationToken);
            PlanMetrics.Note(view, _clock.GetElapsedTime(started).TotalSeconds);
        }
        finally
        {
            // A stop may fall between storing and publishing; the plan is there, and its setpoints go out at the next start.
            OnPlan?.Invoke(view);
        }
    }

    /// <summary>The orders, with room within the limits for what plans are missed by.</summary>
    private DispatchOrders WithMargins(FleetSnapshot fleet, DispatchOrders orders)
    {
        if (_options.Districts == 0) return orders;
        (_margins ??= new LimitMargins(_options.Districts)).Observe(fleet, orders.Mask);
        return orders with
        {
            Limits = [.. orders.Limits.Select(l =>
            {
                (double riseKw, double dropKw) = _margins.Of(l.District, fleet.AtMs);
                return l with { RiseKw = riseKw, DropKw = dropKw };
            })],
        };
    }

    private PlanView View(FleetSnapshot fleet, HorizonForecast forecast, HorizonProblem problem, DispatchResult result, SetpointBatch[] setpoints, AuditView audit, double seconds, PlanStatus status)
    {
        string hash = PlanHash.Of(fleet, result, setpoints);
        DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(fleet.AtMs);
        return new PlanView(
            string.Create(CultureInfo.InvariantCulture, $"{at:yyyyMMdd'T'HHmm'Z'}-{hash[..8]}"),
            at, (fleet.AtMs - _options.StartMs) / Slots.Ms, status.Name, status.Cause, result.ObjectiveKw, result.BoundKw, result.Gap, seconds,
            problem.Dispatched, setpoints.Sum(b => b.Count), hash, _options.Seed ^ (ulong)fleet.AtMs,
            [.. fleet.Shards.Select(s => s.JournalSequence)],
            new LoadCurves(at, Slots.Minutes, problem.OriginalKw, problem.ChargeOnlyKw, result.AfterKw),
            audit, _clock.GetUtcNow(),
            problem.Instance.PeakWeight > 0 ? "peak" : "flattest", problem.Instance.PeakWeight,
            new PriceCurve(at - (problem.Instance.PastLoadKw.Length * TimeSpan.FromMinutes(Slots.Minutes)), Slots.Minutes, problem.Instance.PastLoadKw.Length, result.Prices),
            forecast.Band is { } band ? new ForecastBand(_forecast.Description, band.LowKw, band.HighKw) : null);
    }

    /// <summary>Realized load after dispatch of the present calendar day, as far back as it is known without a hole.</summary>
    private double[] PastOfDay(long atMs)
    {
        int today = _calendar.DayNumber(atMs);
        var past = new List<double>();
        long expected = atMs - Slots.Ms;
        foreach (RealizedSlot slot in _board.NewestFirst())
        {
            if (slot.AtMs != expected || _calendar.DayNumber(slot.AtMs) != today) break;
            past.Add(slot.AfterKw);
            expected -= Slots.Ms;
        }
        past.Reverse();
        return [.. past];
    }

    private static string[] Ids(SetpointBatch batch, IVehicleIds ids) =>
        [.. batch.Vehicle.Select(v => System.Text.Encoding.UTF8.GetString(ids.Utf8(v)))];
}
