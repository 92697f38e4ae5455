using Movc.Domain.Fleet;
using Movc.Domain.Hashing;
using Movc.Domain.Places;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.EventLog.Records;
using Movc.TwinState.Queries;
using Movc.TwinState.Shards;
using Movc.TwinState.Snapshots;
using Movc.TwinState.Store;
using System.Text;

namespace Movc.TwinState.History;

/// <summary>
/// Any instant of the past from an event store: of every shard the nearest snapshot before it, then the entries that were recorded by
/// then of what happened before it. An event that came late is not in the state of an instant before it came: what was known then is what is shown.
/// </summary>
/// <param name="store">Read only; another process may write to it.</param>
/// <param name="model">What the city's twin reckons with.</param>
/// <param name="districts">The city's.</param>
public sealed class PastReader(IEventReader store, FleetModel model, IDistrictMap districts) : IPastQueries
{
    private readonly ShardLoader _loader = new(store, model, isLive: false);

    /// <inheritdoc/>
    public async ValueTask<PastSpan?> PastSpanAsync(CancellationToken cancellationToken)
    {
        long first = long.MaxValue, last = long.MaxValue;
        foreach (ShardPosition position in await store.ReadPositionsAsync(cancellationToken))
        {
            if (await store.ReadSpanAsync(position.Shard, cancellationToken) is not { } span) return null;
            // A shard that is behind cannot be asked further than it is.
            (first, last) = (Math.Min(first, span.FirstMs), Math.Min(last, span.LastMs));
        }
        return first == long.MaxValue ? null : new PastSpan(DateTimeOffset.FromUnixTimeMilliseconds(first), DateTimeOffset.FromUnixTimeMilliseconds(last + Slots.Ms));
    }

    /// <inheritdoc/>
    public async ValueTask<CityStateView?> PastCityAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!await IsInSpanAsync(at, cancellationToken)) return null;
        IReadOnlyList<ShardPosition> shards = await store.ReadPositionsAsync(cancellationToken);
        long atMs = at.ToUnixTimeMilliseconds();
        var sums = new DistrictSums[shards.Count];
        var hashes = new UInt128[shards.Count];
        long folded = 0;
        await Parallel.ForAsync(0, shards.Count, cancellationToken, async (s, token) =>
        {
            (ShardState state, long entries) = await StateAsync(shards[s].Shard, atMs, token);
            Interlocked.Add(ref folded, entries);
            sums[s] = new DistrictSums(districts);
            sums[s].Add(state, atMs);
            hashes[s] = state.Hash();
        });
        var city = new DistrictSums(districts);
        foreach (DistrictSums part in sums) city.Add(part);
        return new CityStateView(at, city.City(), city.Districts(), StateHash.ToHex(hashes.Aggregate(UInt128.Zero, StateHash.Combine)), Complete: true, folded);
    }

    /// <inheritdoc/>
    public async ValueTask<VehicleView?> PastVehicleAsync(string vehicleId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!await IsInSpanAsync(at, cancellationToken)) return null;
        IReadOnlyList<ShardPosition> shards = await store.ReadPositionsAsync(cancellationToken);
        byte[] id = Encoding.UTF8.GetBytes(vehicleId);
        (ShardState state, _) = await StateAsync(shards[Murmur2.Partition(id, shards.Count)].Shard, at.ToUnixTimeMilliseconds(), cancellationToken);
        int i = state.Find(id);
        return i < 0 || state.Columns.Version[i] == 0 ? null : VehicleViews.Of(state, i, vehicleId);
    }

    /// <summary>A vehicle's events, newest first; null when the vehicle was never registered.</summary>
    /// <param name="vehicleId">The vehicle.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<IReadOnlyList<VehicleEventView>?> HistoryAsync(string vehicleId, int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<ShardPosition> shards = await store.ReadPositionsAsync(cancellationToken);
        if (shards.Count == 0) return null;
        byte[] id = Encoding.UTF8.GetBytes(vehicleId);
        ShardPosition shard = shards[Murmur2.Partition(id, shards.Count)];
        (ShardState state, _) = await _loader.LoadAsync(shard.Shard, shard.JournalSequence, long.MaxValue, cancellationToken);
        int i = state.Find(id);
        if (i < 0) return null;
        return VehicleViews.Of(await store.ReadVehicleAsync(shard.Shard, state.Columns.LastSequence[i], limit, cancellationToken));
    }

    /// <summary>Hash of a shard's reported state at a place.</summary>
    public async ValueTask<UInt128> HashAsync(ShardPosition position, CancellationToken cancellationToken) =>
        (await _loader.LoadAsync(position.Shard, position.JournalSequence, long.MaxValue, cancellationToken)).State.Hash();

    private async ValueTask<bool> IsInSpanAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        await PastSpanAsync(cancellationToken) is { } span && at >= span.From && at <= span.To;

    private async ValueTask<(ShardState State, long Folded)> StateAsync(int shard, long atMs, CancellationToken cancellationToken)
    {
        long through = await store.FindAsync(shard, atMs, cancellationToken);
        (ShardState state, long folded) = await _loader.LoadAsync(shard, through, atMs, cancellationToken);
        state.AdvanceTo(atMs);
        return (state, folded);
    }
}
