using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Metrics;
using Movc.TwinState.Shards;

namespace Movc.TwinState.History;

/// <summary>Notes the stays of a shard's willing vehicles through a period, interval by interval, while somebody brings the shard on.</summary>
internal sealed class StayLedger
{
    private const int None = -1;
    private readonly ShardState _state;
    private readonly long _fromMs;
    private readonly List<RecordedStay> _stays = [];
    private readonly long _departures;
    private readonly long _underPromise;
    private readonly long _satisfactionPpm;
    private int _begun;
    private int[] _open = [];
    private DegradationPath[] _wear = [];
    private DegradationPath[] _chargeOnlyWear = [];
    private long[] _dischargedMilliWh = [];

    /// <param name="state">The shard, moved to the period's start.</param>
    /// <param name="fromMs">Start of the period.</param>
    /// <param name="slots">Its length.</param>
    public StayLedger(ShardState state, long fromMs, int slots)
    {
        _state = state;
        _fromMs = fromMs;
        Slots = slots;
        ChargedKw = new double[slots];
        DischargedKw = new double[slots];
        (_departures, _underPromise, _satisfactionPpm) = (state.Counters.Departures, state.Counters.DeparturesUnderPromise, state.Counters.SatisfactionPpm);
        Note(fromMs);
    }

    public int Slots { get; }

    /// <summary>Drawn in whole intervals, kW per slot.</summary>
    public double[] ChargedKw { get; }

    /// <summary>Delivered in whole intervals, kW per slot.</summary>
    public double[] DischargedKw { get; }

    public ShardState State => _state;

    /// <summary>Stays in the order of their starts; those without a whole interval among them.</summary>
    public IReadOnlyList<RecordedStay> Stays => _stays;

    public long Departures => _state.Counters.Departures - _departures;

    public long DeparturesUnderPromise => _state.Counters.DeparturesUnderPromise - _underPromise;

    public double Satisfaction => (_state.Counters.SatisfactionPpm - _satisfactionPpm) / 1e6;

    public double WearRmb(int vehicle) => _wear[vehicle].CostRmb;

    public double ChargeOnlyWearRmb(int vehicle) => _chargeOnlyWear[vehicle].CostRmb;

    public long DischargedWh(int vehicle) => _dischargedMilliWh[vehicle] / 1000;

    /// <summary>What Charge Only would have in it at the end, Wh.</summary>
    public double ChargeOnlyWh(int vehicle) => _state.ChargeOnlyWh(vehicle, _fromMs + (Slots * Domain.Time.Slots.Ms));

    /// <summary>Tells of an event that was applied.</summary>
    /// <param name="i">The vehicle.</param>
    /// <param name="wasPlugged">Whether it was plugged in before.</param>
    /// <param name="neededWh">What it had asked for then, Wh.</param>
    public void Follow(int i, bool wasPlugged, int neededWh)
    {
        ShardColumns c = _state.Columns;
        Grow(c);
        bool isPlugged = c.IsPlugged(i);
        if (wasPlugged && !isPlugged) Leave(i, neededWh);
        else if (!wasPlugged && isPlugged && c.Consent[i] != V2gStrategy.ChargeOnly)
        {
            _wear[i].To(c.EnergyMilliWh[i] / 1e6);
            _chargeOnlyWear[i].To(c.ChargeOnlyMilliWh[i] / 1e6);
        }
    }

    private void Leave(int i, int neededWh)
    {
        ShardColumns c = _state.Columns;
        double energyWh = c.EnergyMilliWh[i] / 1000.0, chargeOnlyWh = c.ChargeOnlyMilliWh[i] / 1000.0;
        if (c.Consent[i] != V2gStrategy.ChargeOnly)
        {
            _wear[i].To(energyWh / 1000);
            _chargeOnlyWear[i].To(chargeOnlyWh / 1000);
        }
        if (_open[i] == None) return;
        ref RecordedStay stay = ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_stays)[_open[i]];
        // What the broken interval after the last whole one added is not owed at the end of that.
        stay.OwedWh = Math.Max(0, Promise.Wh(neededWh, chargeOnlyWh) - (energyWh - stay.EndWh));
        _open[i] = None;
    }

    /// <summary>Tells of a boundary to which the shard was moved.</summary>
    public void Note(long atMs)
    {
        ShardColumns c = _state.Columns;
        Grow(c);
        int slot = (int)((atMs - _fromMs) / Domain.Time.Slots.Ms);
        for (int i = 0; i < c.Count; i++)
        {
            bool isWilling = c.IsPlugged(i) && c.Consent[i] != V2gStrategy.ChargeOnly && c.MaxChargeW[i] > 0;
            if (!isWilling)
            {
                _open[i] = None;
                continue;
            }
            double energyWh = c.EnergyMilliWh[i] / 1000.0;
            _wear[i].To(energyWh / 1000);
            if (_open[i] == None)
            {
                if (slot >= Slots) continue;
                _open[i] = _stays.Count;
                _stays.Add(new RecordedStay
                {
                    Vehicle = i, StartSlot = slot, EndSlot = slot, StartWh = energyWh, EndWh = energyWh, MaxChargeW = c.MaxChargeW[i], MaxDischargeW = c.MaxDischargeW[i],
                });
                continue;
            }
            ref RecordedStay stay = ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_stays)[_open[i]];
            Add(i, stay.EndSlot, slot, energyWh - stay.EndWh);
            (stay.EndSlot, stay.EndWh) = (slot, energyWh);
        }
    }

    /// <summary>Adds what a vehicle stored since the boundary before; over a missing boundary it is spread evenly.</summary>
    private void Add(int i, int from, int to, double storedWh)
    {
        if (storedWh == 0) return;
        double plugWh = storedWh > 0 ? storedWh / DispatchParameters.Efficiency : -storedWh * DispatchParameters.Efficiency;
        double kw = plugWh / 1000 / (Domain.Time.Slots.Hours * (to - from));
        double[] curve = storedWh > 0 ? ChargedKw : DischargedKw;
        for (int t = from; t < to; t++) curve[t] += kw;
        if (storedWh < 0) _dischargedMilliWh[i] += (long)Math.Round(plugWh * 1000);
    }

    private void Grow(ShardColumns c)
    {
        if (c.Count > _open.Length)
        {
            int had = _open.Length, size = Math.Max(c.Count, had * 3 / 2);
            Array.Resize(ref _open, size);
            Array.Resize(ref _wear, size);
            Array.Resize(ref _chargeOnlyWear, size);
            Array.Resize(ref _dischargedMilliWh, size);
            _open.AsSpan(had).Fill(None);
        }
        for (; _begun < c.Count; _begun++)
        {
            double capacityKwh = Math.Max(1, c.CapacityWh[_begun]) / 1000.0;
            _wear[_begun] = new DegradationPath(capacityKwh, c.EnergyMilliWh[_begun] / 1e6);
            _chargeOnlyWear[_begun] = new DegradationPath(capacityKwh, c.ChargeOnlyMilliWh[_begun] / 1e6);
        }
    }
}
