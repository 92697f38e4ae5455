using Movc.Domain.Queries;
using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Plans;

/// <summary>The plan in force and the realized intervals, for whoever asks; safe from any thread.</summary>
public sealed class PlanBoard : IPlanQueries
{
    /// <summary>Intervals kept at hand: four weeks.</summary>
    public const int Capacity = 28 * Slots.PerDay;

    /// <summary>Plans kept at hand in a line each: a week.</summary>
    public const int PlanCapacity = 7 * Slots.PerDay;

    private readonly Lock _lock = new();
    private readonly List<PlanBrief> _plans;
    private readonly List<RealizedSlot> _realized;
    private readonly IPlanStore _store;
    private PlanView? _latest;

    public PlanBoard(IPlanStore store)
    {
        _store = store;
        _plans = [.. store.Recent(PlanCapacity)];
        _realized = [.. store.Realized(long.MinValue).TakeLast(Capacity)];
    }

    /// <summary>Makes a plan the one in force.</summary>
    public void Show(PlanView plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        lock (_lock)
        {
            while (_plans.Count > 0 && _plans[^1].At >= plan.At) _plans.RemoveAt(_plans.Count - 1);
            if (_plans.Count == PlanCapacity) _plans.RemoveAt(0);
            _plans.Add(new PlanBrief(plan.Id, plan.At, plan.Status, plan.ObjectiveKw, plan.BoundKw, plan.Gap, plan.Seconds));
        }
        Volatile.Write(ref _latest, plan);
    }

    /// <summary>Adds an interval that is over.</summary>
    /// <param name="slot">The interval.</param>
    /// <param name="stored">True when the caller stores it itself, with its plan.</param>
    public void Add(RealizedSlot slot, bool stored)
    {
        if (!stored) _store.Add(slot);
        lock (_lock)
        {
            while (_realized.Count > 0 && _realized[^1].AtMs >= slot.AtMs) _realized.RemoveAt(_realized.Count - 1);
            if (_realized.Count == Capacity) _realized.RemoveAt(0);
            _realized.Add(slot);
        }
    }

    public ValueTask<BundleView?> BundleAsync(string? id, CancellationToken cancellationToken) => ValueTask.FromResult(_store.Bundle(id));

    public ValueTask<IReadOnlyList<BundleBrief>> BundlesAsync(int count, CancellationToken cancellationToken) => ValueTask.FromResult(_store.Bundles(count));

    /// <summary>Realized intervals, newest first.</summary>
    public IReadOnlyList<RealizedSlot> NewestFirst()
    {
        lock (_lock) return [.. Enumerable.Reverse(_realized)];
    }

    public ValueTask<PlanView?> LatestAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Volatile.Read(ref _latest));

    public ValueTask<IReadOnlyList<PlanBrief>> RecentAsync(int count, CancellationToken cancellationToken)
    {
        lock (_lock) return ValueTask.FromResult<IReadOnlyList<PlanBrief>>([.. _plans.TakeLast(count)]);
    }

    public ValueTask<LoadCurves?> HistoryAsync(DateTimeOffset? from, CancellationToken cancellationToken)
    {
        RealizedSlot[] slots = Axis(from);
        if (slots.Length == 0) return ValueTask.FromResult<LoadCurves?>(null);
        return ValueTask.FromResult<LoadCurves?>(new LoadCurves(
            DateTimeOffset.FromUnixTimeMilliseconds(slots[0].AtMs), Slots.Minutes,
            [.. slots.Select(s => s.OriginalKw)], [.. slots.Select(s => s.ChargeOnlyKw)], [.. slots.Select(s => s.AfterKw)]));
    }

    public ValueTask<ForesightView?> ForesightAsync(DateTimeOffset? from, CancellationToken cancellationToken)
    {
        RealizedSlot[] slots = Axis(from);
        return ValueTask.FromResult(slots.Length == 0 ? null : ForesightReport.Of(slots, Volatile.Read(ref _latest)?.Forecast?.Forecaster ?? string.Empty));
    }

    /// <summary>The newest intervals without a hole between them: one time axis has no room for one, what lies before stays in the store.</summary>
    private RealizedSlot[] Axis(DateTimeOffset? from)
    {
        long fromMs = from?.ToUnixTimeMilliseconds() ?? long.MinValue;
        RealizedSlot[] slots;
        lock (_lock) slots = [.. _realized.Where(s => s.AtMs >= fromMs)];
        int first = slots.Length - 1;
        while (first > 0 && slots[first].AtMs - slots[first - 1].AtMs == Slots.Ms) first--;
        return first > 0 ? slots[first..] : slots;
    }
}
