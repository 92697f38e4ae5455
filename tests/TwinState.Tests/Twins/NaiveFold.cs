using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Movc.Domain.Events;
using Movc.Domain.Fleet;

namespace Movc.TwinState.Tests.Twins;

/// <summary>
/// The twin's rules once more, as plainly as they can be said and sharing no code with it: what was accepted is kept, and the state is
/// what its events say in the order in which they happened, however they came. For scripts whose trips tell no use.
/// </summary>
internal sealed class NaiveFold
{
    private readonly Dictionary<string, Vehicle> _vehicles = new(StringComparer.Ordinal);
    private readonly List<(string Id, VehicleEvent Event, string Reason)> _waiting = [];
    private readonly SortedDictionary<string, long> _refused = new(StringComparer.Ordinal);

    public SortedDictionary<string, long> Refused
    {
        get
        {
            var all = new SortedDictionary<string, long>(_refused, StringComparer.Ordinal);
            foreach ((_, _, string reason) in _waiting) all[reason] = all.GetValueOrDefault(reason) + 1;
            return all;
        }
    }

    public long Accepted => _vehicles.Values.Sum(v => (long)v.Events.Count);

    public int Plugged => _vehicles.Values.Count(v => v.Plugged);

    public int Registered => _vehicles.Count;

    public void Take(string id, VehicleEvent e)
    {
        string? reason = Fault(id, e);
        if (reason is "unknown-vehicle" or "not-plugged-in" or "already-plugged-in")
        {
            _waiting.Add((id, e, reason));
            return;
        }
        if (reason is not null)
        {
            _refused[reason] = _refused.GetValueOrDefault(reason) + 1;
            return;
        }
        if (!_vehicles.TryGetValue(id, out Vehicle? v)) _vehicles.Add(id, v = new Vehicle(e.CapacityWh!.Value));
        v.Events.Add(e);
        TakeUp(id, v);
    }

    private void TakeUp(string id, Vehicle v)
    {
        for (bool again = true; again;)
        {
            again = false;
            foreach ((string Id, VehicleEvent Event, string Reason) put in _waiting.Where(w => string.Equals(w.Id, id, StringComparison.Ordinal)).OrderBy(w => w.Event.OccurredAtMs).ToList())
            {
                string? reason = Fault(id, put.Event);
                if (reason is "not-plugged-in" or "already-plugged-in") continue;
                _waiting.Remove(put);
                if (reason is not null)
                {
                    _refused[put.Reason] = _refused.GetValueOrDefault(put.Reason) + 1;
                    continue;
                }
                v.Events.Add(put.Event);
                again = true;
                break;
            }
        }
    }

    /// <summary>docs/events/state-hash.md, byte by byte.</summary>
    public UInt128 Hash()
    {
        UInt128 sum = 0;
        foreach ((string id, Vehicle v) in _vehicles)
        {
            using var bytes = new MemoryStream();
            using var writer = new BinaryWriter(bytes);
            byte[] utf8 = Encoding.UTF8.GetBytes(id);
            writer.Write((byte)utf8.Length);
            writer.Write(utf8);
            writer.Write(v.Events.Count);
            writer.Write(v.Plugged);
            writer.Write(v.Energy);
            writer.Write((byte)v.Consent);
            writer.Write(v.Events.Max(e => e.OccurredAtMs));
            sum = unchecked(sum + BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(bytes.ToArray())));
        }
        return sum;
    }

    private string? Fault(string id, VehicleEvent e)
    {
        if (e.StateOfChargePpm > 1_000_000 || (int?)e.Consent > 2) return "out-of-range";
        if (e.Type == VehicleEventType.LocationReported && e.LongitudeE7 is null) return "missing-field";
        bool known = _vehicles.TryGetValue(id, out Vehicle? v);
        if (!known) return e.Type == VehicleEventType.Registered ? null : "unknown-vehicle";
        if (e.Type == VehicleEventType.Registered) return "already-registered";
        if (e.OccurredAtMs < v!.Events.Max(o => o.OccurredAtMs) - (7 * 86_400_000L)) return "too-late";
        bool isNewestOfPlug = !v.Events.Any(o => IsOfPlug(o) && o.OccurredAtMs > e.OccurredAtMs);
        if (e.Type == VehicleEventType.Unplugged && isNewestOfPlug && !v.Plugged) return "not-plugged-in";
        if (e.Type == VehicleEventType.PluggedIn && isNewestOfPlug && v.Plugged) return "already-plugged-in";
        return e.EnergyWh > v.Capacity ? "out-of-range" : null;
    }

    private static bool IsOfPlug(VehicleEvent e) => e.Type is VehicleEventType.PluggedIn or VehicleEventType.Unplugged or VehicleEventType.Departed;

    private sealed class Vehicle(int capacity)
    {
        public int Capacity => capacity;

        /// <summary>As they were accepted.</summary>
        public List<VehicleEvent> Events { get; } = [];

        private IEnumerable<VehicleEvent> AsTheyHappened => Events.OrderBy(e => e.OccurredAtMs);

        public bool Plugged => AsTheyHappened.LastOrDefault(IsOfPlug) is { Type: VehicleEventType.PluggedIn };

        public V2gStrategy Consent =>
            AsTheyHappened.LastOrDefault(e => e.Type is VehicleEventType.Registered or VehicleEventType.ConsentChanged).Consent ?? V2gStrategy.ChargeOnly;

        public int Energy => AsTheyHappened.Where(e => e.EnergyWh is not null || e.StateOfChargePpm is not null).Select(e => e.EnergyWh ?? (int)Math.Round(capacity * (e.StateOfChargePpm!.Value / 1e6))).LastOrDefault();
    }
}
