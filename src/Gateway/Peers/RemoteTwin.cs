using System.Globalization;
using System.Net;
using Movc.Domain.Queries;

namespace Movc.Gateway.Peers;

/// <summary>
/// The twin as its processes hold it together: asks all of them and puts the city together. A shard that nobody holds is shown as it
/// was known last, and said so with the time since when.
/// </summary>
public sealed class RemoteTwin : ITwinQueries, IDisposable
{
    private readonly PeerClient _client;
    private readonly Troubles _amiss;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, ShardStatus> _known = [];
    private IReadOnlyDictionary<string, long> _letters = new Dictionary<string, long>(StringComparer.Ordinal);
    private int _partitions;
    private long _reachedMs = long.MinValue;

    /// <param name="addresses">Where its processes are.</param>
    /// <param name="token">Between the roles; null = none.</param>
    /// <param name="clock">Tells since when something is amiss.</param>
    public RemoteTwin(PeerAddresses addresses, string? token, TimeProvider clock)
    {
        _client = new PeerClient(addresses, token);
        _amiss = new Troubles(clock);
    }

    /// <summary>What else keeps the city from being whole, told beside the twin's own troubles.</summary>
    public IReadOnlyList<Func<Trouble?>> OtherTroubles { get; init; } = [];

    /// <summary>Instant that the source had reached in every partition when <see cref="PositionsAsync"/> was last answered whole, Unix milliseconds UTC; <see cref="long.MinValue"/> before.</summary>
    public long ReachedMs => Interlocked.Read(ref _reachedMs);

    /// <exception cref="HttpRequestException">No process has ever answered.</exception>
    public async ValueTask<TwinStatus> StatusAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<PeerAnswer<TwinMemberStatus>> answers = await _client.AskAllAsync<TwinMemberStatus>("/internal/v1/twin", cancellationToken);
        TwinMemberStatus[] members = [.. answers.Select(a => a.Value).OfType<TwinMemberStatus>()];
        lock (_lock)
        {
            // What a later writer was once heard of, an earlier one no longer tells the truth about.
            ShardStatus[] held = [.. Newest(members).Where(s => !_known.TryGetValue(s.Shard, out ShardStatus? known) || s.WriterEpoch >= known.WriterEpoch)];
            foreach (ShardStatus shard in held) _known[shard.Shard] = shard;
            if (members.Length > 0) _letters = members[0].DeadLettersByReason;
            if (_known.Count == 0 && members.Length == 0)
                throw new HttpRequestException($"the twin at {_client.Addresses} cannot be asked ({answers.Select(a => a.Fault).FirstOrDefault(f => f.Length > 0) ?? "the name is not known"})");
            Trouble? amiss = _amiss.Note(Amiss(answers, members, held));
            Trouble? trouble = members.Select(m => m.Trouble).Prepend(amiss).Concat(OtherTroubles.Select(t => t())).FirstOrDefault(t => t is not null);
            return TwinStatus.Of([.. _known.Values], _letters, trouble) with { Holdings = Holdings(answers, held) };
        }
    }

    /// <exception cref="HttpRequestException">No process answers.</exception>
    public async ValueTask<CityStateView> CityAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<PeerAnswer<CityStateView>> answers = await _client.AskAllAsync<CityStateView>("/internal/v1/twin/city", cancellationToken);
        CityStateView[] parts = [.. answers.Select(a => a.Value).OfType<CityStateView>()];
        if (parts.Length == 0) throw new HttpRequestException($"the twin at {_client.Addresses} cannot be asked");
        TwinStatus status = await StatusAsync(cancellationToken);
        return CityStateView.Merge(parts, status.Holdings is { Count: > 0 } holdings && holdings.All(h => h.Holder.Length > 0));
    }

    public async ValueTask<IReadOnlyList<SourceStatus>> SourcesAsync(CancellationToken cancellationToken)
    {
        await StatusAsync(cancellationToken);
        lock (_lock) return SourceStatus.Merge(_known.Values.SelectMany(s => s.Sources));
    }

    public async ValueTask<PastSpan?> PastSpanAsync(CancellationToken cancellationToken) =>
        await _client.AskAnyAsync<PastSpan>("twin", "/internal/v1/twin/past", cancellationToken);

    public async ValueTask<CityStateView?> PastCityAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        await _client.AskAnyAsync<CityStateView>("twin", string.Create(CultureInfo.InvariantCulture, $"/internal/v1/twin/past/city?atMs={at.ToUnixTimeMilliseconds()}"), cancellationToken);

    public async ValueTask<VehicleView?> PastVehicleAsync(string vehicleId, DateTimeOffset at, CancellationToken cancellationToken) =>
        await _client.AskAnyAsync<VehicleView>(
            "twin", string.Create(CultureInfo.InvariantCulture, $"/internal/v1/twin/past/vehicles/{Uri.EscapeDataString(vehicleId)}?atMs={at.ToUnixTimeMilliseconds()}"), cancellationToken);

    /// <exception cref="HttpRequestException">Nobody holds the vehicle's shard now.</exception>
    public async ValueTask<VehicleView?> VehicleAsync(string vehicleId, CancellationToken cancellationToken) =>
        await AskHolderAsync<VehicleView>($"/internal/v1/twin/vehicles/{Uri.EscapeDataString(vehicleId)}", cancellationToken);

    /// <exception cref="HttpRequestException">Nobody holds the vehicle's shard now.</exception>
    public async ValueTask<IReadOnlyList<VehicleEventView>?> VehicleEventsAsync(string vehicleId, int limit, CancellationToken cancellationToken) =>
        await AskHolderAsync<VehicleEventView[]>(string.Create(CultureInfo.InvariantCulture, $"/internal/v1/twin/vehicles/{Uri.EscapeDataString(vehicleId)}/events?limit={limit}"), cancellationToken);

    public async ValueTask<IReadOnlyList<DeadLetterView>> DeadLettersAsync(string? reason, int limit, CancellationToken cancellationToken) =>
        await _client.AskAnyAsync<DeadLetterView[]>(
            "twin", string.Create(CultureInfo.InvariantCulture, $"/internal/v1/twin/dead-letters?limit={limit}{(reason is null ? string.Empty : $"&reason={Uri.EscapeDataString(reason)}")}"), cancellationToken) ?? [];

    /// <summary>Where a source stands in every partition, in their order; null while some partition is held by nobody.</summary>
    public async Task<IReadOnlyList<SourcePosition>?> PositionsAsync(string sourceUri, CancellationToken cancellationToken)
    {
        IReadOnlyList<PeerAnswer<SourcePositions>> answers = await _client.AskAllAsync<SourcePositions>($"/internal/v1/twin/positions?source={Uri.EscapeDataString(sourceUri)}", cancellationToken);
        SourcePositions[] told = [.. answers.Select(a => a.Value).OfType<SourcePositions>()];
        // Told by two at a hand-over: from the earlier on the source sends again what is then seen to be known.
        SourcePosition[] positions = [.. told.SelectMany(t => t.Known).GroupBy(p => p.Shard).Select(g => g.MinBy(p => p.ReachedMs)).OrderBy(p => p.Shard)];
        if (told.Length == 0 || positions.Length != told[0].Partitions) return null;
        Interlocked.Exchange(ref _reachedMs, positions.Min(p => p.ReachedMs));
        return positions;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Every shard that was ever heard of, with who holds it now.</summary>
    private ShardHolding[] Holdings(IReadOnlyList<PeerAnswer<TwinMemberStatus>> answers, ShardStatus[] held)
    {
        string HolderOf(ShardStatus shard) => held.Contains(shard)
            ? answers.First(a => a.Value is { } member && member.Shards.Contains(shard)).Peer.Authority
            : string.Empty;
        int partitions = answers.Select(a => a.Value?.Partitions ?? 0).Append(_partitions).Max();
        _partitions = partitions;
        return [.. Enumerable.Range(0, partitions).Select(p => _known.TryGetValue(p, out ShardStatus? shard) ? ShardHolding.Of(shard, HolderOf(shard)) : new ShardHolding(p, string.Empty, 0, null, 0))];
    }

    private static ShardStatus[] Newest(IEnumerable<TwinMemberStatus> members) =>
        [.. members.SelectMany(m => m.Shards).GroupBy(s => s.Shard).Select(g => g.MaxBy(s => s.WriterEpoch)!)];

    private static string? Amiss(IReadOnlyList<PeerAnswer<TwinMemberStatus>> answers, TwinMemberStatus[] members, ShardStatus[] held)
    {
        int partitions = members.Length > 0 ? members[0].Partitions : 0;
        if (members.Length > 0 && held.Length == partitions) return null;
        string faults = string.Join("; ", answers.Select(a => a.Fault).Where(f => f.Length > 0).Distinct(StringComparer.Ordinal));
        string who = members.Length == 0 ? "no process of the twin answers" : $"{partitions - held.Length} of {partitions} shards are held by no process of the twin";
        return $"{who}{(faults.Length > 0 ? $" ({faults})" : string.Empty)}; what is shown of them was known last";
    }

    private async Task<T?> AskHolderAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        IReadOnlyList<PeerAnswer<T>> answers = await _client.AskAllAsync<T>(path, cancellationToken);
        foreach (PeerAnswer<T> answer in answers)
        {
            if (answer.Value is { } value) return value;
        }
        if (answers.Any(a => a.Status == HttpStatusCode.NotFound)) return null;
        string faults = string.Join("; ", answers.Where(a => a.Status != HttpStatusCode.MisdirectedRequest).Select(a => a.Fault).Distinct(StringComparer.Ordinal));
        throw new HttpRequestException($"the vehicle's shard is held by no process of the twin that answers{(faults.Length > 0 ? $" ({faults})" : string.Empty)}");
    }
}
