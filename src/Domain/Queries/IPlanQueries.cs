namespace Movc.Domain.Queries;

/// <summary>What may be asked of the optimizer, in-process or over HTTP.</summary>
public interface IPlanQueries
{
    /// <summary>The plan in force, or null before the first.</summary>
    ValueTask<PlanView?> LatestAsync(CancellationToken cancellationToken);

    /// <summary>The newest plans, oldest of them first.</summary>
    /// <param name="count">At most so many, 1 to 1,008 (a week).</param>
    ValueTask<IReadOnlyList<PlanBrief>> RecentAsync(int count, CancellationToken cancellationToken);

    /// <summary>A plan's bundle; null where none of it is kept.</summary>
    /// <param name="id">The plan; null = the newest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<BundleView?> BundleAsync(string? id, CancellationToken cancellationToken);

    /// <summary>The newest bundles, oldest of them first.</summary>
    /// <param name="count">At most so many, 1 to 1,008 (a week).</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<BundleBrief>> BundlesAsync(int count, CancellationToken cancellationToken);

    /// <summary>Realized load curves from the instant on (at most 4,032 intervals, the newest win).</summary>
    ValueTask<LoadCurves?> HistoryAsync(DateTimeOffset? from, CancellationToken cancellationToken);

    /// <summary>What was foreseen of the same intervals, and what came; null before the first is over.</summary>
    ValueTask<ForesightView?> ForesightAsync(DateTimeOffset? from, CancellationToken cancellationToken);
}
