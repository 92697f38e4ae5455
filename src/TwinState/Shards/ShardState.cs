using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Hashing;
using Movc.Domain.Places;
using Movc.Domain.Time;
using Movc.TwinState.Ids;

namespace Movc.TwinState.Shards;

/// <summary>
/// One shard's vehicles and the rules by which events change them. Pure bookkeeping: no clock, no store, no thread;
/// folding the same journal gives the same state, bit for bit.
/// </summary>
internal sealed class ShardState
{
    private readonly VehicleIdTable _ids = new();
    private readonly IDistrictMap _districts;
    private readonly OutlookBuilder _outlook;
    private readonly StayModel _stays;
    private readonly EventEffects _effects;

    /// <param name="shard">Its number.</param>
    /// <param name="model">What it reckons with between events.</param>
    /// <param name="knowsStays">Whether the model's outlook is what came to be: a time that is over, lived through again.</param>
    public ShardState(int shard, FleetModel model, bool knowsStays = false)
    {
        Shard = shard;
        _districts = model.Districts;
        _outlook = new OutlookBuilder(model, knowsStays);
        _stays = new StayModel(model.Unmanaged);
        Energy = new EnergyAccount(Columns, _stays, model.Districts.Names.Count);
        _effects = new EventEffects(Columns, Counters, _stays, Energy, model.Calendar, model.Districts);
    }

    public int Shard { get; }

    public ShardColumns Columns { get; } = new();

    public ShardCounters Counters { get; } = new();

    /// <summary>Energies between reports, and what the present interval came to so far.</summary>
    public EnergyAccount Energy { get; }

    /// <summary>Interval whose setpoints were applied last, <see cref="long.MinValue"/> = none.</summary>
    public long SetpointsAtMs { get; private set; } = long.MinValue;

    /// <summary>Latest instant that the state was moved to.</summary>
    public long NowMs { get; private set; } = long.MinValue;

    public int Find(ReadOnlySpan<byte> vehicleId) => _ids.Find(vehicleId);

    public ReadOnlySpan<byte> Id(int vehicle) => _ids.Utf8(vehicle);

    /// <summary>Adds a vehicle that is not there; it counts once it is registered by its first event.</summary>
    public int Add(ReadOnlySpan<byte> vehicleId)
    {
        Columns.Add();
        return _ids.Add(vehicleId);
    }

    /// <summary>A state of some of this one's vehicles, each as it is here, with counts that begin at none.</summary>
    /// <param name="vehicles">Which, rising.</param>
    /// <param name="model">What it reckons with from here on.</param>
    /// <param name="knowsStays">Whether the model's outlook is what came to be.</param>
    public ShardState Of(ReadOnlySpan<int> vehicles, FleetModel model, bool knowsStays)
    {
        var some = new ShardState(Shard, model, knowsStays);
        foreach (int i in vehicles)
        {
            some._ids.Add(Id(i));
            some.Columns.Add(Columns, i);
            if (Columns.Version[i] > 0) some.Counters.Registered++;
            if (Columns.IsPlugged(i)) some.Counters.Plugged++;
            if (Columns.IsAvailable(i)) some.Counters.Available++;
        }
        some.Restore(SetpointsAtMs, NowMs);
        some.Energy.Begin(Energy.SlotStartMs);
        return some;
    }

    /// <summary>Checks an event against the vehicle's state; −1 = never registered.</summary>
    public Refusal Check(int vehicle, in VehicleEvent e, long cityMs = long.MinValue) => StateRules.Check(Columns, SetpointsAtMs, cityMs, vehicle, in e);

    /// <summary>Takes up the clocks of a state that was kept.</summary>
    public void Restore(long setpointsAtMs, long nowMs) => (SetpointsAtMs, NowMs) = (setpointsAtMs, nowMs);

    /// <summary>Works out what follows from columns that were kept. Call after they were loaded.</summary>
    public void Derive()
    {
        ShardColumns c = Columns;
        for (int i = 0; i < c.Count; i++) c.District[i] = _districts.Of(c.LatitudeE7[i], c.LongitudeE7[i]);
    }

    /// <summary>Applies an accepted event.</summary>
    public void Apply(int vehicle, in VehicleEvent e)
    {
        _effects.Apply(vehicle, in e, SetpointsAtMs);
        if (e.OccurredAtMs > NowMs) NowMs = e.OccurredAtMs;
    }

    /// <summary>Moves every plugged-in vehicle on to an interval's boundary.</summary>
    public void AdvanceTo(long atMs)
    {
        ShardColumns c = Columns;
        for (int i = 0; i < c.Count; i++)
        {
            if (c.IsPlugged(i)) Energy.Settle(i, atMs);
        }
        NowMs = Math.Max(NowMs, atMs);
    }

    /// <summary>Applies an interval's setpoints at its boundary and starts the interval's sums. Call after <see cref="AdvanceTo"/>.</summary>
    public void Apply(SetpointBatch batch)
    {
        ShardColumns c = Columns;
        for (int k = 0; k < batch.Count; k++)
        {
            int i = batch.Vehicle[k];
            c.SetpointW[i] = batch.PowerW[k];
            c.SetpointUntilMs[i] = batch.ValidUntilMs;
        }
        SetpointsAtMs = batch.AtMs;
        Energy.Begin(batch.AtMs);
        int charging = 0, discharging = 0;
        for (int i = 0; i < c.Count; i++)
        {
            c.IsNew[i] = false;
            if (!c.IsPlugged(i)) continue;
            int power = _stays.PowerW(c, i, batch.AtMs);
            if (power > 0) charging++;
            else if (power < 0) discharging++;
        }
        Counters.Charging = charging;
        Counters.Discharging = discharging;
    }

    /// <summary>Power of a plugged-in vehicle at the plug, W, charging positive. Call after <see cref="AdvanceTo"/>.</summary>
    public int PowerW(int vehicle, long atMs) => _stays.PowerW(Columns, vehicle, atMs);

    /// <summary>Stored energy had nobody dispatched it, Wh.</summary>
    public double ChargeOnlyWh(int vehicle, long atMs) => Columns.IsPlugged(vehicle) ? _stays.ChargeOnlyWh(Columns, vehicle, atMs) : Columns.ChargeOnlyMilliWh[vehicle] / 1000.0;

    /// <summary>What it would draw had nobody dispatched it, W.</summary>
    public int ChargeOnlyW(int vehicle, long atMs) => _stays.ChargeOnlyW(Columns, vehicle, atMs);

    /// <summary>The shard at an interval's boundary. Call after <see cref="AdvanceTo"/>.</summary>
    public ShardSnapshot Snapshot(long atMs, long journalSequence)
    {
        ShardColumns c = Columns;
        int plugged = Counters.Plugged;
        var snapshot = new ShardSnapshot
        {
            Shard = Shard,
            AtMs = atMs,
            JournalSequence = journalSequence,
            Ids = _ids.Freeze(),
            RegisteredCount = Counters.Registered,
            Vehicle = new int[plugged],
            CapacityWh = new int[plugged],
            EnergyWh = new int[plugged],
            ChargeOnlyEnergyWh = new int[plugged],
            MaxChargeW = new int[plugged],
            MaxDischargeW = new int[plugged],
            UnmanagedW = new int[plugged],
            UnmanagedStart = new UnmanagedStart[plugged],
            DepartureMs = new long[plugged],
            NeededWh = new int[plugged],
            Consent = new V2gStrategy[plugged],
            District = new int[plugged],
            StandingW = new int[plugged],
            SetpointUntilMs = new long[plugged],
            SlotChargeOnlyKw = Energy.ChargeOnlyWh / 1000.0 / Slots.Hours,
            SlotDispatchedKw = Energy.DispatchedWh / 1000.0 / Slots.Hours,
            SlotWillingChargeOnlyKw = Energy.WillingChargeOnlyWh / 1000.0 / Slots.Hours,
            SlotWillingChargedKw = Energy.WillingChargedWh / 1000.0 / Slots.Hours,
            SlotWillingDischargedKw = Energy.WillingDischargedWh / 1000.0 / Slots.Hours,
            SlotDistrictKw = Energy.DistrictKw(),
            SlotDistrictArrivedKw = Energy.DistrictArrivedKw(),
            StaleCount = Enumerable.Range(0, c.Count).Count(i => c.IsPlugged(i) && FleetQuality.At(c, i, atMs) == Quality.Stale),
            Departures = Counters.Departures,
            DeparturesUnderPromise = Counters.DeparturesUnderPromise,
            SatisfactionPpm = Counters.SatisfactionPpm,
            Outlook = _outlook.Build(c, _ids, atMs),
        };
        int k = 0;
        for (int i = 0; i < c.Count; i++)
        {
            if (!c.IsPlugged(i)) continue;
            snapshot.Vehicle[k] = i;
            snapshot.CapacityWh[k] = c.CapacityWh[i];
            snapshot.EnergyWh[k] = c.EnergyMilliWh[i] / 1000;
            snapshot.ChargeOnlyEnergyWh[k] = (int)_stays.ChargeOnlyWh(c, i, atMs);
            snapshot.MaxChargeW[k] = c.MaxChargeW[i];
            snapshot.MaxDischargeW[k] = c.MaxDischargeW[i];
            snapshot.UnmanagedW[k] = c.UnmanagedW[i];
            snapshot.UnmanagedStart[k] = c.UnmanagedStart[i];
            snapshot.DepartureMs[k] = c.DepartureMs[i];
            snapshot.NeededWh[k] = c.NeededWh[i];
            snapshot.Consent[k] = c.Consent[i];
            snapshot.District[k] = c.District[i];
            snapshot.StandingW[k] = _stays.PowerW(c, i, atMs);
            snapshot.SetpointUntilMs[k] = c.SetpointUntilMs[i] > atMs ? c.SetpointUntilMs[i] : 0;
            k++;
        }
        return snapshot;
    }

    /// <summary>Sum of the vehicles' hashes modulo 2^128.</summary>
    public UInt128 Hash()
    {
        ShardColumns c = Columns;
        UInt128 sum = UInt128.Zero;
        for (int i = 0; i < c.Count; i++)
            if (c.Version[i] > 0) sum = StateHash.Combine(sum, StateHash.Of(_ids.Utf8(i), c.Version[i], c.IsPlugged(i), c.ReportedWh[i], c.Consent[i], c.LastEventMs[i]));
        return sum;
    }
}
