using System.Globalization;
using Movc.Domain.Queries;

namespace Movc.Gateway.Peers;

/// <summary>The optimizer's plans, asked over HTTP; while it does not answer, what it said last, and since when.</summary>
public sealed class RemotePlans : IPlanQueries, IDisposable
{
    private readonly PeerClient _client;
    private readonly Troubles _amiss;
    private PlanView? _latest;
    private LoadCurves? _history;
    private ForesightView? _foresight;

    /// <param name="addresses">Where it is.</param>
    /// <param name="token">Between the roles; null = none.</param>
    /// <param name="clock">Tells since when it does not answer.</param>
    public RemotePlans(PeerAddresses addresses, string? token, TimeProvider clock)
    {
        _client = new PeerClient(addresses, token);
        _amiss = new Troubles(clock);
    }

    /// <summary>Since when it does not answer; null = it does.</summary>
    public Trouble? Trouble => _amiss.Now;

    public async ValueTask<PlanView?> LatestAsync(CancellationToken cancellationToken) =>
        _latest = await AskAsync("/internal/v1/plans/latest", _latest, cancellationToken);

    public async ValueTask<IReadOnlyList<PlanBrief>> RecentAsync(int count, CancellationToken cancellationToken) =>
        await AskAsync<PlanBrief[]>(string.Create(CultureInfo.InvariantCulture, $"/internal/v1/plans?count={count}"), [], cancellationToken) ?? [];

    public async ValueTask<BundleView?> BundleAsync(string? id, CancellationToken cancellationToken) =>
        await AskAsync<BundleView>($"/internal/v1/bundles/{(id is null ? "latest" : Uri.EscapeDataString(id))}", null, cancellationToken);

    public async ValueTask<IReadOnlyList<BundleBrief>> BundlesAsync(int count, CancellationToken cancellationToken) =>
        await AskAsync<BundleBrief[]>(string.Create(CultureInfo.InvariantCulture, $"/internal/v1/bundles?count={count}"), [], cancellationToken) ?? [];

    public async ValueTask<LoadCurves?> HistoryAsync(DateTimeOffset? from, CancellationToken cancellationToken) => _history = await AskAsync(Path("history", from), _history, cancellationToken);

    public async ValueTask<ForesightView?> ForesightAsync(DateTimeOffset? from, CancellationToken cancellationToken) => _foresight = await AskAsync(Path("foresight", from), _foresight, cancellationToken);

    public void Dispose() => _client.Dispose();

    private static string Path(string what, DateTimeOffset? from) =>
        string.Create(CultureInfo.InvariantCulture, $"/internal/v1/plans/{what}{(from is { } instant ? $"?fromMs={instant.ToUnixTimeMilliseconds()}" : string.Empty)}");

    private async Task<T?> AskAsync<T>(string path, T? last, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            T? answer = await _client.AskAnyAsync<T>("optimizer", path, cancellationToken);
            _amiss.Note(null);
            return answer;
        }
        catch (HttpRequestException e)
        {
            _amiss.Note($"{e.Message}; the last plan known is shown, and its setpoints run until they expire");
            return last;
        }
    }
}
