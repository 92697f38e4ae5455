using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Metrics;
using Movc.Domain.Places;
using Movc.Domain.Time;

namespace Movc.TwinState.Shards;

/// <summary>
/// What an accepted event changes. Each aspect of a vehicle (plug, energy, place, position, consent) moves only forward in event
/// time: what an event tells of an aspect of which something newer is known is history alone (docs/events/event-time.md).
/// </summary>
internal sealed class EventEffects(ShardColumns columns, ShardCounters counters, StayModel stays, EnergyAccount energy, ICityCalendar calendar, IDistrictMap districts)
{
    // Energy is estimated on whole milliwatt-hours and set on whole watts; a departure counts as short only beyond that.
    private const double PromiseToleranceWh = 2.0;

    // A reading that is at most two intervals old corrects the estimate of a plugged-in vehicle [G].
    private const long MaxEstimateDelayMs = 2 * Slots.Ms;

    /// <summary>Applies an event.</summary>
    /// <param name="vehicle">Local index.</param>
    /// <param name="e">Accepted by <see cref="StateRules"/>.</param>
    /// <param name="intervalMs">Start of the present interval, <see cref="long.MinValue"/> = before the first.</param>
    public void Apply(int vehicle, in VehicleEvent e, long intervalMs)
    {
        ShardColumns c = columns;
        long atMs = e.OccurredAtMs;
        c.Version[vehicle]++;
        if (atMs >= c.LastEventMs[vehicle])
        {
            c.LastEventMs[vehicle] = atMs;
            c.Quality[vehicle] = e.Quality;
        }
        if ((e.LatitudeE7 is not null || e.LongitudeE7 is not null) && IsNews(c.PositionToldMs, vehicle, atMs))
        {
            c.LatitudeE7[vehicle] = e.LatitudeE7 ?? c.LatitudeE7[vehicle];
            c.LongitudeE7[vehicle] = e.LongitudeE7 ?? c.LongitudeE7[vehicle];
            c.District[vehicle] = districts.Of(c.LatitudeE7[vehicle], c.LongitudeE7[vehicle]);
        }
        if (e.Type == VehicleEventType.Registered) Register(vehicle, in e);
        int? energyWh = EnergyWh(vehicle, in e);
        switch (e.Type)
        {
            case VehicleEventType.PluggedIn:
                if (energyWh is { } told) SetEnergy(vehicle, told, atMs);
                long leftMs = c.PlugToldMs[vehicle];
                if (IsNews(c.PlugToldMs, vehicle, atMs)) PlugIn(vehicle, in e, leftMs);
                return;
            case VehicleEventType.Unplugged:
                if (IsNews(c.PlugToldMs, vehicle, atMs) && c.IsPlugged(vehicle)) Unplug(vehicle, atMs);
                break;
            case VehicleEventType.ConsentChanged:
                if (IsNews(c.ConsentToldMs, vehicle, atMs)) ChangeConsent(vehicle, e.Consent ?? V2gStrategy.ChargeOnly, atMs);
                break;
            case VehicleEventType.SetpointRejected or VehicleEventType.SetpointTimedOut or VehicleEventType.SetpointNotFollowed:
                NoteException(vehicle, in e, intervalMs);
                break;
            case VehicleEventType.Departed:
                // Whoever drives off is not plugged in, told or not.
                if (IsNews(c.PlugToldMs, vehicle, atMs) && c.IsPlugged(vehicle)) Unplug(vehicle, atMs);
                if (IsNews(c.PlaceToldMs, vehicle, atMs)) Move(vehicle, default, driving: true);
                break;
            case VehicleEventType.Arrived:
                if (IsNews(c.PlaceToldMs, vehicle, atMs)) Move(vehicle, e.Place ?? default, driving: false);
                if (energyWh is null && e.EnergyUsedWh is { } used) Use(vehicle, used, atMs);
                break;
        }
        if (energyWh is { } reported) SetEnergy(vehicle, reported, atMs);
        // A reading before the trip says nothing of what is left after it.
        if (e.Type == VehicleEventType.Departed && atMs >= c.EnergyToldMs[vehicle]) c.Clear(vehicle, ShardColumns.EnergyKnown);
    }

    /// <summary>Whether an instant is no older than an aspect's newest news; if so it is the newest from here on.</summary>
    private static bool IsNews(long[] toldMs, int i, long atMs)
    {
        if (atMs < toldMs[i]) return false;
        toldMs[i] = atMs;
        return true;
    }

    private void Register(int i, in VehicleEvent e)
    {
        ShardColumns c = columns;
        counters.Registered++;
        counters.ByPlace[0]++;
        if (e.CapacityWh is { } capacity) c.CapacityWh[i] = capacity;
        c.Consent[i] = e.Consent ?? V2gStrategy.ChargeOnly;
        c.ConsentToldMs[i] = e.OccurredAtMs;
        c.EnergyAtMs[i] = e.OccurredAtMs;
    }

    /// <summary>The energy that an event tells, Wh.</summary>
    private int? EnergyWh(int i, in VehicleEvent e) => e.EnergyWh ?? (e.StateOfChargePpm is { } ppm ? (int)Math.Round(columns.CapacityWh[i] * (ppm / 1e6)) : null);

    /// <param name="leftMs">When it was unplugged, 0 = it never was.</param>
    private void PlugIn(int i, in VehicleEvent e, long leftMs)
    {
        ShardColumns c = columns;
        int chargeW = e.MaxChargeW ?? 0;
        if (c.Consent[i] != V2gStrategy.ChargeOnly) c.Habits.Return(i, leftMs, e.OccurredAtMs, c.EnergyMilliWh[i] / 1000, chargeW, c.MaxChargeW[i], calendar);
        c.Set(i, ShardColumns.Plugged);
        // Told late, a newer reading may stand already, with what the stay had come to by then.
        c.EnergyAtMs[i] = Math.Max(c.EnergyAtMs[i], e.OccurredAtMs);
        c.PluggedAtMs[i] = e.OccurredAtMs;
        c.IsNew[i] = true;
        c.MaxChargeW[i] = chargeW;
        c.UnmanagedW[i] = e.UnmanagedChargeW ?? c.MaxChargeW[i];
        c.UnmanagedStart[i] = e.UnmanagedStart ?? UnmanagedStart.AtOnce;
        c.MaxDischargeW[i] = e.MaxDischargeW ?? 0;
        c.DepartureMs[i] = e.DeclaredDepartureMs ?? 0;
        // Whoever lets it be dispatched and does not say what is needed is taken to need what the vehicle is used to.
        c.NeededWh[i] = e.NeededAtDepartureWh ?? (c.Consent[i] == V2gStrategy.ChargeOnly ? 0 : Math.Min(c.CapacityWh[i], c.Habits.Of(i).NeededWh(calendar.DayNumber(e.OccurredAtMs))));
        if (c.Consent[i] != V2gStrategy.ChargeOnly) c.Habits.Need(i, c.NeededWh[i]);
        c.SetpointUntilMs[i] = 0;
        if ((e.Place is not null || c.IsDriving(i)) && IsNews(c.PlaceToldMs, i, e.OccurredAtMs)) Move(i, e.Place ?? default, driving: false);
        counters.Plugged++;
        if (columns.IsAvailable(i)) counters.Available++;
    }

    private void Unplug(int i, long atMs)
    {
        ShardColumns c = columns;
        energy.Settle(i, atMs);
        // Told late: what the estimate has had it draw since is taken back.
        if (c.EnergyAtMs[i] > atMs && c.EnergyAtMs[i] - atMs <= MaxEstimateDelayMs) stays.TakeBack(c, i, atMs);
        counters.Departures++;
        double chargeOnlyWh = stays.ChargeOnlyWh(c, i, atMs), energyWh = c.EnergyMilliWh[i] / 1000.0;
        if (energyWh + PromiseToleranceWh < Promise.Wh(c.NeededWh[i], chargeOnlyWh)) counters.DeparturesUnderPromise++;
        counters.SatisfactionPpm += (long)(1e6 * Satisfaction.Of(energyWh, chargeOnlyWh));
        c.ChargeOnlyMilliWh[i] = (int)Math.Round(chargeOnlyWh * 1000);
        c.Habits.Leave(i, c.EnergyMilliWh[i] / 1000);
        if (columns.IsAvailable(i)) counters.Available--;
        counters.Plugged--;
        c.Clear(i, ShardColumns.Plugged);
        c.SetpointUntilMs[i] = 0;
        c.DepartureMs[i] = 0;
    }

    private void ChangeConsent(int i, V2gStrategy consent, long atMs)
    {
        if (columns.IsAvailable(i)) counters.Available--;
        columns.Consent[i] = consent;
        if (columns.IsAvailable(i)) counters.Available++;
        EndSetpoint(i, atMs);
    }

    /// <summary>A setpoint that is not followed: from where it began the vehicle does what was metered instead, or what it does on its own.</summary>
    private void NoteException(int i, in VehicleEvent e, long intervalMs)
    {
        ShardColumns c = columns;
        long untilMs = c.SetpointUntilMs[i];
        if (!c.IsPlugged(i) || untilMs == 0) return;
        long saidMs = e.SetpointAtMs ?? 0, fromMs = Math.Max(saidMs, c.PluggedAtMs[i]);
        // Of another setpoint, or of an interval that is over, it says nothing about the one that stands now.
        if (saidMs == 0 ? e.OccurredAtMs < intervalMs : saidMs + (DispatchParameters.SetpointValidSlots * Slots.Ms) != untilMs) return;
        if (saidMs == 0) energy.Settle(i, fromMs = e.OccurredAtMs);
        else if (c.EnergyAtMs[i] > fromMs && c.EnergyAtMs[i] - fromMs <= MaxEstimateDelayMs) energy.TakeBack(i, fromMs);
        if (e.PowerW is { } powerW && e.Type == VehicleEventType.SetpointNotFollowed) c.SetpointW[i] = Math.Clamp(powerW, -c.MaxDischargeW[i], c.MaxChargeW[i]);
        else c.SetpointUntilMs[i] = 0;
    }

    private void EndSetpoint(int i, long atMs)
    {
        energy.Settle(i, atMs);
        columns.SetpointUntilMs[i] = 0;
    }

    /// <summary>A report: the estimate is set to it, and so is Charge Only's energy where no stay is under way that it belongs to.</summary>
    private void SetEnergy(int i, int energyWh, long atMs)
    {
        ShardColumns c = columns;
        if (!IsNews(c.EnergyToldMs, i, atMs)) return;
        c.EnergyReportMs[i] = atMs;
        c.ReportedWh[i] = energyWh;
        c.Set(i, ShardColumns.EnergyKnown);
        if (!c.IsPlugged(i))
        {
            c.EnergyMilliWh[i] = energyWh * 1000;
            c.ChargeOnlyMilliWh[i] = energyWh * 1000;
            c.EnergyAtMs[i] = atMs;
            return;
        }
        energy.Settle(i, atMs);
        // Over a longer delay setpoints have come and gone that would have to be followed again: the estimate is the better guess.
        long estimatedAtMs = c.EnergyAtMs[i];
        if (estimatedAtMs - atMs > MaxEstimateDelayMs) return;
        c.EnergyMilliWh[i] = energyWh * 1000;
        c.EnergyAtMs[i] = Math.Max(atMs, c.PluggedAtMs[i]);
        // What was drawn since is in the interval's sums already.
        stays.Advance(c, i, estimatedAtMs);
    }

    /// <summary>A trip's use: taken from what the twin believes, under the setpoints as under Charge Only.</summary>
    private void Use(int i, int usedWh, long atMs)
    {
        ShardColumns c = columns;
        // Of a trip before the newest reading nothing is left to take off.
        if (atMs < c.EnergyReportMs[i]) return;
        c.EnergyToldMs[i] = Math.Max(c.EnergyToldMs[i], atMs);
        energy.Settle(i, atMs);
        c.ReportedWh[i] -= usedWh;
        c.EnergyMilliWh[i] = (int)Math.Max(0, c.EnergyMilliWh[i] - (usedWh * 1000L));
        c.ChargeOnlyMilliWh[i] = (int)Math.Max(0, c.ChargeOnlyMilliWh[i] - (usedWh * 1000L));
        c.Set(i, ShardColumns.EnergyKnown);
    }

    private void Move(int i, PlaceKind place, bool driving)
    {
        ShardColumns c = columns;
        counters.ByPlace[PlaceIndex(i)]--;
        c.Place[i] = place;
        if (driving) c.Set(i, ShardColumns.Driving);
        else c.Clear(i, ShardColumns.Driving);
        counters.ByPlace[PlaceIndex(i)]++;
    }

    /// <summary>0 = not known, 1 to 3 the kinds of places, 4 = driving.</summary>
    private int PlaceIndex(int i) => columns.IsDriving(i) ? ShardCounters.DrivingIndex : (int)columns.Place[i];
}
