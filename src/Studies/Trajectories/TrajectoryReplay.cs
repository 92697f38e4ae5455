using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.Studies.Estimation.Input;

namespace Movc.Studies.Trajectories;

/// <summary>
/// Recorded trajectories as a source: arrivals, departures and plug-ins at home from the stays found in them, and every record on the way
/// as a reported location. A pure function of the records: ranges may be cut anywhere. Memory: 24 bytes an event.
/// </summary>
public sealed class TrajectoryReplay : IVehicleEventSource
{
    private readonly UserTracks _tracks;
    private readonly TrajectoryStay[][] _stays;
    private readonly CityArea _area;
    private readonly TrajectoryVehicle _vehicle;
    private readonly byte[][] _ids;
    private readonly Happening[] _happenings;

    internal TrajectoryReplay(string sourceUri, UserTracks tracks, TrajectoryStay[][] stays, CityArea area, TrajectoryVehicle vehicle, long? startMs)
    {
        SourceUri = sourceUri;
        _tracks = tracks;
        _stays = stays;
        _area = area;
        _vehicle = vehicle;
        _ids = [.. tracks.Users.Select(System.Text.Encoding.UTF8.GetBytes)];
        long first = stays.Where(s => s.Length > 0).Min(s => s[0].ArriveMs), last = stays.Where(s => s.Length > 0).Max(s => s[^1].DepartMs);
        StartMs = startMs ?? Slots.Floor(first);
        EndMs = Slots.Ceiling(last + 1);
        VehicleCount = stays.Count(s => s.Length > 0);
        _happenings = Timeline();
    }

    private enum Kind : byte
    {
        Depart = 0,
        Report = 1,
        Arrive = 2,
    }

    /// <inheritdoc/>
    public string SourceUri { get; }

    /// <inheritdoc/>
    public CityMode Mode => CityMode.Replay;

    /// <inheritdoc/>
    public int VehicleCount { get; }

    /// <inheritdoc/>
    public long StartMs { get; }

    /// <inheritdoc/>
    public long? EndMs { get; }

    /// <summary>Vehicles that were seen before the start: standing where they were, or on their way.</summary>
    public void EmitInitial(IVehicleEventSink sink, CancellationToken cancellationToken)
    {
        for (int u = 0; u < _stays.Length; u++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int k = Array.FindLastIndex(_stays[u], s => s.ArriveMs < StartMs);
            if (k < 0) continue;
            TrajectoryStay stay = _stays[u][k];
            bool stands = stay.DepartMs >= StartMs;
            Register(u, stay, stands ? stay.ArriveMs : stay.DepartMs, sink);
            if (stands) Arrive(u, k, usedWh: null, sink);
            else Move(u, stay, VehicleEventType.Departed, stay.DepartMs, null, sink);
        }
    }

    /// <inheritdoc/>
    public void Emit(long fromMs, long toMs, IVehicleEventSink sink, CancellationToken cancellationToken)
    {
        for (int i = IndexOf(fromMs); i < _happenings.Length && _happenings[i].AtMs < toMs; i++)
        {
            if ((i & 0x1fff) == 0) cancellationToken.ThrowIfCancellationRequested();
            (long atMs, int user, int index, Kind kind) = _happenings[i];
            switch (kind)
            {
                case Kind.Arrive:
                    if (index == 0) Register(user, _stays[user][0], atMs, sink);
                    Arrive(user, index, index == 0 ? null : UsedWh(_stays[user][index - 1], _stays[user][index]), sink);
                    break;
                case Kind.Depart:
                    Depart(user, _stays[user][index], sink);
                    break;
                default:
                    (int latitude, int longitude) = Degrees(_tracks.EastKm[index], _tracks.NorthKm[index]);
                    sink.Emit(_ids[user], new VehicleEvent { Type = VehicleEventType.LocationReported, OccurredAtMs = atMs, LatitudeE7 = latitude, LongitudeE7 = longitude });
                    break;
            }
        }
    }

    private Happening[] Timeline()
    {
        var all = new List<Happening>();
        for (int u = 0; u < _stays.Length; u++)
        {
            int record = _tracks.First[u], end = _tracks.First[u + 1];
            for (int k = 0; k < _stays[u].Length; k++)
            {
                TrajectoryStay stay = _stays[u][k];
                all.Add(new Happening(stay.ArriveMs, u, k, Kind.Arrive));
                all.Add(new Happening(stay.DepartMs, u, k, Kind.Depart));
                if (k + 1 == _stays[u].Length) continue;
                while (record < end && _tracks.AtMs[record] <= stay.DepartMs) record++;
                for (; record < end && _tracks.AtMs[record] < _stays[u][k + 1].ArriveMs; record++) all.Add(new Happening(_tracks.AtMs[record], u, record, Kind.Report));
            }
        }
        return [.. all.OrderBy(h => h.AtMs).ThenBy(h => h.Kind).ThenBy(h => h.User)];
    }

    private int IndexOf(long atMs)
    {
        int low = 0, high = _happenings.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_happenings[middle].AtMs < atMs) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private void Register(int user, in TrajectoryStay stay, long atMs, IVehicleEventSink sink)
    {
        (int latitude, int longitude) = Degrees(stay.EastKm, stay.NorthKm);
        sink.Emit(_ids[user], new VehicleEvent
        {
            Type = VehicleEventType.Registered,
            OccurredAtMs = atMs,
            Quality = Quality.Substituted,
            CapacityWh = _vehicle.CapacityWh,
            EnergyWh = _vehicle.CapacityWh,
            Consent = V2gStrategy.WhenStaying,
            LatitudeE7 = latitude,
            LongitudeE7 = longitude,
        });
    }

    private void Arrive(int user, int index, int? usedWh, IVehicleEventSink sink)
    {
        TrajectoryStay stay = _stays[user][index];
        Move(user, stay, VehicleEventType.Arrived, stay.ArriveMs, usedWh, sink);
        if (stay.Place != PlaceKind.Home) return;
        sink.Emit(_ids[user], new VehicleEvent
        {
            Type = VehicleEventType.PluggedIn,
            OccurredAtMs = stay.ArriveMs,
            Quality = Quality.Substituted,
            MaxChargeW = _vehicle.PowerW,
            MaxDischargeW = _vehicle.PowerW,
            UnmanagedStart = UnmanagedStart.Cheapest,
            Place = stay.Place,
            DeclaredDepartureMs = stay.CutAfter ? null : stay.DepartMs,
            NeededAtDepartureWh = stay.CutAfter ? null : _vehicle.CapacityWh,
        });
    }

    private void Depart(int user, in TrajectoryStay stay, IVehicleEventSink sink)
    {
        if (stay.Place == PlaceKind.Home)
            sink.Emit(_ids[user], new VehicleEvent { Type = VehicleEventType.Unplugged, OccurredAtMs = stay.DepartMs, Quality = Quality.Substituted });
        Move(user, stay, VehicleEventType.Departed, stay.DepartMs, null, sink);
    }

    private void Move(int user, in TrajectoryStay stay, VehicleEventType type, long atMs, int? usedWh, IVehicleEventSink sink)
    {
        (int latitude, int longitude) = Degrees(stay.EastKm, stay.NorthKm);
        sink.Emit(_ids[user], new VehicleEvent
        {
            Type = type,
            OccurredAtMs = atMs,
            // Where the records fall silent, the departure is the last that they tell.
            Quality = type == VehicleEventType.Departed && stay.CutAfter ? Quality.Substituted : Quality.Good,
            EnergyUsedWh = usedWh,
            Place = stay.Place,
            LatitudeE7 = latitude,
            LongitudeE7 = longitude,
        });
    }

    private int UsedWh(in TrajectoryStay from, in TrajectoryStay to)
    {
        double east = to.EastKm - from.EastKm, north = to.NorthKm - from.NorthKm;
        return (int)Math.Min(_vehicle.CapacityWh, Math.Round(Math.Sqrt((east * east) + (north * north)) * _vehicle.Detour * _vehicle.WhPerKm));
    }

    private (int LatitudeE7, int LongitudeE7) Degrees(double eastKm, double northKm)
    {
        (double latitude, double longitude) = _area.ToDegrees(eastKm, northKm);
        return ((int)Math.Round(latitude * 1e7), (int)Math.Round(longitude * 1e7));
    }

    private readonly record struct Happening(long AtMs, int User, int Index, Kind Kind);
}
