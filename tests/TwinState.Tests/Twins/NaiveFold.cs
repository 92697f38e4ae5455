using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Movc.Domain.Events;
using Movc.Domain.Fleet;

namespace Movc.TwinState.Tests.Twins;

/// <summary>The twin's rules once more, as plainly as they can be said and sharing no code with it; for scripts whose unplugs tell their energy.</summary>
internal sealed class NaiveFold
{
    private readonly Dictionary<string, Vehicle> _vehicles = new(StringComparer.Ordinal);

    public SortedDictionary<string, long> Refused { get; } = new(StringComparer.Ordinal);

    public long Accepted { get; private set; }

    public int Plugged => _vehicles.Values.Count(v => v.Plugged);

    public int Registered => _vehicles.Count;

    public void Take(string id, VehicleEvent e)
    {
        string? reason = Fault(id, e);
        if (reason is not null)
        {
            Refused[reason] = Refused.GetValueOrDefault(reason) + 1;
            return;
        }
        Accepted++;
        if (!_vehicles.TryGetValue(id, out Vehicle? v)) _vehicles.Add(id, v = new Vehicle { Capacity = e.CapacityWh!.Value });
        v.Version++;
        v.Last = e.OccurredAtMs;
        if (e.Type == VehicleEventType.PluggedIn) v.Plugged = true;
        if (e.Type == VehicleEventType.Unplugged) v.Plugged = false;
        if (e.Type is VehicleEventType.Registered or VehicleEventType.ConsentChanged) v.Consent = e.Consent ?? V2gStrategy.ChargeOnly;
        if (e.EnergyWh is { } wh) v.Energy = wh;
        else if (e.StateOfChargePpm is { } ppm) v.Energy = (int)Math.Round(v.Capacity * (ppm / 1e6));
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
            writer.Write(v.Version);
            writer.Write(v.Plugged);
            writer.Write(v.Energy);
            writer.Write((byte)v.Consent);
            writer.Write(v.Last);
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
        if (e.OccurredAtMs < v!.Last) return "time-backward";
        if (e.Type == VehicleEventType.Unplugged && !v.Plugged) return "not-plugged-in";
        if (e.Type == VehicleEventType.PluggedIn && v.Plugged) return "already-plugged-in";
        return e.EnergyWh > v.Capacity ? "out-of-range" : null;
    }

    private sealed class Vehicle
    {
        public int Capacity, Version, Energy;
        public bool Plugged;
        public V2gStrategy Consent;
        public long Last;
    }
}
