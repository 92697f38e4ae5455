using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Places;
using Movc.Domain.Simulation;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Simulation.Timeline;

namespace Movc.Ingest.Simulation;

/// <summary>
/// A city's private vehicles as the model of people has them (docs/math/people.md), told as vehicle events (docs/simulation.md). It
/// knows what trips use and what vehicles draw on their own, not what a dispatch stores in them: the twin keeps that account.
/// </summary>
/// <remarks>
/// A pure function of parameters, people, seed, start and calendar: ranges may be cut anywhere and any instant can be asked for first.
/// Not for several threads at once; uses all processors when a week begins. Memory: about 700 bytes a vehicle for the week's stays, 4
/// for each of about five moments of the day.
/// </remarks>
public sealed class SimulatedFleet : IVehicleEventSource
{
    public const int MaxVehicles = 5_000_000;

    /// <summary>Days lived through before the start [S].</summary>
    public const int WarmUpDays = 14;

    private const long DayMs = Slots.PerDay * Slots.Ms;
    private const int CancellationStride = 8192;

    private readonly PeopleModel _people;
    private readonly StayRegions _regions;
    private readonly FleetWeek _fleet;
    private readonly DayOrder _order = new();
    private readonly long _originMs;
    private readonly VehicleIds _ids;
    private readonly double _dischargeToChargePower;
    private int _week = int.MinValue;
    private int _day = int.MinValue;

    /// <param name="parameters">The city.</param>
    /// <param name="people">Its people.</param>
    /// <param name="vehicles">1 to 5,000,000.</param>
    /// <param name="seed">Any number; the same gives the same fleet.</param>
    /// <param name="startMs">Unix milliseconds UTC, on an interval's boundary.</param>
    /// <param name="calendar">Calendar of the city's time zone. The people live by its offset at the start: no simulated city changes its clocks.</param>
    public SimulatedFleet(CityParameters parameters, PeopleModel people, int vehicles, long seed, long startMs, ICityCalendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vehicles, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vehicles, MaxVehicles);
        if (Slots.Floor(startMs) != startMs) throw new ArgumentException($"{startMs} ms is not on a slot's boundary", nameof(startMs));
        if (!string.Equals(calendar.TimeZone, parameters.TimeZone, StringComparison.Ordinal))
            throw new ArgumentException($"calendar of {calendar.TimeZone}, city in {parameters.TimeZone}", nameof(calendar));
        SourceUri = $"movc:sim/{parameters.City}";
        StartMs = startMs;
        VehicleCount = vehicles;
        _people = people;
        _regions = people.Mobility.Regions;
        int firstDay = calendar.DayNumber(startMs) - WarmUpDays;
        _originMs = (firstDay * DayMs) - (calendar.OffsetMinutes(startMs) * 60_000L);
        _fleet = new FleetWeek(people, seed, vehicles, Weekdays.Of(firstDay) * Slots.PerDay, parameters.Travel.SpeedKmPerHour);
        _dischargeToChargePower = parameters.DischargeToChargePower;
        _ids = new VehicleIds(parameters.IdPrefix, vehicles);
    }

    public string SourceUri { get; }

    public CityMode Mode => CityMode.Simulated;

    public int VehicleCount { get; }

    public long StartMs { get; }

    public long? EndMs => null;

    /// <summary>Told what is being done when a week is lived through, which takes seconds for a large fleet; on any thread.</summary>
    public Action<string>? OnStep { get; set; }

    /// <inheritdoc/>
    public void EmitInitial(IVehicleEventSink sink, CancellationToken cancellationToken)
    {
        EnsureWeek(WeekAt(StartMs), cancellationToken);
        ReadOnlySpan<PlannedStay> stays = _fleet.Stays;
        for (int i = 0; i < stays.Length; i++)
        {
            if (i % CancellationStride == 0) cancellationToken.ThrowIfCancellationRequested();
            ref readonly PlannedStay stay = ref stays[i];
            bool arrived = Ms(stay.ArriveS) < StartMs, departed = stay.DepartS != PlannedStay.Unknown && Ms(stay.DepartS) < StartMs;
            bool next = i + 1 < stays.Length && stays[i + 1].Vehicle == stay.Vehicle;
            if (arrived && !departed) EmitStanding(stay, sink);
            else if (departed && next && Ms(stays[i + 1].ArriveS) >= StartMs) EmitDriving(stay, stays[i + 1], sink);
        }
    }

    /// <inheritdoc/>
    public void Emit(long fromMs, long toMs, IVehicleEventSink sink, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromMs, StartMs);
        for (long atMs = fromMs; atMs < toMs;)
        {
            int day = (int)((atMs - _originMs) / DayMs);
            EnsureDay(day, cancellationToken);
            long untilMs = Math.Min(toMs, _originMs + ((day + 1) * DayMs));
            int sinceCheck = 0;
            foreach (int code in _order.Range(atMs, untilMs))
            {
                if (sinceCheck++ % CancellationStride == 0) cancellationToken.ThrowIfCancellationRequested();
                ref readonly PlannedStay stay = ref _fleet.Stays[code >> 1];
                if ((code & 1) == 0) EmitArrival(stay, tellUse: true, sink);
                else EmitDeparture(stay, sink);
            }
            atMs = untilMs;
        }
    }

    private int WeekAt(long atMs) => (int)((atMs - _originMs) / DayMs - WarmUpDays) / 7;

    private long Ms(int second) => _originMs + (second * 1000L);

    private void EnsureWeek(int week, CancellationToken cancellationToken)
    {
        if (_week == week) return;
        // Until the columns are whole they are of no week: a cancelled call must not leave half of them behind.
        (_week, _day) = (int.MinValue, int.MinValue);
        _fleet.Live((WarmUpDays + (7 * week)) * Slots.PerDay, OnStep ?? (_ => { }), cancellationToken);
        _week = week;
    }

    private void EnsureDay(int day, CancellationToken cancellationToken)
    {
        if (_day == day) return;
        EnsureWeek((day - WarmUpDays) / 7, cancellationToken);
        _day = int.MinValue;
        _order.Begin(_originMs + (day * DayMs), _originMs + ((day + 1) * DayMs));
        ReadOnlySpan<PlannedStay> stays = _fleet.Stays;
        foreach (ref readonly PlannedStay stay in stays)
        {
            _order.Count(Ms(stay.ArriveS));
            _order.Count(Ms(stay.DepartS));
        }
        _order.EndCount();
        for (int i = 0; i < stays.Length; i++)
        {
            _order.Add(Ms(stays[i].ArriveS), 2 * i);
            _order.Add(Ms(stays[i].DepartS), (2 * i) + 1);
        }
        _day = day;
    }

    /// <summary>A vehicle that stands somewhere at the start: known since it came there.</summary>
    private void EmitStanding(in PlannedStay stay, IVehicleEventSink sink)
    {
        EmitRegistered(stay.Vehicle, Ms(stay.ArriveS), stay.ArriveWh, stay.Region, sink);
        EmitArrival(stay, tellUse: false, sink);
    }

    /// <summary>A vehicle that is on its way at the start: known since it left.</summary>
    private void EmitDriving(in PlannedStay from, in PlannedStay to, IVehicleEventSink sink)
    {
        EmitRegistered(from.Vehicle, Ms(from.DepartS), to.ArriveWh + to.UsedWh, from.Region, sink);
        EmitMove(from, VehicleEventType.Departed, Ms(from.DepartS), null, sink);
    }

    private void EmitArrival(in PlannedStay stay, bool tellUse, IVehicleEventSink sink)
    {
        long atMs = Ms(stay.ArriveS);
        EmitMove(stay, VehicleEventType.Arrived, atMs, tellUse ? stay.UsedWh : null, sink);
        if (!PlugsIn(stay)) return;
        V2gStrategy strategy = _fleet.Strategy[stay.Vehicle];
        VehicleModel model = _people.Models[_fleet.Model[stay.Vehicle]];
        int sessionW = Watts(stay.Mode == ChargingMode.Quick ? model.QuickKw : stay.Mode == ChargingMode.Slow ? model.SlowKw : 0);
        int limitW = sessionW > 0 ? sessionW : Watts(model.SlowKw);
        Emit(stay.Vehicle, new VehicleEvent
        {
            Type = VehicleEventType.PluggedIn,
            OccurredAtMs = atMs,
            Quality = Quality.Substituted,
            MaxChargeW = limitW,
            MaxDischargeW = strategy == V2gStrategy.ChargeOnly ? 0 : (int)(limitW * _dischargeToChargePower),
            UnmanagedChargeW = sessionW,
            UnmanagedStart = _people.Charging.WaitsForCheapest(stay.Place) ? UnmanagedStart.Cheapest : UnmanagedStart.AtOnce,
            Place = stay.Place,
            DeclaredDepartureMs = stay.Declares ? Ms(stay.DeclaredS) : null,
            NeededAtDepartureWh = stay.Declares ? Math.Min(stay.NeedWh, CapacityWh(model)) : null,
        }, sink);
    }

    private void EmitDeparture(in PlannedStay stay, IVehicleEventSink sink)
    {
        long atMs = Ms(stay.DepartS);
        if (PlugsIn(stay))
            Emit(stay.Vehicle, new VehicleEvent { Type = VehicleEventType.Unplugged, OccurredAtMs = atMs, Quality = Quality.Substituted }, sink);
        EmitMove(stay, VehicleEventType.Departed, atMs, null, sink);
    }

    /// <summary>To charge, or because the owner lets it be used whenever it stays.</summary>
    private bool PlugsIn(in PlannedStay stay) => stay.Mode != ChargingMode.Park || _fleet.Strategy[stay.Vehicle] == V2gStrategy.WhenStaying;

    private void EmitRegistered(int v, long atMs, int energyWh, int region, IVehicleEventSink sink) => Emit(v, new VehicleEvent
    {
        Type = VehicleEventType.Registered,
        OccurredAtMs = atMs,
        Quality = Quality.Substituted,
        CapacityWh = CapacityWh(_people.Models[_fleet.Model[v]]),
        EnergyWh = energyWh,
        Consent = _fleet.Strategy[v],
        LatitudeE7 = LatitudeE7(region),
        LongitudeE7 = LongitudeE7(region),
    }, sink);

    private void EmitMove(in PlannedStay stay, VehicleEventType type, long atMs, int? usedWh, IVehicleEventSink sink) => Emit(stay.Vehicle, new VehicleEvent
    {
        Type = type,
        OccurredAtMs = atMs,
        Quality = Quality.Substituted,
        EnergyUsedWh = usedWh,
        Place = stay.Place,
        LatitudeE7 = LatitudeE7(stay.Region),
        LongitudeE7 = LongitudeE7(stay.Region),
    }, sink);

    private static int CapacityWh(VehicleModel model) => Watts(model.CapacityKwh);

    private static int Watts(double kilo) => (int)Math.Round(kilo * 1000);

    private int LatitudeE7(int region) => (int)Math.Round(_regions.LatitudeDeg(region) * 1e7);

    private int LongitudeE7(int region) => (int)Math.Round(_regions.LongitudeDeg(region) * 1e7);

    private void Emit(int v, in VehicleEvent vehicleEvent, IVehicleEventSink sink)
    {
        Span<byte> id = stackalloc byte[VehicleEventRules.MaxVehicleIdBytes];
        _ids.Write(v, id);
        sink.Emit(id[.._ids.Length], vehicleEvent);
    }
}
