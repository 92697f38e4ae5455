using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Setpoints;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>
/// How far what is drawn in a district may come to lie from what a plan says: vehicles come to the plug before the next plan and charge on their
/// own, others leave, fill up or do not follow. Learned from what was measured against what was planned, in the last hour and at this time
/// yesterday, and never less than a plan was missed by within the last day, nor than the strongest vehicle at the district's plugs draws: one
/// more may come, and one may leave (docs/math/limits.md).
/// </summary>
/// <param name="districts">Districts of the city, 1 or more.</param>
public sealed class LimitMargins(int districts)
{
    /// <summary>Standard deviations beside the mean that are kept free [G].</summary>
    public const double Deviations = 5;

    /// <summary>Intervals before, and on either side of this time yesterday, that are looked at [G].</summary>
    private const int LastIntervals = 6;
    private const int YesterdayAround = 3;

    /// <summary>Vehicles that come evenly through an interval draw in its mean half of what they draw afterwards.</summary>
    private const double AfterInterval = 2;

    private readonly double[,] _missKw = new double[Slots.PerDay, districts];
    private readonly double[,] _arrivedKw = new double[Slots.PerDay, districts];
    private readonly long[] _toldMs = new long[Slots.PerDay];
    private readonly double[] _unheardKw = new double[districts];
    private readonly double[] _strongestKw = new double[districts];
    private double[]? _plannedKw;

    /// <summary>Takes note of what a plan has each district draw in the interval that begins.</summary>
    /// <param name="plannedKw">kW by district, charging positive, with what vehicles do on their own.</param>
    public void Note(double[] plannedKw) => _plannedKw = plannedKw;

    /// <summary>Takes what was drawn in the interval that ended with a snapshot; nothing where a part of it is not known.</summary>
    /// <param name="fleet">The fleet at the boundary.</param>
    /// <param name="mask">Says who is silent: of arrivals at those nothing is heard.</param>
    public void Observe(FleetSnapshot fleet, DispatchMask mask)
    {
        double[] silent = SilentShare(fleet, mask);
        NoteStrongest(fleet);
        long slotMs = fleet.AtMs - Slots.Ms;
        int slot = SlotOf(slotMs);
        bool isWhole = fleet.Shards.All(s => s.SlotDistrictKw.Length == districts);
        for (int d = 0; d < districts; d++)
        {
            double arrivedKw = isWhole ? fleet.Shards.Sum(s => s.SlotDistrictArrivedKw[d]) : 0;
            // What was not heard of came all the same, and goes on charging until somebody is heard again.
            double allKw = silent[d] > 0 ? Math.Max(arrivedKw / Math.Max(0.1, 1 - silent[d]), _arrivedKw[slot, d]) : arrivedKw;
            _unheardKw[d] = silent[d] > 0 ? _unheardKw[d] + (AfterInterval * silent[d] * allKw) : 0;
            if (isWhole) _arrivedKw[slot, d] = allKw;
            if (isWhole && _plannedKw is { } planned) _missKw[slot, d] = fleet.Shards.Sum(s => s.SlotDistrictKw[d]) - planned[d];
        }
        if (isWhole && _plannedKw is not null) _toldMs[slot] = slotMs;
        _plannedKw = null;
    }

    /// <summary>By how much more and by how much less may be drawn in the interval that begins at an instant, kW, both 0 or more.</summary>
    public (double RiseKw, double DropKw) Of(int district, long atMs)
    {
        double sum = 0, squares = 0, most = _strongestKw[district], least = -most;
        int count = 0;
        // Few vehicles with quick chargers have misses that no deviation foretells.
        for (int slot = 0; slot < Slots.PerDay; slot++)
        {
            if (_toldMs[slot] < atMs - (Slots.PerDay * Slots.Ms)) continue;
            most = Math.Max(most, _missKw[slot, district]);
            least = Math.Min(least, _missKw[slot, district]);
        }
        for (int k = 1; k <= LastIntervals; k++) Add(atMs - (k * Slots.Ms));
        for (int k = -YesterdayAround; k <= YesterdayAround; k++) Add(atMs + ((k - Slots.PerDay) * Slots.Ms));
        double mean = sum / Math.Max(1, count), deviation = Math.Sqrt(Math.Max(0, (squares / Math.Max(1, count)) - (mean * mean)));
        return (Math.Max(most, mean + (Deviations * deviation)) + _unheardKw[district], Math.Max(-least, (Deviations * deviation) - mean));

        void Add(long slotMs)
        {
            int slot = SlotOf(slotMs);
            if (_toldMs[slot] != slotMs) return;
            double miss = _missKw[slot, district];
            (sum, squares, count) = (sum + miss, squares + (miss * miss), count + 1);
        }
    }

    private void NoteStrongest(FleetSnapshot fleet)
    {
        Array.Clear(_strongestKw);
        foreach (ShardSnapshot shard in fleet.Shards)
        {
            for (int k = 0; k < shard.PluggedCount; k++)
            {
                int d = shard.District[k];
                if ((uint)d < (uint)districts) _strongestKw[d] = Math.Max(_strongestKw[d], shard.MaxChargeW[k] / 1000.0);
            }
        }
    }

    /// <summary>Of the vehicles at each district's plugs, the share of which nothing is heard.</summary>
    private double[] SilentShare(FleetSnapshot fleet, DispatchMask mask)
    {
        var share = new double[districts];
        if (!mask.HasSilent) return share;
        var all = new int[districts];
        foreach (ShardSnapshot shard in fleet.Shards)
        {
            for (int k = 0; k < shard.PluggedCount; k++)
            {
                int d = shard.District[k];
                if ((uint)d >= (uint)districts) continue;
                all[d]++;
                if (mask.IsSilent(shard, k)) share[d]++;
            }
        }
        for (int d = 0; d < districts; d++) share[d] /= Math.Max(1, all[d]);
        return share;
    }

    private static int SlotOf(long atMs) => (int)(((Slots.Floor(atMs) / Slots.Ms % Slots.PerDay) + Slots.PerDay) % Slots.PerDay);
}
