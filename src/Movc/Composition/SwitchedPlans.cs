using Movc.Domain.Queries;

namespace Movc.Composition;

/// <summary>The plans of the present session, for a page that outlives sessions.</summary>
internal sealed class SwitchedPlans(IPlanQueries first) : IPlanQueries
{
    private volatile IPlanQueries _now = first;

    public void Switch(IPlanQueries to) => _now = to;

    public ValueTask<PlanView?> LatestAsync(CancellationToken cancellationToken) => _now.LatestAsync(cancellationToken);

    public ValueTask<IReadOnlyList<PlanBrief>> RecentAsync(int count, CancellationToken cancellationToken) => _now.RecentAsync(count, cancellationToken);

    public ValueTask<BundleView?> BundleAsync(string? id, CancellationToken cancellationToken) => _now.BundleAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<BundleBrief>> BundlesAsync(int count, CancellationToken cancellationToken) => _now.BundlesAsync(count, cancellationToken);

    public ValueTask<LoadCurves?> HistoryAsync(DateTimeOffset? from, CancellationToken cancellationToken) => _now.HistoryAsync(from, cancellationToken);

    public ValueTask<ForesightView?> ForesightAsync(DateTimeOffset? from, CancellationToken cancellationToken) => _now.ForesightAsync(from, cancellationToken);
}
