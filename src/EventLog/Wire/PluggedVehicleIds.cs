using Movc.Domain.Fleet;

namespace Movc.EventLog.Wire;

/// <summary>Ids of a shard's plugged-in vehicles alone, as they travel: whoever asks for another's asks for what was not sent.</summary>
internal sealed class PluggedVehicleIds : IVehicleIds
{
    private readonly int[] _vehicle;
    private readonly int[] _start;
    private readonly ReadOnlyMemory<byte> _utf8;

    /// <exception cref="InvalidDataException">The lengths do not add up to the bytes.</exception>
    public PluggedVehicleIds(int registered, int[] vehicle, int[] length, ReadOnlyMemory<byte> utf8)
    {
        Count = registered;
        _vehicle = vehicle;
        _utf8 = utf8;
        _start = new int[length.Length + 1];
        for (int k = 0; k < length.Length; k++) _start[k + 1] = length[k] > 0 ? _start[k] + length[k] : throw new InvalidDataException("an id of the fleet has no length");
        if (_start[^1] != utf8.Length) throw new InvalidDataException("the ids of the fleet do not add up to their lengths");
    }

    public int Count { get; }

    public ReadOnlySpan<byte> Utf8(int index)
    {
        int at = Array.BinarySearch(_vehicle, index);
        return at >= 0 ? _utf8.Span[_start[at].._start[at + 1]] : throw new ArgumentOutOfRangeException(nameof(index), index, "the vehicle is not plugged in");
    }
}
