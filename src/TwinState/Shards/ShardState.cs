using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Hashing;
using Movc.Domain.Time;
using Movc.TwinState.Ids;

namespace Movc.TwinState.Shards;

/// <summary>
/// One shard's vehicles and the rules by which events change them. Pure bookkeeping: no clock, no store, no thread;
/// folding the same journal gives the same state, bit for bit.
/// </summary>
internal sealed class ShardState(int shard, UnmanagedCharging unmanaged)
{
    // Energy is estimated on whole milliwatt-hours and set on whole watts; a departure counts as short only beyond that.
    private const double PromiseToleranceWh = 2.0;

    private readonly VehicleIdTable _ids = new();
    private readonly StayModel _stays = new(unmanaged);
    private long _slotStartMs = long.MinValue;
    private double _slotChargeOnlyWh;
    private double _slotDispatchedWh;

    public int Shard => shard;

    public ShardColumns Columns { get; } = new();

    public ShardCounters Counters { get; } = new();

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

    /// <summary>Checks an event against the vehicle's state; −1 = never registered.</summary>
    public Refusal Check(int vehicle, in VehicleEvent e) => StateRules.Check(Columns, SetpointsAtMs, vehicle, in e);

    /// <summary>Applies an accepted event.</summary>
    public void Apply(int vehicle, in VehicleEvent e)
    {
        ShardColumns c = Columns;
        c.Version[vehicle]++;
        c.LastEventMs[vehicle] = e.OccurredAtMs;
        c.Quality[vehicle] = e.Quality;
        if (e.OccurredAtMs > NowMs) NowMs = e.OccurredAtMs;
        if (e.LatitudeE7 is { } latitude) c.LatitudeE7[vehicle] = latitude;
        if (e.LongitudeE7 is { } longitude) c.LongitudeE7[vehicle] = longitude;
        if (e.CapacityWh is { } capacity && e.Type == VehicleEventType.Registered) c.CapacityWh[vehicle] = capacity;
        // What was delivered in an interval is not what is stored.
        int? energyWh = e.Type == VehicleEventType.DeliveryReported ? null : e.EnergyWh ?? (e.StateOfChargePpm is { } ppm ? (int)Math.Round(c.CapacityWh[vehicle] * (ppm / 1e6)) : null);
        switch (e.Type)
        {
            case VehicleEventType.Registered:
                Counters.ByPlace[0]++;
                c.Consent[vehicle] = e.Consent ?? V2gStrategy.ChargeOnly;
                c.EnergyAtMs[vehicle] = e.OccurredAtMs;
                if (energyWh is { } first) SetEnergy(vehicle, first, e.OccurredAtMs);
                return;
            case VehicleEventType.PluggedIn:
                if (energyWh is { } told) SetEnergy(vehicle, told, e.OccurredAtMs);
                PlugIn(vehicle, in e);
                return;
            case VehicleEventType.Unplugged:
                Unplug(vehicle, energyWh, e.OccurredAtMs);
                return;
            case VehicleEventType.ConsentChanged:
                Settle(vehicle, e.OccurredAtMs);
                if (IsAvailable(vehicle)) Counters.Available--;
                c.Consent[vehicle] = e.Consent ?? V2gStrategy.ChargeOnly;
                if (IsAvailable(vehicle)) Counters.Available++;
                c.SetpointUntilMs[vehicle] = 0;
                return;
            case VehicleEventType.SetpointRejected or VehicleEventType.SetpointTimedOut or VehicleEventType.SetpointNotFollowed:
                Settle(vehicle, e.OccurredAtMs);
                c.SetpointUntilMs[vehicle] = 0;
                return;
            case VehicleEventType.Departed:
                Move(vehicle, default, driving: true);
                break;
            case VehicleEventType.Arrived:
                Move(vehicle, e.Place ?? default, driving: false);
                if (energyWh is null && e.EnergyUsedWh is { } used) Use(vehicle, used, e.OccurredAtMs);
                break;
        }
        if (energyWh is { } reported)
        {
            Settle(vehicle, e.OccurredAtMs);
            SetEnergy(vehicle, reported, e.OccurredAtMs);
        }
        if (e.Type == VehicleEventType.Departed) c.Clear(vehicle, ShardColumns.EnergyKnown);
    }

    /// <summary>Moves every plugged-in vehicle on to an interval's boundary.</summary>
    public void AdvanceTo(long atMs)
    {
        ShardColumns c = Columns;
        for (int i = 0; i < c.Count; i++)
        {
            if (c.IsPlugged(i)) Settle(i, atMs);
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
        _slotStartMs = batch.AtMs;
        _slotChargeOnlyWh = 0;
        _slotDispatchedWh = 0;
        int charging = 0, discharging = 0;
        for (int i = 0; i < c.Count; i++)
        {
            if (!c.IsPlugged(i)) continue;
            int power = _stays.PowerW(c, i, batch.AtMs);
            if (power > 0) charging++;
            else if (power < 0) discharging++;
        }
        Counters.Charging = charging;
        Counters.Discharging = discharging;
    }

    /// <summary>The shard at an interval's boundary. Call after <see cref="AdvanceTo"/>.</summary>
    public ShardSnapshot Snapshot(long atMs, long journalSequence)
    {
        ShardColumns c = Columns;
        int plugged = Counters.Plugged;
        var snapshot = new ShardSnapshot
        {
            Shard = shard,
            AtMs = atMs,
            JournalSequence = journalSequence,
            Ids = _ids.Freeze(),
            RegisteredCount = c.Count,
            Vehicle = new int[plugged],
            CapacityWh = new int[plugged],
            EnergyWh = new int[plugged],
            ChargeOnlyEnergyWh = new int[plugged],
            MaxChargeW = new int[plugged],
            MaxDischargeW = new int[plugged],
            UnmanagedW = new int[plugged],
            UnmanagedStart = new UnmanagedStart[plugged],
            DepartureMs = new long[plugged],
            Consent = new V2gStrategy[plugged],
            StandingW = new int[plugged],
            SetpointUntilMs = new long[plugged],
            SlotChargeOnlyKw = _slotChargeOnlyWh / 1000.0 / Slots.Hours,
            SlotDispatchedKw = _slotDispatchedWh / 1000.0 / Slots.Hours,
            Departures = Counters.Departures,
            DeparturesUnderPromise = Counters.DeparturesUnderPromise,
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
            snapshot.Consent[k] = c.Consent[i];
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
            sum = StateHash.Combine(sum, StateHash.Of(_ids.Utf8(i), c.Version[i], c.IsPlugged(i), c.ReportedWh[i], c.Consent[i], c.LastEventMs[i]));
        return sum;
    }

    /// <summary>True for a vehicle that a dispatch may use: plugged in, consenting, departure known.</summary>
    private bool IsAvailable(int i) => Columns.IsPlugged(i) && Columns.Consent[i] != V2gStrategy.ChargeOnly && Columns.DepartureMs[i] != 0;

    private void PlugIn(int i, in VehicleEvent e)
    {
        ShardColumns c = Columns;
        c.Set(i, ShardColumns.Plugged);
        c.EnergyAtMs[i] = e.OccurredAtMs;
        c.PluggedAtMs[i] = e.OccurredAtMs;
        c.MaxChargeW[i] = e.MaxChargeW ?? 0;
        c.UnmanagedW[i] = e.UnmanagedChargeW ?? c.MaxChargeW[i];
        c.UnmanagedStart[i] = e.UnmanagedStart ?? UnmanagedStart.AtOnce;
        c.MaxDischargeW[i] = e.MaxDischargeW ?? 0;
        c.DepartureMs[i] = e.DeclaredDepartureMs ?? 0;
        c.NeededWh[i] = e.NeededAtDepartureWh ?? 0;
        c.SetpointUntilMs[i] = 0;
        if (e.Place is { } place || c.IsDriving(i)) Move(i, e.Place ?? default, driving: false);
        Counters.Plugged++;
        if (IsAvailable(i)) Counters.Available++;
    }

    private void Unplug(int i, int? energyWh, long atMs)
    {
        ShardColumns c = Columns;
        Settle(i, atMs);
        Counters.Departures++;
        double chargeOnlyWh = _stays.ChargeOnlyWh(c, i, atMs);
        if ((c.EnergyMilliWh[i] / 1000.0) + PromiseToleranceWh < chargeOnlyWh) Counters.DeparturesUnderPromise++;
        c.ChargeOnlyMilliWh[i] = (int)Math.Round(chargeOnlyWh * 1000);
        if (IsAvailable(i)) Counters.Available--;
        Counters.Plugged--;
        c.Clear(i, ShardColumns.Plugged);
        c.SetpointUntilMs[i] = 0;
        c.DepartureMs[i] = 0;
        if (energyWh is { } told) SetEnergy(i, told, atMs);
    }

    /// <summary>A report: the estimate is set to it, and so is Charge Only's energy where no stay is under way that it belongs to.</summary>
    private void SetEnergy(int i, int energyWh, long atMs)
    {
        ShardColumns c = Columns;
        c.ReportedWh[i] = energyWh;
        c.EnergyMilliWh[i] = energyWh * 1000;
        if (!c.IsPlugged(i)) c.ChargeOnlyMilliWh[i] = energyWh * 1000;
        c.EnergyAtMs[i] = atMs;
        c.Set(i, ShardColumns.EnergyKnown);
    }

    /// <summary>A trip's use: taken from what the twin believes, under the setpoints as under Charge Only.</summary>
    private void Use(int i, int usedWh, long atMs)
    {
        ShardColumns c = Columns;
        Settle(i, atMs);
        c.ReportedWh[i] -= usedWh;
        c.EnergyMilliWh[i] = (int)Math.Max(0, c.EnergyMilliWh[i] - (usedWh * 1000L));
        c.ChargeOnlyMilliWh[i] = (int)Math.Max(0, c.ChargeOnlyMilliWh[i] - (usedWh * 1000L));
        c.Set(i, ShardColumns.EnergyKnown);
    }

    private void Move(int i, PlaceKind place, bool driving)
    {
        ShardColumns c = Columns;
        Counters.ByPlace[PlaceIndex(i)]--;
        c.Place[i] = place;
        if (driving) c.Set(i, ShardColumns.Driving);
        else c.Clear(i, ShardColumns.Driving);
        Counters.ByPlace[PlaceIndex(i)]++;
    }

    /// <summary>0 = not known, 1 to 3 the kinds of places, 4 = driving.</summary>
    private int PlaceIndex(int i) => Columns.IsDriving(i) ? ShardCounters.DrivingIndex : (int)Columns.Place[i];

    /// <summary>Moves one vehicle's estimate on and adds what it drew to the interval's sums.</summary>
    private void Settle(int i, long atMs)
    {
        ShardColumns c = Columns;
        if (!c.IsPlugged(i)) return;
        long from = c.EnergyAtMs[i];
        if (from < _slotStartMs && atMs > _slotStartMs)
        {
            // Plugged in before the first interval began: what it drew until then belongs to no interval.
            _stays.Advance(c, i, _slotStartMs);
            from = _slotStartMs;
        }
        double drawn = _stays.Advance(c, i, atMs);
        if (atMs <= _slotStartMs || _slotStartMs == long.MinValue) return;
        _slotDispatchedWh += drawn;
        _slotChargeOnlyWh += _stays.ChargeOnlyDrawnWh(c, i, from, atMs);
    }
}
