using System.Buffers.Binary;

namespace Movc.VehicleKernel.Bundles;

/// <summary>Writes a bundle's numbers, low byte first.</summary>
internal sealed class ContentWriter
{
    private byte[] _bytes = new byte[4096];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void Digest(Digest digest) => digest.Write(Take(Bundles.Digest.Length));

    public void Sum(UInt128 sum) => BinaryPrimitives.WriteUInt128BigEndian(Take(16), sum);

    /// <summary>Seven bits a byte, the lowest first; the highest bit says that more follow.</summary>
    public void Varint(uint value)
    {
        while (value > 127)
        {
            Take(1)[0] = (byte)(value | 128);
            value >>= 7;
        }
        Take(1)[0] = (byte)value;
    }

    /// <summary>A signed number as a varint: 0, −1, 1, −2, … are 0, 1, 2, 3, …</summary>
    public void ZigZag(int value) => Varint((uint)((value << 1) ^ (value >> 31)));

    /// <summary>All lowest bytes first, all highest last: what numbers of one size share lies together.</summary>
    public void Planes(ReadOnlySpan<double> values)
    {
        Span<byte> planes = Take(8 * values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            ulong bits = BitConverter.DoubleToUInt64Bits(values[i]);
            for (int plane = 0; plane < 8; plane++) planes[(plane * values.Length) + i] = (byte)(bits >> (8 * plane));
        }
    }

    private Span<byte> Take(int count)
    {
        if (_length + count > _bytes.Length) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + count));
        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }
}
