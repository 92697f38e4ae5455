using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Movc.VehicleKernel.Storage;

/// <summary>
/// The vehicle kernel for a price vector of few levels: the slots of a stay that follow one another at one level are taken as one
/// long slot, which is exact because within equal prices a path never both charges and discharges. It gives sums by level only.
/// </summary>
public sealed class LevelKernel
{
    private readonly FleetColumns _fleet;
    private readonly int[] _levelOfSlot;
    private readonly int[] _runStart;
    private readonly PriceRanks _ranks;
    private readonly int _guard;
    private readonly ulong[] _words;
    private readonly int[] _length;
    private readonly long[] _taken;
    private readonly long[] _available;

    /// <param name="fleet">The vehicles.</param>
    /// <param name="ranks">Ranks of the levels' prices.</param>
    /// <param name="levelOfSlot">Level of each slot.</param>
    /// <param name="runStart">First slot of the run of one level in which each slot stands.</param>
    public LevelKernel(FleetColumns fleet, PriceRanks ranks, int[] levelOfSlot, int[] runStart)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(ranks);
        _fleet = fleet;
        _levelOfSlot = levelOfSlot;
        _runStart = runStart;
        _ranks = ranks;
        int steps = ranks.Steps;
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
        ArgumentNullException.ThrowIfNull(charged);
        ArgumentNullException.ThrowIfNull(discharged);
        for (int k = 0; k < _available.Length; k++)
        {
            charged[k] += _available[k] - _taken[_ranks.Charge[k]];
            discharged[k] += _taken[_ranks.Discharge[k]];
        }
    }

    /// <summary>Runs one vehicle.</summary>
    public void Run(int vehicle)
    {
        FleetColumns fleet = _fleet;
        int perWh = fleet.Units.PerWh, a = fleet.Units.PerChargeWatt, b = fleet.Units.PerDischargeWatt;
        ref ulong words = ref MemoryMarshal.GetArrayDataReference(_words);
        ref int length = ref MemoryMarshal.GetArrayDataReference(_length);
        ref long taken = ref MemoryMarshal.GetArrayDataReference(_taken);
        ref long available = ref MemoryMarshal.GetArrayDataReference(_available);
        ref ushort chargeRank = ref MemoryMarshal.GetReference(_ranks.Charge);
        ref ushort dischargeRank = ref MemoryMarshal.GetReference(_ranks.Discharge);
        ref int levelOf = ref MemoryMarshal.GetArrayDataReference(_levelOfSlot);
        ref int runStart = ref MemoryMarshal.GetArrayDataReference(_runStart);
        int guard = _guard;
        _words.AsSpan(1, _words.Length - 2).Clear();

        int capacity = fleet.CapacityWh[vehicle] * perWh;
        int low = fleet.FinalMinWh[vehicle] * perWh;
        int first = guard, last = PriceRanks.Base - 1;
        if (capacity > low) Segments.Add(ref words, ref length, ref first, ref last, _ranks.Free, capacity - low);

        int stayFrom = fleet.StayOffset[vehicle], stayTo = fleet.StayOffset[vehicle + 1];
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

            int start = fleet.StartSlot[s];
            long chargePerSlot = (long)fleet.MaxChargeW[s] * a, dischargePerSlot = (long)fleet.MaxDischargeW[s] * b;
            for (int t = fleet.EndSlot[s] - 1; t >= start;)
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

        int initial = fleet.InitialWh[vehicle] * perWh;
        if (initial > low) Segments.CutLow(ref words, ref length, ref taken, ref first, ref last, initial - low);
    }
}
