using System.Buffers.Binary;

namespace Movc.VehicleKernel.Bundles;

/// <summary>Reads what <see cref="ContentWriter"/> wrote; never past the end, never more than there is.</summary>
/// <exception cref="BundleFormatException">There is less, or it is no such number.</exception>
internal ref struct ContentReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>Bytes not read yet.</summary>
    public readonly int Left => _bytes.Length - _at;

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public Digest Digest() => Bundles.Digest.Read(Take(Bundles.Digest.Length));

    public UInt128 Sum() => BinaryPrimitives.ReadUInt128BigEndian(Take(16));

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > Left) throw Wrong("length", $"{count} bytes more", $"{Left}");
        _at += count;
        return _bytes.Slice(_at - count, count);
    }

    /// <summary>A varint that fits 31 bits, in as few bytes as it needs.</summary>
    public int Varint() => Bits() is <= int.MaxValue and uint value ? (int)value : throw Wrong("number", "at most 31 bits", "32 bits");

    public int ZigZag()
    {
        uint value = Bits();
        return (int)(value >> 1) ^ -(int)(value & 1);
    }

    public double[] Planes(int count)
    {
        ReadOnlySpan<byte> planes = Take(checked(8 * count));
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            ulong bits = 0;
            for (int plane = 0; plane < 8; plane++) bits |= (ulong)planes[(plane * count) + i] << (8 * plane);
            values[i] = BitConverter.UInt64BitsToDouble(bits);
        }
        return values;
    }

    private uint Bits()
    {
        uint value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            byte now = Take(1)[0];
            if (shift == 28 && now > 15) throw Wrong("number", "at most 32 bits", "more");
            value |= (uint)(now & 127) << shift;
            if (now < 128) return now == 0 && shift > 0 ? throw Wrong("number", "as few bytes as it needs", "more") : value;
        }
        throw Wrong("number", "at most 5 bytes", "more");
    }

    public static BundleFormatException Wrong(string what, string expected, string found) => new(BundleDefect.Damaged, what, expected, found);
}
