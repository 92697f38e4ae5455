using System.Diagnostics;
using System.Globalization;
using System.Reactive;
using System.Reactive.Linq;
using Movc.Domain;
using Movc.Domain.Events;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.Ingest.Time;

namespace Movc.Ingest.Replay;

/// <summary>
/// A session file replayed in virtual time: plug-ins and plug-outs stand on a System.Reactive scheduler whose clock moves only as
/// far as <see cref="Emit"/> is asked to, so that pacing is the caller's business alone. Not thread-safe; one caller at a time.
/// </summary>
/// <remarks>
/// Events of one instant come plug-outs first (a session may begin in the minute in which the one before ends), then by vehicle.
/// A jump (a new instance after a restart, or after a cancelled call) costs a search in the file's sessions, not a replay.
/// </remarks>
[DebuggerDisplay("{SourceUri}, {VehicleCount} vehicles")]
public sealed class SessionReplay : IVehicleEventSource, IDisposable
{
    private readonly ReplayFleet _fleet;
    private readonly ReplayTimeline _timeline;
    private readonly ReplayParameters _parameters;
    private readonly IReadOnlyList<RefusedSession> _refused;
    private readonly int _chargeW;
    private readonly int _dischargeW;
    private VirtualCityClock? _clock;
    private IDisposable? _subscription;
    private long _positionMs;
    private IVehicleEventSink? _sink;
    private CancellationToken _cancellationToken;

    internal SessionReplay(string sourceUri, ReplayFleet fleet, SessionSet set, ReplayParameters parameters, NodaCityCalendar calendar, DateOnly? from)
    {
        SourceUri = sourceUri;
        Counts = set.Counts;
        _fleet = fleet;
        _parameters = parameters;
        _refused = set.Refused;
        _chargeW = (int)Math.Round(parameters.ChargePowerKw * 1000);
        _dischargeW = (int)Math.Round(parameters.DischargePowerKw * 1000);
        _timeline = new ReplayTimeline(fleet);
        StartMs = calendar.StartOfDayMs(from ?? DateOnly.FromDateTime(calendar.ToWall(_timeline.FirstMs)));
        EndMs = Slots.Ceiling(_timeline.LastMs + 1);
        if (StartMs >= EndMs)
        {
            string last = calendar.ToWall(_timeline.LastMs).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            throw new InputException($"--from {from:yyyy-MM-dd}: the last event of the sessions is on {last}; give a day not after it");
        }
    }

    /// <inheritdoc/>
    public string SourceUri { get; }

    /// <inheritdoc/>
    public CityMode Mode => CityMode.Replay;

    /// <inheritdoc/>
    public int VehicleCount => _fleet.VehicleCount;

    /// <inheritdoc/>
    public long StartMs { get; }

    /// <inheritdoc/>
    public long? EndMs { get; }

    /// <summary>What became of the file's rows.</summary>
    public SessionCounts Counts { get; }

    /// <summary>
    /// The rows put aside, the registrations, and the plug-ins of vehicles that stand plugged in at the start. Such a vehicle is
    /// registered in the instant of its plug-in, the others at the start: a vehicle's time must not go backward.
    /// </summary>
    public void EmitInitial(IVehicleEventSink sink, CancellationToken cancellationToken)
    {
        foreach (RefusedSession row in _refused)
        {
            sink.PutAside(new DeadLetter(
                StartMs, row.Reason, row.Detail, SourceUri, string.Create(CultureInfo.InvariantCulture, $"line {row.Line}"), row.UserId, row.Raw));
        }

        var standing = new List<(long AtMs, int Vehicle, int Session)>();
        var registeredBefore = new bool[VehicleCount];
        for (int vehicle = 0; vehicle < VehicleCount; vehicle++)
        {
            int session = StandingAtStart(vehicle);
            if (session < 0) continue;
            standing.Add((_fleet.Sessions[session].StartMs + _fleet.ShiftMs[vehicle], vehicle, session));
            registeredBefore[vehicle] = true;
        }

        standing.Sort();
        foreach ((long atMs, int vehicle, int session) in standing)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Register(sink, vehicle, atMs);
            EmitPlugIn(sink, vehicle, session);
        }

        for (int vehicle = 0; vehicle < VehicleCount; vehicle++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!registeredBefore[vehicle]) Register(sink, vehicle, StartMs);
        }
    }

    /// <inheritdoc/>
    public void Emit(long fromMs, long toMs, IVehicleEventSink sink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentOutOfRangeException.ThrowIfLessThan(fromMs, StartMs);
        ArgumentOutOfRangeException.ThrowIfLessThan(toMs, fromMs);
        if (fromMs == toMs) return;
        cancellationToken.ThrowIfCancellationRequested();
        if (_clock is null || _positionMs != fromMs) Seek(fromMs);
        _sink = sink;
        _cancellationToken = cancellationToken;
        bool whole = false;
        try
        {
            // The clock takes an instant that it reaches; the range is half open.
            _clock!.AdvanceTo(toMs - 1);
            _positionMs = toMs;
            whole = true;
        }
        finally
        {
            _sink = null;
            _cancellationToken = CancellationToken.None;
            // A scheduler left by an exception cannot go on; the next call builds another where it is asked to begin.
            if (!whole) Dispose();
        }
    }

    /// <summary>Lets the schedule go; a later <see cref="Emit"/> makes a new one.</summary>
    public void Dispose()
    {
        _subscription?.Dispose();
        _subscription = null;
        _clock = null;
    }

    private void Seek(long fromMs)
    {
        Dispose();
        _timeline.Seek(fromMs);
        _clock = new VirtualCityClock(fromMs - 1);
        // One element an instant, so that the scheduler's cost is per minute and not per vehicle.
        _subscription = Observable.Generate(
                _timeline,
                static timeline => timeline.HasCurrent,
                static timeline =>
                {
                    timeline.MoveNext();
                    return timeline;
                },
                static timeline => timeline,
                static timeline => DateTimeOffset.FromUnixTimeMilliseconds(timeline.CurrentMs),
                _clock)
            .Subscribe(Observer.Create<ReplayTimeline>(EmitInstant));
    }

    private void EmitInstant(ReplayTimeline timeline)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        for (int i = 0; i < timeline.CurrentCount; i++)
        {
            timeline.Current(i, out int vehicle, out int session, out bool isPlugIn);
            if (isPlugIn) EmitPlugIn(_sink!, vehicle, session);
            else EmitUnplug(_sink!, vehicle, session);
        }
    }

    private void Register(IVehicleEventSink sink, int vehicle, long atMs)
    {
        int capacityWh = _fleet.CapacityWh[_fleet.UserOf(vehicle)];
        sink.Emit(_fleet.Ids[vehicle], new VehicleEvent
        {
            Type = VehicleEventType.Registered,
            OccurredAtMs = atMs,
            CapacityWh = capacityWh,
            EnergyWh = FullWh(capacityWh),
            Consent = _parameters.Consent,
        });
    }

    private void EmitPlugIn(IVehicleEventSink sink, int vehicle, int session)
    {
        ref readonly PlugInSession s = ref _fleet.Sessions[session];
        int fullWh = FullWh(_fleet.CapacityWh[s.User]);
        long shiftMs = _fleet.ShiftMs[vehicle];
        sink.Emit(_fleet.Ids[vehicle], new VehicleEvent
        {
            Type = VehicleEventType.PluggedIn,
            OccurredAtMs = s.StartMs + shiftMs,
            EnergyWh = Math.Max(0, fullWh - s.EnergyWh),
            MaxChargeW = _chargeW,
            MaxDischargeW = _dischargeW,
            Place = PlaceKind.Home,
            // Nobody declared an end that the file does not tell.
            DeclaredDepartureMs = s.IsOpen || s.EndQuality == Quality.Substituted ? null : s.EndMs + shiftMs,
            NeededAtDepartureWh = fullWh,
        });
    }

    private void EmitUnplug(IVehicleEventSink sink, int vehicle, int session)
    {
        ref readonly PlugInSession s = ref _fleet.Sessions[session];
        sink.Emit(_fleet.Ids[vehicle], new VehicleEvent
        {
            Type = VehicleEventType.Unplugged,
            OccurredAtMs = s.EndMs + _fleet.ShiftMs[vehicle],
            Quality = s.EndQuality,
            EnergyWh = FullWh(_fleet.CapacityWh[s.User]),
        });
    }

    private int FullWh(int capacityWh) => (int)Math.Round(capacityWh * _parameters.EnergyAtDeparture);

    /// <summary>The session with plug-in before the start and plug-out at it or later, or −1.</summary>
    private int StandingAtStart(int vehicle)
    {
        int user = _fleet.UserOf(vehicle);
        long startMs = StartMs - _fleet.ShiftMs[vehicle];
        for (int s = _fleet.SessionOffset[user]; s < _fleet.SessionOffset[user + 1]; s++)
        {
            if (_fleet.Sessions[s].StartMs >= startMs) break;
            if (_fleet.Sessions[s].EndMs >= startMs) return s;
        }

        return -1;
    }
}
