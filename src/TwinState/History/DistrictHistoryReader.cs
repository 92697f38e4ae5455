using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.TwinState.Shards;
using Movc.TwinState.Snapshots;
using Movc.TwinState.Store;

namespace Movc.TwinState.History;

/// <summary>
/// Reads what the vehicles at each district's plugs drew in a period that is over, by all that is known of it today: news that came late stands
/// where it belongs, not where it was told.
/// </summary>
/// <param name="store">Read only; another process may write to it.</param>
/// <param name="model">What the city's twin reckons with.</param>
public sealed class DistrictHistoryReader(IEventReader store, FleetModel model)
{
    /// <summary>News that comes later than this after the period is not looked for; older ones a twin refuses.</summary>
    private const long LatestNewsMs = 7 * Slots.PerDay * Slots.Ms;

    private readonly ShardLoader _loader = new(store, model, isLive: false);

    /// <summary>Reads.</summary>
    /// <param name="fromMs">Start of an interval whose setpoints every journal holds, Unix milliseconds UTC.</param>
    /// <param name="slots">Length of the period; it must be over.</param>
    /// <param name="onShard">Told of every shard that is done, from any thread.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Mean power by district and interval, kW, charging positive.</returns>
    public async Task<double[][]> ReadAsync(long fromMs, int slots, Action onShard, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        IReadOnlyList<ShardPosition> shards = await store.ReadPositionsAsync(cancellationToken);
        var parts = new double[shards.Count][][];
        await Parallel.ForAsync(0, shards.Count, cancellationToken, async (s, token) =>
        {
            int shard = shards[s].Shard;
            long first = await store.FindAsync(shard, fromMs, token), last = await store.FindAsync(shard, fromMs + (slots * Slots.Ms) + LatestNewsMs, token);
            (ShardState state, _) = await _loader.LoadAsync(shard, first, long.MaxValue, token);
            state.AdvanceTo(fromMs);
            state.Energy.Begin(fromMs);
            var fold = new HindsightFold(state);
            if (last > first) await store.ReadJournalAsync(shard, new JournalRange(first, last, state.Columns.Count), fold, token);
            parts[s] = fold.DistrictKw(fromMs, slots);
            onShard();
        });
        // In the order of the shards: sums do not depend on the threads.
        double[][] sum = [.. model.Districts.Names.Select(_ => new double[slots])];
        foreach (double[][] part in parts)
        {
            for (int d = 0; d < sum.Length; d++)
            {
                for (int t = 0; t < slots; t++) sum[d][t] += part[d][t];
            }
        }
        return sum;
    }
}
