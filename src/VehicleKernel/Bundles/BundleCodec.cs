using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Movc.VehicleKernel.Bundles;

/// <summary>Bundles as bytes: a plain prefix and header, a compressed body, a check over all of it (docs/protocol/plan-bundle.md).</summary>
public static class BundleCodec
{
    /// <summary>The one format there is.</summary>
    public const int Version = 1;

    internal const int PrefixBytes = 52;
    internal const int CheckBytes = 8;
    private const int HashedPrefixBytes = 16;
    private const int MostBodyBytes = 1 << 26;

    private static ReadOnlySpan<byte> Magic => "MOVCPLAN"u8;

    /// <summary>Writes a bundle. The hash does not depend on the compression, so it is the same on every machine and runtime.</summary>
    /// <param name="hash">The bundle's own hash, which the next plan of the chain names.</param>
    /// <exception cref="ArgumentException">The bundle's parts do not fit together.</exception>
    public static byte[] Encode(PlanBundle bundle, out Digest hash)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        BundleRules.ThrowIfBroken(bundle);
        ContentWriter header = BundleHeader.Write(bundle), body = BundleBody.Write(bundle);
        if (body.Written.Length > MostBodyBytes) throw new ArgumentException($"a body of {body.Written.Length} bytes; at most {MostBodyBytes} can be published: plan fewer vehicles as numbers", nameof(bundle));
        byte[] packed = Pack(body.Written);
        var file = new byte[PrefixBytes + header.Written.Length + packed.Length + CheckBytes];
        Magic.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(10), (ushort)header.Written.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(12), body.Written.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), packed.Length);
        hash = ContentHash(file.AsSpan(0, HashedPrefixBytes), header.Written, body.Written);
        hash.Write(file.AsSpan(20));
        header.Written.CopyTo(file.AsSpan(PrefixBytes));
        packed.CopyTo(file.AsSpan(PrefixBytes + header.Written.Length));
        Check(file.AsSpan(0, file.Length - CheckBytes)).CopyTo(file.AsSpan(file.Length - CheckBytes));
        return file;
    }

    /// <summary>Reads a bundle. Nothing is allocated on the word of a header: counts are held against the bytes that there are.</summary>
    /// <param name="file">All of it.</param>
    /// <param name="hash">The bundle's own hash, recomputed.</param>
    /// <exception cref="BundleFormatException">It is no bundle, of a later format, cut short or changed.</exception>
    public static PlanBundle Decode(ReadOnlySpan<byte> file, out Digest hash)
    {
        if (file.Length < 10 || !file[..8].SequenceEqual(Magic)) throw new BundleFormatException(BundleDefect.NotABundle, "first bytes", "MOVCPLAN", "something else");
        int version = BinaryPrimitives.ReadUInt16LittleEndian(file[8..]);
        if (version != Version) throw new BundleFormatException(BundleDefect.UnknownVersion, "format version", $"{Version}", $"{version}");
        if (file.Length < PrefixBytes) throw ContentReader.Wrong("file length", $"{PrefixBytes} bytes or more", $"{file.Length}");
        int headerBytes = BinaryPrimitives.ReadUInt16LittleEndian(file[10..]);
        uint bodyBytes = BinaryPrimitives.ReadUInt32LittleEndian(file[12..]), packedBytes = BinaryPrimitives.ReadUInt32LittleEndian(file[16..]);
        long wanted = PrefixBytes + headerBytes + (long)packedBytes + CheckBytes;
        if (file.Length != wanted) throw ContentReader.Wrong("file length", $"{wanted} bytes", $"{file.Length}");
        byte[] check = Check(file[..^CheckBytes]);
        if (!file[^CheckBytes..].SequenceEqual(check)) throw ContentReader.Wrong("check over the file", Convert.ToHexStringLower(file[^CheckBytes..]), Convert.ToHexStringLower(check));
        if (bodyBytes > MostBodyBytes) throw ContentReader.Wrong("body length", $"at most {MostBodyBytes} bytes", $"{bodyBytes}");

        ReadOnlySpan<byte> header = file.Slice(PrefixBytes, headerBytes);
        byte[] body = Unpack(file[(PrefixBytes + headerBytes)..^CheckBytes], (int)bodyBytes);
        hash = ContentHash(file[..HashedPrefixBytes], header, body);
        Digest named = Digest.Read(file[20..]);
        if (hash != named) throw ContentReader.Wrong("bundle hash", named.ToString(), hash.ToString());
        PlanBundle bundle = BundleBody.Read(BundleHeader.Read(header), body);
        try
        {
            BundleRules.ThrowIfBroken(bundle);
        }
        catch (ArgumentException broken)
        {
            throw ContentReader.Wrong("content", "a plan whose parts fit together", broken.Message);
        }
        return bundle;
    }

    /// <summary>The bundle's own hash as the file names it, without reading the rest: what a chain needs of the last one.</summary>
    /// <exception cref="BundleFormatException">It is no bundle, or a later one.</exception>
    public static Digest HashOf(ReadOnlySpan<byte> file)
    {
        if (file.Length < PrefixBytes || !file[..8].SequenceEqual(Magic)) throw new BundleFormatException(BundleDefect.NotABundle, "first bytes", "MOVCPLAN", "something else");
        return Digest.Read(file[20..]);
    }

    private static Digest ContentHash(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(prefix);
        hash.AppendData(header);
        hash.AppendData(body);
        return Digest.Read(hash.GetHashAndReset());
    }

    private static byte[] Check(ReadOnlySpan<byte> file) => SHA256.HashData(file)[..CheckBytes];

    private static byte[] Pack(ReadOnlySpan<byte> body)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) zlib.Write(body);
        return packed.ToArray();
    }

    /// <summary>Grows with what comes out, so that a small file that claims a large body costs what it holds.</summary>
    private static byte[] Unpack(ReadOnlySpan<byte> packed, int length)
    {
        using var zlib = new ZLibStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        using var body = new MemoryStream();
        byte[] piece = new byte[1 << 16];
        try
        {
            int got;
            while ((got = zlib.Read(piece)) > 0)
            {
                body.Write(piece, 0, got);
                if (body.Length > length) throw ContentReader.Wrong("body length", $"{length} bytes", "more");
            }
        }
        catch (InvalidDataException)
        {
            throw ContentReader.Wrong("compressed body", "a zlib stream", "something else");
        }
        return body.Length == length ? body.ToArray() : throw ContentReader.Wrong("body length", $"{length} bytes", $"{body.Length}");
    }
}
