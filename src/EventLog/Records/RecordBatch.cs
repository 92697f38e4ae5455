using System.Buffers.Binary;

namespace Movc.EventLog.Records;

/// <summary>
/// Records of one partition, back to back in one buffer, so that a million events are some thousand objects.
/// <code>
/// record  = keyLength i32 | headersLength i32 | valueLength i32 | key | headers | value      (little endian)
/// headers = (nameLength u8 | valueLength u16 | name | value)*
/// </code>
/// Write with <see cref="Begin"/>, <see cref="AddHeader"/>, <see cref="End(int)"/>; read with foreach.
/// </summary>
public sealed class RecordBatch
{
    /// <summary>A batch is full enough to send at this size; under the large-object threshold on purpose.</summary>
    public const int TargetBytes = 48 * 1024;

    private const int Prefix = 12;
    private byte[] _buffer;
    private int _length;
    private int _recordStart = -1;
    private int _keyLength;

    public RecordBatch(int capacity = 4096) => _buffer = new byte[capacity];

    public int Count { get; private set; }

    public int Bytes => _length;

    public bool IsFull => _length >= TargetBytes;

    /// <summary>Starts a record.</summary>
    public void Begin(ReadOnlySpan<byte> key)
    {
        if (_recordStart >= 0) throw new InvalidOperationException("the record before was not ended");
        _recordStart = _length;
        _keyLength = key.Length;
        key.CopyTo(Reserve(Prefix + key.Length)[Prefix..]);
    }

    /// <summary>Adds a header to the open record: name up to 255 bytes, value up to 65,535 bytes, ASCII or UTF-8.</summary>
    public void AddHeader(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Span<byte> room = Reserve(3 + name.Length + value.Length);
        room[0] = checked((byte)name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(room[1..], checked((ushort)value.Length));
        name.CopyTo(room[3..]);
        value.CopyTo(room[(3 + name.Length)..]);
    }

    /// <summary>Ends the record with its value of at most the given size, written in place by the caller.</summary>
    /// <returns>The room to write the value to; exactly its length counts.</returns>
    public Span<byte> End(int valueLength)
    {
        if (_recordStart < 0) throw new InvalidOperationException("no record was begun");
        int headersLength = _length - _recordStart - Prefix - _keyLength;
        Span<byte> room = Reserve(valueLength);
        Span<byte> prefix = _buffer.AsSpan(_recordStart, Prefix);
        BinaryPrimitives.WriteInt32LittleEndian(prefix, _keyLength);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[4..], headersLength);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[8..], valueLength);
        _recordStart = -1;
        Count++;
        return room;
    }

    /// <summary>Ends the record with a value.</summary>
    public void End(ReadOnlySpan<byte> value) => value.CopyTo(End(value.Length));

    public Enumerator GetEnumerator() => new(_buffer.AsSpan(0, _length));

    private Span<byte> Reserve(int bytes)
    {
        if (_length + bytes > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        Span<byte> room = _buffer.AsSpan(_length, bytes);
        _length += bytes;
        return room;
    }

    /// <summary>Walks the records; no allocation.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> rest)
        {
            _rest = rest;
            Current = default;
        }

        public LogRecord Current { get; private set; }

        public bool MoveNext()
        {
            if (_rest.IsEmpty) return false;
            int key = BinaryPrimitives.ReadInt32LittleEndian(_rest);
            int headers = BinaryPrimitives.ReadInt32LittleEndian(_rest[4..]);
            int value = BinaryPrimitives.ReadInt32LittleEndian(_rest[8..]);
            ReadOnlySpan<byte> body = _rest[Prefix..];
            Current = new LogRecord(body[..key], body.Slice(key, headers), body.Slice(key + headers, value));
            _rest = body[(key + headers + value)..];
            return true;
        }
    }
}
