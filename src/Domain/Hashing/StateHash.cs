using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Movc.Domain.Events;
using Movc.Domain.Fleet;

namespace Movc.Domain.Hashing;

/// <summary>
/// Hash of the fleet's state: the sum modulo 2^128 over vehicles of <see cref="Of"/>. A sum does not depend on the order of its
/// terms, so the hash is the same for any number of shards, and a shard can keep it up to date by taking a vehicle's old term
/// off and adding its new one. Byte layout and a worked example: docs/events/state-hash.md.
/// </summary>
/// <remarks>
/// It tells whether two runs came to the same state, not whether somebody forged one: sums of hashes can be made to collide by
/// who chooses the vehicles.
/// </remarks>
public readonly record struct StateHash(UInt128 Sum)
{
    private const int FixedBytes = 1 + sizeof(int) + 1 + sizeof(int) + 1 + sizeof(long);

    /// <summary>The hash of no vehicle.</summary>
    public static readonly StateHash Empty;

    /// <summary>One vehicle's term. Makes no object.</summary>
    /// <param name="idUtf8">Vehicle id, UTF-8, 1 to 64 bytes.</param>
    /// <param name="version">Events of the vehicle so far.</param>
    /// <param name="plugged">Whether it is plugged in.</param>
    /// <param name="energyWh">Stored energy, Wh.</param>
    /// <param name="consent">What the owner lets the city do.</param>
    /// <param name="lastEventMs">When its last event happened, Unix milliseconds UTC.</param>
    /// <returns>The first 16 bytes of SHA-256 over the layout, read as a big-endian number.</returns>
    /// <exception cref="ArgumentException">The id is empty or longer than 64 bytes.</exception>
    public static UInt128 Of(ReadOnlySpan<byte> idUtf8, int version, bool plugged, int energyWh, V2gStrategy consent, long lastEventMs)
    {
        if (idUtf8.Length is 0 or > VehicleEventRules.MaxVehicleIdBytes)
            throw new ArgumentException("a vehicle id has 1 to 64 bytes", nameof(idUtf8));
        Span<byte> bytes = stackalloc byte[VehicleEventRules.MaxVehicleIdBytes + FixedBytes];
        bytes[0] = (byte)idUtf8.Length;
        idUtf8.CopyTo(bytes[1..]);
        Span<byte> rest = bytes[(1 + idUtf8.Length)..];
        BinaryPrimitives.WriteInt32LittleEndian(rest, version);
        rest[4] = plugged ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(rest[5..], energyWh);
        rest[9] = (byte)consent;
        BinaryPrimitives.WriteInt64LittleEndian(rest[10..], lastEventMs);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..(idUtf8.Length + FixedBytes)], digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    /// <summary>Sum modulo 2^128, of two terms or of two parts of the fleet.</summary>
    public static UInt128 Combine(UInt128 a, UInt128 b) => unchecked(a + b);

    /// <summary>32 lower-case hexadecimal digits, most significant first.</summary>
    public static string ToHex(UInt128 hash) => hash.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToHex"/> wrote.</summary>
    /// <exception cref="FormatException">It is no hash.</exception>
    public static UInt128 Parse(string hex) => UInt128.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>This hash with one more vehicle, or with another part of the fleet.</summary>
    public StateHash Add(UInt128 term) => new(Combine(Sum, term));

    /// <summary>This hash without a vehicle that is in it.</summary>
    public StateHash Remove(UInt128 term) => new(unchecked(Sum - term));

    public override string ToString() => ToHex(Sum);
}
