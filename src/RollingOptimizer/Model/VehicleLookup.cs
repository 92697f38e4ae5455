using System.Text;

namespace Movc.RollingOptimizer.Model;

/// <summary>Index of a vehicle by the UTF-8 bytes of its id, without a string per row; rows of one vehicle mostly follow one another.</summary>
public sealed class VehicleLookup(Dictionary<string, int> indexOf)
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _byText = indexOf.GetAlternateLookup<ReadOnlySpan<char>>();
    private byte[] _lastId = [];
    private int _lastLength = -1;
    private int _lastIndex;

    /// <summary>The index, or −1.</summary>
    public int Find(ReadOnlySpan<byte> id)
    {
        if (_lastLength == id.Length && id.SequenceEqual(_lastId.AsSpan(0, _lastLength))) return _lastIndex;
        Span<char> text = id.Length <= 256 ? stackalloc char[256] : new char[id.Length];
        int length = Encoding.UTF8.GetChars(id, text);
        if (!_byText.TryGetValue(text[..length], out int index)) return -1;
        if (_lastId.Length < id.Length) _lastId = new byte[Math.Max(64, 2 * id.Length)];
        id.CopyTo(_lastId);
        (_lastLength, _lastIndex) = (id.Length, index);
        return index;
    }
}
