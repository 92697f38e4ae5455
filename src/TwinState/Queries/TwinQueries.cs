using System.Text;
using Movc.Database;
using Movc.Domain.Queries;
using Movc.TwinState.History;
using Movc.TwinState.Shards;
using Movc.TwinState.Store;

namespace Movc.TwinState.Queries;

/// <summary>Answers about the shards held here, from their columns and the store.</summary>
internal sealed class TwinQueries(ShardSet shards, IEventStore store, TwinOptions options) : ITwinMember
{
    private readonly PastReader _past = new(store, options.Model, options.Districts);
    private volatile IReadOnlyDictionary<string, long> _letters = new Dictionary<string, long>(StringComparer.Ordinal);

    public async ValueTask<TwinStatus> StatusAsync(CancellationToken cancellationToken)
    {
        TwinMemberStatus status = await MemberStatusAsync(cancellationToken);
        return TwinStatus.Of(status.Shards, status.DeadLettersByReason, status.Trouble) with { Holdings = [.. status.Shards.Select(s => ShardHolding.Of(s, ShardHolding.ThisProcess))] };
    }

    public async ValueTask<TwinMemberStatus> MemberStatusAsync(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, long> letters = await LettersAsync(cancellationToken);
        return new TwinMemberStatus(Partitions, [.. shards.Held.Select(s => s.Status())], letters, store.Trouble);
    }

    public ValueTask<CityStateView> CityAsync(CancellationToken cancellationToken)
    {
        Shard[] held = [.. shards.Held];
        var sums = new DistrictSums(options.Districts);
        UInt128 hash = UInt128.Zero;
        long atMs = long.MaxValue;
        foreach (Shard shard in held)
        {
            // Each at its own instant: they are never more than an interval apart.
            hash = Domain.Hashing.StateHash.Combine(hash, shard.Read(state =>
            {
                sums.Add(state, Math.Max(0, state.NowMs));
                atMs = Math.Min(atMs, Math.Max(0, state.NowMs));
                return state.Hash();
            }));
        }
        return ValueTask.FromResult(new CityStateView(
            DateTimeOffset.FromUnixTimeMilliseconds(held.Length == 0 ? 0 : atMs), sums.City(), sums.Districts(), Domain.Hashing.StateHash.ToHex(hash), held.Length == Partitions, 0));
    }

    public ValueTask<IReadOnlyList<SourceStatus>> SourcesAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(SourceStatus.Merge(shards.Held.SelectMany(s => s.Status().Sources)));

    public ValueTask<PastSpan?> PastSpanAsync(CancellationToken cancellationToken) => _past.PastSpanAsync(cancellationToken);

    public ValueTask<CityStateView?> PastCityAsync(DateTimeOffset at, CancellationToken cancellationToken) => _past.PastCityAsync(at, cancellationToken);

    public ValueTask<VehicleView?> PastVehicleAsync(string vehicleId, DateTimeOffset at, CancellationToken cancellationToken) => _past.PastVehicleAsync(vehicleId, at, cancellationToken);

    public int Partitions => shards.Partitions;

    public bool Holds(string vehicleId) => shards.Of(vehicleId) is not null;

    public IReadOnlyList<SourcePosition> Positions(string sourceUri) => [.. shards.Held.Select(s => s.Resume(sourceUri))];

    public IReadOnlyList<ShardHash> Hashes() =>
        [.. shards.Held.Select(s => new ShardHash(s.Partition, Domain.Hashing.StateHash.ToHex(s.Read(state => state.Hash()))))];

    /// <summary>While the store is in trouble the counts known last; the trouble stands beside them.</summary>
    private async ValueTask<IReadOnlyDictionary<string, long>> LettersAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (store.Trouble is null) _letters = await store.CountDeadLettersAsync(cancellationToken);
        }
        catch (StoreException) when (store.Trouble is not null)
        {
            // It began while we asked.
        }
        return _letters;
    }

    public ValueTask<VehicleView?> VehicleAsync(string vehicleId, CancellationToken cancellationToken) => ValueTask.FromResult(Shard(vehicleId).Read(state =>
    {
        int i = state.Find(Encoding.UTF8.GetBytes(vehicleId));
        return i < 0 || state.Columns.Version[i] == 0 ? null : VehicleViews.Of(state, i, vehicleId);
    }));

    public async ValueTask<IReadOnlyList<VehicleEventView>?> VehicleEventsAsync(string vehicleId, int limit, CancellationToken cancellationToken)
    {
        Shard shard = Shard(vehicleId);
        if (shard.NewestStored(Encoding.UTF8.GetBytes(vehicleId)) is not { } newest) return null;
        IReadOnlyList<StoredEvent> events = await store.ReadVehicleAsync(shard.Partition, newest, limit, cancellationToken);
        return VehicleViews.Of(events);
    }

    public async ValueTask<IReadOnlyList<DeadLetterView>> DeadLettersAsync(string? reason, int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredDeadLetter> letters = await store.ReadDeadLettersAsync(reason, limit, cancellationToken);
        return
        [
            .. letters.Select(l => new DeadLetterView(
                l.Id, Instant(l.Letter.RecordedAtMs), l.ReasonName, l.Letter.Detail, l.Letter.Source, l.Letter.Reference,
                l.Letter.Key, Convert.ToBase64String(l.Letter.Payload.Span))),
        ];
    }

    private Shard Shard(string vehicleId) => shards.Of(vehicleId) ?? throw new InvalidOperationException($"the shard of \"{vehicleId}\" is held by another process");

    private static DateTimeOffset Instant(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
