using Movc.Domain.Fleet;
using Movc.TwinState.Shards;

namespace Movc.TwinState.History;

/// <summary>Columns of a <see cref="FleetHistory"/> while they are filled, shard by shard.</summary>
internal sealed class FleetHistoryColumns(int vehicles, int stays)
{
    private readonly int[] _capacityWh = new int[vehicles];
    private readonly int[] _initialWh = new int[vehicles];
    private readonly int[] _finalWh = new int[vehicles];
    private readonly int[] _finalChargeOnlyWh = new int[vehicles];
    private readonly double[] _wearRmb = new double[vehicles];
    private readonly double[] _chargeOnlyWearRmb = new double[vehicles];
    private readonly long[] _dischargedWh = new long[vehicles];
    private readonly V2gStrategy[] _consent = new V2gStrategy[vehicles];
    private readonly int[] _stayOffset = new int[vehicles + 1];
    private readonly int[] _startSlot = new int[stays];
    private readonly int[] _endSlot = new int[stays];
    private readonly int[] _maxChargeW = new int[stays];
    private readonly int[] _maxDischargeW = new int[stays];
    private readonly int[] _owedWh = new int[stays];
    private readonly int[] _departWh = new int[stays];
    private readonly int[] _tripWh = new int[stays];
    private int _vehicle;
    private int _stay;

    /// <summary>A fleet's history from those of its shards.</summary>
    public static FleetHistory Assemble(long fromMs, int slots, StayLedger[] ledgers)
    {
        var columns = new FleetHistoryColumns(ledgers.Sum(l => l.State.Columns.Count), ledgers.Sum(l => l.Stays.Count));
        foreach (StayLedger ledger in ledgers) columns.Add(ledger);
        return columns.Build(fromMs, slots, ledgers);
    }

    private void Add(StayLedger ledger)
    {
        ShardColumns c = ledger.State.Columns;
        IReadOnlyList<RecordedStay> all = ledger.Stays;
        // The stays of each vehicle, in their order.
        int[] first = new int[c.Count + 1], of = new int[all.Count];
        foreach (RecordedStay stay in all)
        {
            if (stay.IsUsable) first[stay.Vehicle + 1]++;
        }
        for (int i = 0; i < c.Count; i++) first[i + 1] += first[i];
        int[] next = [.. first];
        for (int k = 0; k < all.Count; k++)
        {
            if (all[k].IsUsable) of[next[all[k].Vehicle]++] = k;
        }
        for (int i = 0; i < c.Count; i++)
        {
            if (first[i + 1] == first[i]) continue;
            RecordedStay begin = all[of[first[i]]], end = all[of[first[i + 1] - 1]];
            _capacityWh[_vehicle] = c.CapacityWh[i];
            _initialWh[_vehicle] = Wh(begin.StartWh);
            _finalWh[_vehicle] = Wh(end.EndWh);
            _finalChargeOnlyWh[_vehicle] = Math.Max(0, (int)ledger.ChargeOnlyWh(i));
            _wearRmb[_vehicle] = ledger.WearRmb(i);
            _chargeOnlyWearRmb[_vehicle] = ledger.ChargeOnlyWearRmb(i);
            _dischargedWh[_vehicle] = ledger.DischargedWh(i);
            _consent[_vehicle] = c.Consent[i];
            for (int k = first[i]; k < first[i + 1]; k++) Add(all[of[k]], k + 1 < first[i + 1] ? all[of[k + 1]].StartWh : null);
            _stayOffset[++_vehicle] = _stay;
        }
    }

    private FleetHistory Build(long fromMs, int slots, StayLedger[] ledgers) => new()
    {
        FromMs = fromMs,
        CapacityWh = _capacityWh[.._vehicle],
        InitialWh = _initialWh[.._vehicle],
        FinalWh = _finalWh[.._vehicle],
        FinalChargeOnlyWh = _finalChargeOnlyWh[.._vehicle],
        WearRmb = _wearRmb[.._vehicle],
        ChargeOnlyWearRmb = _chargeOnlyWearRmb[.._vehicle],
        DischargedWh = _dischargedWh[.._vehicle],
        Consent = _consent[.._vehicle],
        StayOffset = _stayOffset[..(_vehicle + 1)],
        StartSlot = _startSlot[.._stay],
        EndSlot = _endSlot[.._stay],
        MaxChargeW = _maxChargeW[.._stay],
        MaxDischargeW = _maxDischargeW[.._stay],
        OwedWh = _owedWh[.._stay],
        DepartWh = _departWh[.._stay],
        TripWhAfter = _tripWh[.._stay],
        ChargedKw = Sum(ledgers, slots, r => r.ChargedKw),
        DischargedKw = Sum(ledgers, slots, r => r.DischargedKw),
        Departures = ledgers.Sum(r => r.Departures),
        DeparturesUnderPromise = ledgers.Sum(r => r.DeparturesUnderPromise),
        Satisfaction = ledgers.Sum(r => r.Satisfaction),
    };

    private void Add(in RecordedStay stay, double? nextStartWh)
    {
        _startSlot[_stay] = stay.StartSlot;
        _endSlot[_stay] = stay.EndSlot;
        _maxChargeW[_stay] = stay.MaxChargeW;
        _maxDischargeW[_stay] = stay.MaxDischargeW;
        _owedWh[_stay] = Wh(stay.OwedWh);
        _departWh[_stay] = Wh(stay.EndWh);
        _tripWh[_stay++] = nextStartWh is { } next ? Wh(stay.EndWh) - Wh(next) : 0;
    }

    private static double[] Sum(StayLedger[] ledgers, int slots, Func<StayLedger, double[]> curve)
    {
        var sum = new double[slots];
        foreach (StayLedger ledger in ledgers)
        {
            double[] part = curve(ledger);
            for (int t = 0; t < slots; t++) sum[t] += part[t];
        }
        return sum;
    }

    private static int Wh(double wh) => (int)Math.Round(wh);
}
