using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Movc.TwinState.Snapshots;

/// <summary>Reads what <see cref="ImageWriter"/> wrote.</summary>
/// <exception cref="ArgumentOutOfRangeException">From any member: the bytes end too early.</exception>
internal ref struct ImageReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public int Int32() => checked((int)Int64());

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public void Column<T>(Span<T> column)
        where T : unmanaged => Take(MemoryMarshal.AsBytes(column).Length).CopyTo(MemoryMarshal.AsBytes(column));

    /// <summary>What <see cref="ImageWriter.WriteSince"/> wrote; with nothing to add a plain column.</summary>
    public void ColumnSince(Span<long> column, ReadOnlySpan<long> since)
    {
        Column(column);
        for (int i = 0; i < since.Length; i++) column[i] += since[i];
    }

    public ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
