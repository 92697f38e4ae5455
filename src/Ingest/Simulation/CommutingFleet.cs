using System.Text;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Randomness;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.Ingest.Simulation.Parameters;

namespace Movc.Ingest.Simulation;

/// <summary>
/// A synthetic fleet of private vehicles that drive from home to one place and back: to work, or on a midday outing. Plugged in at
/// home after every return, and away too where the owner consents to V2G whenever staying (docs/simulation.md).
/// </summary>
/// <remarks>
/// A pure function of parameters, seed, start and calendar: ranges may be cut anywhere and any day can be asked for first. Not for
/// several threads at once. Memory, by vehicle: 28 bytes of traits, 3 × 24 bytes of tours (the last begun before the day, the first
/// from the day on, the one after it), and 4 bytes for each of about three moments of the day.
/// </remarks>
public sealed class CommutingFleet : IVehicleEventSource
{
    public const int MaxVehicles = 5_000_000;

    /// <summary>Days lived through before the start, so that the first day is like any other [G].</summary>
    public const int WarmUpDays = 7;

    private const long RegisteredBeforeMs = 86_400_000;
    private const int CancellationStride = 8192;

    // A moment's code: vehicle · 8 + 4 if it belongs to a tour that began on an earlier day + moment.
    private const int CodesPerVehicle = 8;
    private const int CarriedCode = 4;

    private readonly ICityCalendar _calendar;
    private readonly DayClock _clock;
    private readonly TourPlanner _planner;
    private readonly VehicleTraits[] _traits;
    private readonly Tour[] _last;
    private readonly Tour[] _now;
    private readonly Tour[] _after;
    private readonly DayOrder _order = new();
    private readonly byte[] _idPrefix;
    private readonly int _idDigits;
    private readonly double _dischargeToChargePower;
    private readonly int _startDay;
    private int _day = int.MinValue;

    /// <param name="parameters">The city.</param>
    /// <param name="vehicles">1 to 5,000,000.</param>
    /// <param name="seed">Any number; the same gives the same fleet.</param>
    /// <param name="startMs">Unix milliseconds UTC, on an interval's boundary.</param>
    /// <param name="calendar">Calendar of the city's time zone.</param>
    /// <param name="gamma">Compensation over mean damage cost; null = the parameters'.</param>
    public CommutingFleet(CityParameters parameters, int vehicles, long seed, long startMs, ICityCalendar calendar, double? gamma = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vehicles, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vehicles, MaxVehicles);
        if (Slots.Floor(startMs) != startMs) throw new ArgumentException($"{startMs} ms is not on a slot's boundary", nameof(startMs));
        if (!string.Equals(calendar.TimeZone, parameters.TimeZone, StringComparison.Ordinal))
            throw new ArgumentException($"calendar of {calendar.TimeZone}, city in {parameters.TimeZone}", nameof(calendar));
        SourceUri = $"movc:sim/{parameters.City}";
        StartMs = startMs;
        _calendar = calendar;
        _startDay = calendar.DayNumber(startMs);
        _clock = new DayClock(calendar, _startDay - WarmUpDays - 2);
        _planner = new TourPlanner(parameters, seed, _clock, _startDay - WarmUpDays);
        _dischargeToChargePower = parameters.DischargeToChargePower;
        _idPrefix = Encoding.ASCII.GetBytes(parameters.IdPrefix);
        _idDigits = vehicles <= 1_000_000 ? 6 : 7;
        _traits = new VehicleTraits[vehicles];
        _last = new Tour[vehicles];
        _now = new Tour[vehicles];
        _after = new Tour[vehicles];
        var drawer = new TraitsDrawer(parameters, gamma ?? parameters.Willingness.Gamma);
        for (int v = 0; v < vehicles; v++) _traits[v] = drawer.Draw(CounterRandom.VehicleKey(seed, v));
    }

    public string SourceUri { get; }

    public CityMode Mode => CityMode.Simulated;

    public int VehicleCount => _traits.Length;

    public long StartMs { get; }

    public long? EndMs => null;

    /// <summary>Planned tours left out because the battery did not hold enough for them, on the days emitted by this object.</summary>
    public long ToursWithoutEnergy { get; private set; }

    /// <summary>Planned tours left out because the vehicle was not back in time from the one before, on the days emitted by this object.</summary>
    public long ToursOverlapping { get; private set; }

    /// <inheritdoc/>
    public void EmitInitial(IVehicleEventSink sink, CancellationToken cancellationToken)
    {
        EnsureDay(_startDay, cancellationToken);
        for (int v = 0; v < _traits.Length; v++)
        {
            if (v % CancellationStride == 0) cancellationToken.ThrowIfCancellationRequested();
            bool begun = _now[v].Day == _startDay && _now[v].DepartMs < StartMs;
            if (begun) EmitStanding(v, _now[v], _after[v], sink);
            else EmitStanding(v, _last[v], _now[v], sink);
        }
    }

    /// <inheritdoc/>
    public void Emit(long fromMs, long toMs, IVehicleEventSink sink, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromMs, StartMs);
        for (long atMs = fromMs; atMs < toMs;)
        {
            int day = _calendar.DayNumber(atMs);
            EnsureDay(day, cancellationToken);
            long untilMs = Math.Min(toMs, _clock.StartMs(day + 1));
            int sinceCheck = 0;
            foreach (int code in _order.Range(atMs, untilMs))
            {
                if (sinceCheck++ % CancellationStride == 0) cancellationToken.ThrowIfCancellationRequested();
                int v = code / CodesPerVehicle;
                bool carried = (code & CarriedCode) != 0;
                EmitMoment(v, code & (Tour.Moments - 1), carried ? _last[v] : _now[v], carried ? _now[v] : _after[v], sink);
            }
            atMs = untilMs;
        }
    }

    /// <summary>Brings the columns to a day: one step on from the day before, or from nothing.</summary>
    private void EnsureDay(int day, CancellationToken cancellationToken)
    {
        if (_day == day) return;
        bool stepOn = _day == day - 1;
        // Until the columns are whole they are of no day: a cancelled call must not leave half of them behind.
        _day = int.MinValue;
        Span<long> leftOut = stackalloc long[3];
        leftOut.Clear();
        _order.Begin(_clock.StartMs(day), _clock.StartMs(day + 1));
        for (int v = 0; v < _traits.Length; v++)
        {
            if (v % CancellationStride == 0) cancellationToken.ThrowIfCancellationRequested();
            if (!stepOn) _planner.Rebuild(v, _traits[v], day, out _last[v], out _now[v]);
            else if (_now[v].Day < day) (_last[v], _now[v]) = (_now[v], _after[v]);
            while (_now[v].Day == day && !_now[v].IsKnown) _now[v] = _planner.Next(v, _traits[v], _last[v], day);
            if (_now[v].Day == day) _after[v] = _planner.Next(v, _traits[v], _now[v], day + 1);
            else leftOut[(int)_planner.WhyNone(v, _traits[v], _last[v], day)]++;
            if (_last[v].Day == day - 1) Count(_last[v], _traits[v].TripSeconds);
            if (_now[v].Day == day) Count(_now[v], _traits[v].TripSeconds);
        }
        ToursWithoutEnergy += leftOut[(int)LeftOut.WithoutEnergy];
        ToursOverlapping += leftOut[(int)LeftOut.Overlapping];
        _order.EndCount();
        for (int v = 0; v < _traits.Length; v++)
        {
            int code = v * CodesPerVehicle;
            if (_last[v].Day == day - 1) Add(_last[v], _traits[v].TripSeconds, code + CarriedCode);
            if (_now[v].Day == day) Add(_now[v], _traits[v].TripSeconds, code);
        }
        _day = day;
    }

    private void Count(in Tour tour, int tripSeconds)
    {
        for (int m = 0; m < Tour.Moments; m++) _order.Count(tour.MomentMs(m, tripSeconds));
    }

    private void Add(in Tour tour, int tripSeconds, int code)
    {
        for (int m = 0; m < Tour.Moments; m++) _order.Add(tour.MomentMs(m, tripSeconds), code + m);
    }

    /// <summary>Registration a day before the start, and the facts since then that put the vehicle where it is at the start.</summary>
    private void EmitStanding(int v, in Tour tour, in Tour next, IVehicleEventSink sink)
    {
        ref readonly VehicleTraits traits = ref _traits[v];
        long registeredMs = StartMs - RegisteredBeforeMs;
        int moments = 0;
        while (moments < Tour.Moments && tour.MomentMs(moments, traits.TripSeconds) < StartMs) moments++;
        if (moments == Tour.Moments)
        {
            // At home. What was before the registration is not told: such a vehicle is plugged in since then, with its energy then.
            long homeMs = tour.ReturnMs(traits.TripSeconds);
            long sinceMs = Math.Max(homeMs, registeredMs);
            int energyWh = _planner.Charged(traits, tour.LeaveWh - traits.TripWh, sinceMs - homeMs);
            EmitRegistered(v, registeredMs, energyWh, sink);
            EmitPluggedIn(v, sinceMs, PlaceKind.Home, energyWh, next.DepartMs, next.IsKnown ? next.DepartWh : _planner.CapacityWh(traits), sink);
            return;
        }
        // Driving back: only that departure is told, the stay before it is over.
        int first = moments == Tour.Moments - 1 ? moments - 1 : 0;
        EmitRegistered(v, registeredMs, first == 0 ? tour.DepartWh : tour.LeaveWh, sink);
        for (int m = first; m < moments; m++) EmitMoment(v, m, tour, next, sink, initial: true);
    }

    /// <summary>The facts of one moment of a tour, in their logical order.</summary>
    private void EmitMoment(int v, int moment, in Tour tour, in Tour next, IVehicleEventSink sink, bool initial = false)
    {
        ref readonly VehicleTraits traits = ref _traits[v];
        long atMs = tour.MomentMs(moment, traits.TripSeconds);
        switch (moment)
        {
            case 0:
                // At the start the fleet is not yet plugged in, so there is nothing to unplug.
                if (!initial) EmitSimple(v, VehicleEventType.Unplugged, atMs, PlaceKind.Home, tour.DepartWh, sink);
                EmitMove(v, VehicleEventType.Departed, atMs, PlaceKind.Home, tour.DepartWh, sink);
                break;
            case 1:
                int arriveWh = tour.DepartWh - traits.TripWh;
                EmitMove(v, VehicleEventType.Arrived, atMs, traits.Away, arriveWh, sink);
                if (traits.PlugsInAway)
                    EmitPluggedIn(v, atMs, traits.Away, arriveWh, tour.MomentMs(2, traits.TripSeconds), tour.LeaveWh, sink);
                break;
            case 2:
                if (traits.PlugsInAway && !initial) EmitSimple(v, VehicleEventType.Unplugged, atMs, traits.Away, tour.LeaveWh, sink);
                EmitMove(v, VehicleEventType.Departed, atMs, traits.Away, tour.LeaveWh, sink);
                break;
            default:
                int homeWh = tour.LeaveWh - traits.TripWh;
                EmitMove(v, VehicleEventType.Arrived, atMs, PlaceKind.Home, homeWh, sink);
                EmitPluggedIn(v, atMs, PlaceKind.Home, homeWh, next.DepartMs, next.IsKnown ? next.DepartWh : _planner.CapacityWh(traits), sink);
                break;
        }
    }

    private void EmitRegistered(int v, long atMs, int energyWh, IVehicleEventSink sink)
    {
        ref readonly VehicleTraits traits = ref _traits[v];
        Emit(v, new VehicleEvent
        {
            Type = VehicleEventType.Registered,
            OccurredAtMs = atMs,
            Quality = Quality.Substituted,
            CapacityWh = _planner.CapacityWh(traits),
            EnergyWh = energyWh,
            Consent = traits.Consent,
            LatitudeE7 = traits.HomeLatitudeE7,
            LongitudeE7 = traits.HomeLongitudeE7,
        }, sink);
    }

    private void EmitPluggedIn(int v, long atMs, PlaceKind place, int energyWh, long departMs, int departWh, IVehicleEventSink sink)
    {
        ref readonly VehicleTraits traits = ref _traits[v];
        int acPowerW = _planner.AcPowerW(traits);
        Emit(v, new VehicleEvent
        {
            Type = VehicleEventType.PluggedIn,
            OccurredAtMs = atMs,
            Quality = Quality.Substituted,
            EnergyWh = energyWh,
            MaxChargeW = acPowerW,
            MaxDischargeW = traits.Consent == V2gStrategy.ChargeOnly ? 0 : (int)(acPowerW * _dischargeToChargePower),
            Place = place,
            DeclaredDepartureMs = departMs == 0 ? null : departMs,
            NeededAtDepartureWh = departWh,
        }, sink);
    }

    private void EmitMove(int v, VehicleEventType type, long atMs, PlaceKind place, int energyWh, IVehicleEventSink sink)
    {
        ref readonly VehicleTraits traits = ref _traits[v];
        bool home = place == PlaceKind.Home;
        Emit(v, new VehicleEvent
        {
            Type = type,
            OccurredAtMs = atMs,
            Quality = Quality.Substituted,
            EnergyWh = energyWh,
            Place = place,
            LatitudeE7 = home ? traits.HomeLatitudeE7 : traits.AwayLatitudeE7,
            LongitudeE7 = home ? traits.HomeLongitudeE7 : traits.AwayLongitudeE7,
        }, sink);
    }

    private void EmitSimple(int v, VehicleEventType type, long atMs, PlaceKind place, int energyWh, IVehicleEventSink sink) =>
        Emit(v, new VehicleEvent { Type = type, OccurredAtMs = atMs, Quality = Quality.Substituted, EnergyWh = energyWh, Place = place }, sink);

    private void Emit(int v, in VehicleEvent vehicleEvent, IVehicleEventSink sink)
    {
        Span<byte> id = stackalloc byte[VehicleEventRules.MaxVehicleIdBytes];
        _idPrefix.CopyTo(id);
        int length = _idPrefix.Length + _idDigits;
        for (int i = length - 1, rest = v; i >= _idPrefix.Length; i--, rest /= 10) id[i] = (byte)('0' + rest % 10);
        sink.Emit(id[..length], vehicleEvent);
    }
}
