using System.Buffers.Binary;
using System.Globalization;

namespace Movc.VehicleKernel.Bundles;

/// <summary>A SHA-256, as a value.</summary>
/// <param name="High">Its first 16 bytes, most significant first.</param>
/// <param name="Low">Its last 16 bytes, most significant first.</param>
public readonly record struct Digest(UInt128 High, UInt128 Low)
{
    /// <summary>Bytes of a digest.</summary>
    public const int Length = 32;

    /// <summary>No hash: what the first bundle of a chain has before it.</summary>
    public static readonly Digest None;

    /// <summary>Reads 32 bytes.</summary>
    public static Digest Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..Length]));

    /// <summary>Writes 32 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..Length], Low);
    }

    /// <summary>Reads 64 hexadecimal digits.</summary>
    /// <exception cref="FormatException">They are none.</exception>
    public static Digest Parse(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        byte[] bytes = Convert.FromHexString(hex);
        return bytes.Length == Length ? Read(bytes) : throw new FormatException($"{hex.Length} hexadecimal digits where {2 * Length} should stand");
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x32}{Low:x32}");
}
