using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Movc.TwinState.Snapshots;

/// <summary>Writes numbers and columns little endian into a buffer from the pool, which <see cref="Dispose"/> gives back.</summary>
internal sealed class ImageWriter(int capacity) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public void Write(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(sizeof(long)), value);

    public void Write(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Reserve(sizeof(double)), value);

    /// <summary>A column; every machine that .NET runs on is little endian, others are refused by <see cref="ShardImage"/>.</summary>
    public void Write<T>(ReadOnlySpan<T> column)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(column);
        bytes.CopyTo(Reserve(bytes.Length));
    }

    /// <summary>A column of times as what they differ from others by: for most vehicles nothing, which packs to nothing.</summary>
    public void WriteSince(ReadOnlySpan<long> column, ReadOnlySpan<long> since)
    {
        Span<byte> room = Reserve(column.Length * sizeof(long));
        for (int i = 0; i < column.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(room[(i * sizeof(long))..], column[i] - since[i]);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private Span<byte> Reserve(int bytes)
    {
        if (_length + bytes > _bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + bytes));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
        Span<byte> room = _bytes.AsSpan(_length, bytes);
        _length += bytes;
        return room;
    }
}
