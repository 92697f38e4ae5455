using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Movc.VehicleKernel.Storage;

/// <summary>
/// The exact optimum of one vehicle's storage problem under a price vector (MOVC Eqs. 21-37), by a backward pass over its stays.
/// One kernel belongs to one thread; a run allocates nothing and adds to the sums of the vehicles run since the last clear.
/// </summary>
/// <remarks>
/// The cost-to-go V_t(E) lives on [low, capacity]: waiting is always allowed, so the high end never moves. A slot adds a charging
/// step (which extends the low end) and a discharging step (which pushes as much out at the high end). What is pushed out at the
/// low end is recorded: of a charging step it is charging that is not used, of a discharging step discharging that is.
/// </remarks>
public sealed class SlotKernel
{
    private readonly FleetColumns _fleet;
    private readonly int _slots;
    private readonly int _guard;
    private readonly ulong[] _words;
    private readonly int[] _length;
    private readonly long[] _taken;
    private readonly long[] _availableW;
    private bool _summed;

    /// <param name="fleet">The vehicles; their columns are read at each run.</param>
    public SlotKernel(FleetColumns fleet)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        _fleet = fleet;
        _slots = fleet.Slots;
        _guard = PriceRanks.Guard(_slots);
        _words = new ulong[PriceRanks.Words(_slots)];
        _words[0] = 1UL << 63;
        _words[^1] = 1;
        _length = new int[_words.Length * 64];
        _taken = new long[_words.Length * 64];
        _availableW = new long[_slots + 1];
    }

    /// <summary>Energy recorded per rank over the vehicles run since the last clear, units.</summary>
    public long[] Taken => _taken;

    /// <summary>Differences over slots of the charging power available to those vehicles, W.</summary>
    public long[] AvailableSteps => _availableW;

    /// <summary>Charging less discharging of slot 0 in the last run, W, cut toward zero: within limits and capacity in any replay.</summary>
    public int FirstSlotPowerW { get; private set; }

    /// <summary>Forgets the vehicles run so far.</summary>
    public void Clear()
    {
        Array.Clear(_taken);
        Array.Clear(_availableW);
        _summed = false;
    }

    /// <summary>Runs one vehicle and adds it to the sums.</summary>
    /// <param name="ranks">Ranks of the prices that it answers; as many slots as the fleet's horizon.</param>
    /// <param name="vehicle">Index in the columns.</param>
    public void Run(PriceRanks ranks, int vehicle)
    {
        Debug.Assert(ranks.Steps == _slots, "ranks of another horizon");
        FleetColumns fleet = _fleet;
        int perWh = fleet.Units.PerWh, a = fleet.Units.PerChargeWatt, b = fleet.Units.PerDischargeWatt;
        ref ulong words = ref MemoryMarshal.GetArrayDataReference(_words);
        ref int length = ref MemoryMarshal.GetArrayDataReference(_length);
        ref long taken = ref MemoryMarshal.GetArrayDataReference(_taken);
        ref ushort chargeRank = ref MemoryMarshal.GetReference(ranks.Charge);
        ref ushort dischargeRank = ref MemoryMarshal.GetReference(ranks.Discharge);
        int guard = _guard;
        _words.AsSpan(1, _words.Length - 2).Clear();

        int capacity = fleet.CapacityWh[vehicle] * perWh;
        int low = fleet.FinalMinWh[vehicle] * perWh;
        int first = guard, last = PriceRanks.Base - 1;
        if (capacity > low) Segments.Insert(ref words, ref length, ref first, ref last, ranks.Free, capacity - low);

        int stayFrom = fleet.StayOffset[vehicle], stayTo = fleet.StayOffset[vehicle + 1];
        bool atStart = stayFrom < stayTo && fleet.StartSlot[stayFrom] == 0;
        long chargeBefore = atStart ? Unsafe.Add(ref taken, chargeRank) : 0;
        long dischargeBefore = atStart ? Unsafe.Add(ref taken, dischargeRank) : 0;

        for (int s = stayTo - 1; s >= stayFrom; s--)
        {
            int drain = fleet.TripWh[s] * perWh;
            if (drain > 0)
            {
                // Everything above capacity − drain after the trip would have been above capacity before it.
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

            int start = fleet.StartSlot[s], end = fleet.EndSlot[s];
            int charge = fleet.MaxChargeW[s] * a, discharge = fleet.MaxDischargeW[s] * b;
            _availableW[start] += fleet.MaxChargeW[s];
            _availableW[end] -= fleet.MaxChargeW[s];
            for (int t = end - 1; t >= start; t--)
            {
                int r = Unsafe.Add(ref chargeRank, t);
                if (low >= charge)
                {
                    if (charge > 0) Segments.Insert(ref words, ref length, ref first, ref last, r, charge);
                    low -= charge;
                }
                else if (low == 0 && r < first)
                {
                    Unsafe.Add(ref taken, r) += charge;
                }
                else
                {
                    Segments.Insert(ref words, ref length, ref first, ref last, r, charge);
                    Segments.CutLow(ref words, ref length, ref taken, ref first, ref last, charge - low);
                    low = 0;
                }

                r = Unsafe.Add(ref dischargeRank, t);
                if (r < last && discharge > 0)
                {
                    Segments.Insert(ref words, ref length, ref first, ref last, r, discharge);
                    Segments.CutHigh(ref words, ref length, ref first, ref last, discharge, guard);
                }
            }
        }

        int initial = fleet.InitialWh[vehicle] * perWh;
        if (initial > low) Segments.CutLow(ref words, ref length, ref taken, ref first, ref last, initial - low);

        _summed = true;
        FirstSlotPowerW = 0;
        if (atStart)
        {
            long unused = Unsafe.Add(ref taken, chargeRank) - chargeBefore;
            long used = Unsafe.Add(ref taken, dischargeRank) - dischargeBefore;
            FirstSlotPowerW = (int)(fleet.MaxChargeW[stayFrom] - (unused + a - 1) / a - used / b);
        }
    }
    /// <summary>The whole schedule of one vehicle by itself: forgets the vehicles before it, and it afterwards.</summary>
    /// <param name="ranks">Ranks of the prices that it answers.</param>
    /// <param name="vehicle">Index in the columns.</param>
    /// <param name="gained">Energy gained in each slot, units: stored over 0, taken out under 0; length T, all of it is written.</param>
    public void Solve(PriceRanks ranks, int vehicle, Span<int> gained)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        if (gained.Length != _slots || ranks.Steps != _slots) throw new ArgumentException($"a schedule has {_slots} slots, the ranks {ranks.Steps}, the span {gained.Length}", nameof(gained));
        FleetColumns fleet = _fleet;
        if (_summed) Clear();
        Run(ranks, vehicle);
        gained.Clear();
        ReadOnlySpan<ushort> chargeRank = ranks.Charge, dischargeRank = ranks.Discharge;
        Span<long> taken = _taken;
        for (int s = fleet.StayOffset[vehicle]; s < fleet.StayOffset[vehicle + 1]; s++)
        {
            int limit = fleet.MaxChargeW[s] * fleet.Units.PerChargeWatt, start = fleet.StartSlot[s], end = fleet.EndSlot[s];
            for (int t = start; t < end; t++)
            {
                ref long unused = ref taken[chargeRank[t]], used = ref taken[dischargeRank[t]];
                gained[t] = limit - (int)unused - (int)used;
                // Only what one vehicle wrote is cleared: the whole would take as long as its run.
                unused = used = 0;
            }
            _availableW[start] = _availableW[end] = 0;
        }
        taken[ranks.Free] = 0;
        _summed = false;
    }
}
