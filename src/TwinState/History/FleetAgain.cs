using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Time;

namespace Movc.TwinState.History;

/// <summary>All shards of a past fleet, lived again in step.</summary>
internal sealed class FleetAgain(IReadOnlyList<PastShard> shards, LifeAgain[] lives, KnownPlugs[]? known, long fromMs, int slots) : IFleetAgain
{
    private int _slot;

    public FleetSnapshot Snapshot()
    {
        long atMs = fromMs + (_slot * Slots.Ms);
        var parts = new ShardSnapshot[lives.Length];
        Parallel.For(0, lives.Length, s => parts[s] = lives[s].Snapshot(atMs, known?[s]));
        return new FleetSnapshot(atMs, parts);
    }

    public async ValueTask<double> FollowAsync(IReadOnlyList<SetpointBatch> setpoints, CancellationToken cancellationToken)
    {
        int slot = _slot++;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, slots, nameof(setpoints));
        await Parallel.ForAsync(0, lives.Length, cancellationToken, async (s, token) =>
        {
            lives[s].Follow(setpoints[s]);
            await shards[s].ReadAsync(slot, slot + 1, lives[s], token);
            lives[s].End(slot);
        });
        // Summed up as in what the fleet came to, so that equal runs are equal to the last bit.
        (double chargedKw, double dischargedKw) = (0, 0);
        foreach (LifeAgain life in lives)
        {
            chargedKw += life.ChargedKw[slot];
            dischargedKw += life.DischargedKw[slot];
        }
        return chargedKw - dischargedKw;
    }

    public PastRun Finish() => PastFleet.RunOf(fromMs, slots, lives);
}
