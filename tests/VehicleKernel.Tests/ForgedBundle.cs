using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Movc.VehicleKernel.Tests;

/// <summary>A bundle's file taken apart and put together again with hash and check that fit, as a forger would.</summary>
internal sealed class ForgedBundle
{
    public ForgedBundle(byte[] file)
    {
        int header = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(10));
        Header = file[52..(52 + header)];
        using var zlib = new ZLibStream(new MemoryStream(file[(52 + header)..^8]), CompressionMode.Decompress);
        using var body = new MemoryStream();
        zlib.CopyTo(body);
        Body = body.ToArray();
    }

    public byte[] Header { get; }

    public byte[] Body { get; set; }

    /// <summary>Length of the body that the prefix claims; null for the true one.</summary>
    public uint? ClaimedBody { get; set; }

    public byte[] File(CompressionLevel level = CompressionLevel.Fastest)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, level, leaveOpen: true)) zlib.Write(Body);
        byte[] prefix = new byte[52];
        "MOVCPLAN"u8.CopyTo(prefix);
        BinaryPrimitives.WriteUInt16LittleEndian(prefix.AsSpan(8), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(prefix.AsSpan(10), (ushort)Header.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(prefix.AsSpan(12), ClaimedBody ?? (uint)Body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(prefix.AsSpan(16), (uint)packed.Length);
        SHA256.HashData([.. prefix[..16], .. Header, .. Body]).CopyTo(prefix, 20);
        byte[] file = [.. prefix, .. Header, .. packed.ToArray()];
        return [.. file, .. SHA256.HashData(file)[..8]];
    }
}
