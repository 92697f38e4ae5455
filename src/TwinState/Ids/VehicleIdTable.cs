using Movc.Domain.Fleet;

namespace Movc.TwinState.Ids;

/// <summary>
/// Ids of a shard's vehicles, back to back in one buffer, and an open-addressing table from id to local index.
/// One writer; a reader may hold <see cref="Freeze"/>'s view while the writer goes on.
/// </summary>
public sealed class VehicleIdTable
{
    private byte[] _bytes = new byte[16 * 1024];
    private int[] _start = new int[1025];
    private int[] _slots = new int[2048];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Utf8(int index) => _bytes.AsSpan(_start[index], _start[index + 1] - _start[index]);

    /// <summary>Local index of an id, −1 = not there.</summary>
    public int Find(ReadOnlySpan<byte> id)
    {
        int mask = _slots.Length - 1;
        for (int slot = (int)Hash(id) & mask; ; slot = (slot + 1) & mask)
        {
            int index = _slots[slot] - 1;
            if (index < 0) return -1;
            if (Utf8(index).SequenceEqual(id)) return index;
        }
    }

    /// <summary>Adds an id that is not there.</summary>
    public int Add(ReadOnlySpan<byte> id)
    {
        int index = Count;
        int start = _start[index];
        // Growth makes new arrays, so views that hold the old ones stay right.
        if (start + id.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, start + id.Length));
        if (index + 2 > _start.Length) Array.Resize(ref _start, (_start.Length * 2) - 1);
        id.CopyTo(_bytes.AsSpan(start));
        _start[index + 1] = start + id.Length;
        Count++;
        if (Count * 2 > _slots.Length) Rehash();
        else Insert(_slots, index);
        return index;
    }

    /// <summary>A view of the ids there are now.</summary>
    public IVehicleIds Freeze() => new View(_bytes, _start, Count);

    private void Rehash()
    {
        var slots = new int[_slots.Length * 2];
        for (int i = 0; i < Count; i++) Insert(slots, i);
        _slots = slots;
    }

    private void Insert(int[] slots, int index)
    {
        int mask = slots.Length - 1;
        int slot = (int)Hash(Utf8(index)) & mask;
        while (slots[slot] != 0) slot = (slot + 1) & mask;
        slots[slot] = index + 1;
    }

    // FNV-1a with a final mix: short ids that differ in their last digits must spread.
    private static uint Hash(ReadOnlySpan<byte> id)
    {
        uint h = 2166136261;
        foreach (byte b in id) h = (h ^ b) * 16777619;
        h ^= h >> 15;
        h *= 0x2c1b3c6d;
        h ^= h >> 13;
        return h;
    }

    private sealed class View(byte[] bytes, int[] start, int count) : IVehicleIds
    {
        public int Count => count;

        public ReadOnlySpan<byte> Utf8(int index)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
            return bytes.AsSpan(start[index], start[index + 1] - start[index]);
        }
    }
}
