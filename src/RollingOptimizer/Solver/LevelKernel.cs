using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// The vehicle kernel for a price vector of few levels: the slots of a stay that follow one another at one level are taken as one
/// long slot, which is exact because within equal prices a path never both charges and discharges. It gives sums by level only.
/// </summary>
internal sealed class LevelKernel
{
    private readonly PreparedFleet _fleet;
    private readonly PriceLevels _levels;
    private readonly PriceRanks _ranks;
    private readonly int _guard;
    private readonly ulong[] _words;
    private readonly int[] _length;
    private readonly long[] _taken;
    private readonly long[] _available;

    public LevelKernel(PreparedFleet fleet, PriceLevels levels)
    {
        _fleet = fleet;
        _levels = levels;
        _ranks = levels.Ranks;
        int steps = levels.Price.Length;
        _guard = PriceRanks.Guard(steps);
        _words = new ulong[PriceRanks.Words(steps)];
        _words[0] = 1UL << 63;
        _words[^1] = 1;
        _length = new int[_words.Length * 64];
        _taken = new long[_words.Length * 64];
        _available = new long[steps];
    }

    /// <summary>Adds the energy charged and discharged per level by the vehicles run so far, units.</summary>
    public void AddTo(long[] charged, long[] discharged)
    {
        for (int k = 0; k < _available.Length; k++)
        {
            charged[k] += _available[k] - _taken[_ranks.Charge[k]];
            discharged[k] += _taken[_ranks.Discharge[k]];
        }
    }

    public void Run(int vehicle)
    {
        PreparedFleet fleet = _fleet;
        Domain.Dispatch.DispatchInstance x = fleet.Instance;
        int perWh = fleet.Units.PerWh, a = fleet.Units.PerChargeWatt, b = fleet.Units.PerDischargeWatt;
        ref ulong words = ref MemoryMarshal.GetArrayDataReference(_words);
        ref int length = ref MemoryMarshal.GetArrayDataReference(_length);
        ref long taken = ref MemoryMarshal.GetArrayDataReference(_taken);
        ref long available = ref MemoryMarshal.GetArrayDataReference(_available);
        ref ushort chargeRank = ref MemoryMarshal.GetReference(_ranks.Charge);
        ref ushort dischargeRank = ref MemoryMarshal.GetReference(_ranks.Discharge);
        ref int levelOf = ref MemoryMarshal.GetArrayDataReference(_levels.LevelOfSlot);
        ref int runStart = ref MemoryMarshal.GetArrayDataReference(_levels.RunStart);
        int guard = _guard;
        _words.AsSpan(1, _words.Length - 2).Clear();

        int capacity = x.CapacityWh[vehicle] * perWh;
        int low = fleet.FinalMinWh[vehicle] * perWh;
        int first = guard, last = PriceRanks.Base - 1;
        if (capacity > low) Segments.Add(ref words, ref length, ref first, ref last, _ranks.Free, capacity - low);

        int stayFrom = x.StayOffset[vehicle], stayTo = x.StayOffset[vehicle + 1];
        for (int s = stayTo - 1; s >= stayFrom; s--)
        {
            int drain = fleet.TripWh[s] * perWh;
            if (drain > 0)
            {
                int room = capacity - low;
                if (room > 0) Segments.CutHigh(ref words, ref length, ref first, ref last, Math.Min(drain, room), guard);
                low += drain;
            }
            int need = fleet.NeededWh[s] * perWh;
            if (need > low)
            {
                Segments.CutLow(ref words, ref length, ref taken, ref first, ref last, need - low);
                low = need;
            }

            int start = x.StartSlot[s];
            long chargePerSlot = (long)x.MaxChargeW[s] * a, dischargePerSlot = (long)x.MaxDischargeW[s] * b;
            for (int t = x.EndSlot[s] - 1; t >= start;)
            {
                int from = Math.Max(start, Unsafe.Add(ref runStart, t));
                int level = Unsafe.Add(ref levelOf, t);
                int slots = t - from + 1;
                t = from - 1;

                // More than the whole battery can never pass in one direction.
                int charge = (int)Math.Min(capacity, chargePerSlot * slots);
                int discharge = (int)Math.Min(capacity, dischargePerSlot * slots);
                Unsafe.Add(ref available, level) += charge;
                int r = Unsafe.Add(ref chargeRank, level);
                if (low >= charge)
                {
                    if (charge > 0) Segments.Add(ref words, ref length, ref first, ref last, r, charge);
                    low -= charge;
                }
                else if (low == 0 && r < first)
                {
                    Unsafe.Add(ref taken, r) += charge;
                }
                else
                {
                    Segments.Add(ref words, ref length, ref first, ref last, r, charge);
                    Segments.CutLow(ref words, ref length, ref taken, ref first, ref last, charge - low);
                    low = 0;
                }

                r = Unsafe.Add(ref dischargeRank, level);
                if (r < last && discharge > 0)
                {
                    Segments.Add(ref words, ref length, ref first, ref last, r, discharge);
                    Segments.CutHigh(ref words, ref length, ref first, ref last, discharge, guard);
                }
            }
        }

        int initial = x.InitialWh[vehicle] * perWh;
        if (initial > low) Segments.CutLow(ref words, ref length, ref taken, ref first, ref last, initial - low);
    }
}
