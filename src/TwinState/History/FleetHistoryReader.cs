using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.TwinState.Shards;
using Movc.TwinState.Snapshots;
using Movc.TwinState.Store;

namespace Movc.TwinState.History;

/// <summary>Reads from the journals what the willing vehicles did at the plug in a period that is over.</summary>
/// <param name="store">Read only; another process may write to it.</param>
/// <param name="model">What the city's twin reckons with.</param>
public sealed class FleetHistoryReader(IEventReader store, FleetModel model)
{
    private readonly ShardLoader _loader = new(store, model, isLive: false);

    /// <summary>Reads.</summary>
    /// <param name="fromMs">Start of an interval whose setpoints every journal holds, Unix milliseconds UTC.</param>
    /// <param name="slots">Length of the period; it must be over.</param>
    /// <param name="onShard">Told of every shard that is done, from any thread.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<FleetHistory> ReadAsync(long fromMs, int slots, Action onShard, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        IReadOnlyList<ShardPosition> shards = await store.ReadPositionsAsync(cancellationToken);
        var recorders = new StayRecorder[shards.Count];
        await Parallel.ForAsync(0, shards.Count, cancellationToken, async (s, token) =>
        {
            int shard = shards[s].Shard;
            long first = await store.FindAsync(shard, fromMs, token), last = await store.FindAsync(shard, fromMs + (slots * Slots.Ms), token);
            (ShardState state, _) = await _loader.LoadAsync(shard, first, long.MaxValue, token);
            state.AdvanceTo(fromMs);
            recorders[s] = new StayRecorder(state, first, fromMs, slots);
            if (last > first) await store.ReadJournalAsync(shard, recorders[s].Range(last), recorders[s], token);
            recorders[s].Finish();
            onShard();
        });
        return FleetHistoryColumns.Assemble(fromMs, slots, [.. recorders.Select(r => r.Ledger)]);
    }
}
