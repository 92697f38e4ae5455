using System.Text;
using Movc.Domain.Events;

namespace Movc.Ingest.Simulation;

/// <summary>Ids of a simulated fleet: the city's prefix and the vehicle's number, with as many digits as the fleet needs, six at least.</summary>
/// <param name="prefix">ASCII, at most 57 characters.</param>
/// <param name="vehicles">Size of the fleet.</param>
public sealed class VehicleIds(string prefix, int vehicles)
{
    private readonly byte[] _prefix = Encoding.ASCII.GetBytes(prefix);
    private readonly int _digits = vehicles <= 1_000_000 ? 6 : 7;

    /// <summary>Length of every id, bytes, at most <see cref="VehicleEventRules.MaxVehicleIdBytes"/>.</summary>
    public int Length => _prefix.Length + _digits;

    /// <summary>Writes a vehicle's id.</summary>
    /// <param name="vehicle">Number, from 0.</param>
    /// <param name="id">Room of <see cref="Length"/> bytes at least.</param>
    public void Write(int vehicle, Span<byte> id)
    {
        _prefix.CopyTo(id);
        for (int i = Length - 1, rest = vehicle; i >= _prefix.Length; i--, rest /= 10) id[i] = (byte)('0' + (rest % 10));
    }

    /// <summary>A vehicle's id as text.</summary>
    public string Of(int vehicle) => string.Create(Length, (this, vehicle), static (text, of) =>
    {
        Span<byte> id = stackalloc byte[VehicleEventRules.MaxVehicleIdBytes];
        of.Item1.Write(of.vehicle, id);
        Encoding.ASCII.GetChars(id[..text.Length], text);
    });
}
