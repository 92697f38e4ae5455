using System.Buffers.Binary;

namespace Movc.EventLog.Records;

/// <summary>Walks a record's headers; no allocation.</summary>
public ref struct HeaderEnumerator
{
    private ReadOnlySpan<byte> _rest;

    internal HeaderEnumerator(ReadOnlySpan<byte> block)
    {
        _rest = block;
        Name = default;
        Value = default;
    }

    public ReadOnlySpan<byte> Name { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    public bool MoveNext()
    {
        if (_rest.IsEmpty) return false;
        int name = _rest[0];
        int value = BinaryPrimitives.ReadUInt16LittleEndian(_rest[1..]);
        Name = _rest.Slice(3, name);
        Value = _rest.Slice(3 + name, value);
        _rest = _rest[(3 + name + value)..];
        return true;
    }
}
