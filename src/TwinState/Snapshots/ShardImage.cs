using System.Buffers;
using System.IO.Compression;
using Movc.TwinState.Shards;
using Movc.TwinState.Store;

namespace Movc.TwinState.Snapshots;

/// <summary>
/// A shard's whole state as bytes, bit for bit: what a fold may begin with instead of the first event, and what two folds are compared
/// by. Layout of format 2: numbers of eight bytes (vehicles, clocks, sums, counts), the ids' lengths and bytes, then the columns of
/// <see cref="ShardColumns"/> in their order, times as what they differ from the vehicle's last event by; format 1, which is still
/// read, had times as they are. In the store packed by Brotli.
/// </summary>
internal static class ShardImage
{
    public const int Format = 2;

    private const int PlainFormat = 1;

    // The fastest level: columns pack to a third, and a slower one would cost more than the disk saves.
    private const int Level = 1;
    private const int Window = 22;

    /// <summary>Takes the image of a state that nobody changes meanwhile.</summary>
    public static ImageWriter Take(ShardState state)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("images of shards need a little-endian machine");
        ShardColumns c = state.Columns;
        var writer = new ImageWriter(256 + (c.Count * 192));
        writer.Write((long)c.Count);
        writer.Write(state.SetpointsAtMs);
        writer.Write(state.NowMs);
        writer.Write(state.Energy.SlotStartMs);
        writer.Write(state.Energy.ChargeOnlyWh);
        writer.Write(state.Energy.DispatchedWh);
        state.Counters.Save(writer);
        for (int i = 0; i < c.Count; i++) writer.Write<byte>([(byte)state.Id(i).Length]);
        for (int i = 0; i < c.Count; i++) writer.Write(state.Id(i));
        c.Save(writer);
        return writer;
    }

    /// <summary>Packs an image for the store.</summary>
    public static StoredSnapshot Pack(int shard, long journalSequence, ReadOnlySpan<byte> image)
    {
        byte[] packed = ArrayPool<byte>.Shared.Rent(sizeof(int) + BrotliEncoder.GetMaxCompressedLength(image.Length));
        try
        {
            BitConverter.TryWriteBytes(packed, image.Length);
            if (!BrotliEncoder.TryCompress(image, packed.AsSpan(sizeof(int)), out int length, Level, Window)) throw new InvalidOperationException("no room for a packed image");
            return new StoredSnapshot(shard, journalSequence, Format, packed.AsSpan(0, sizeof(int) + length).ToArray());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    /// <summary>Unpacks a stored image; null when it is of another format or damaged, which costs a longer fold and nothing else.</summary>
    public static byte[]? Unpack(StoredSnapshot snapshot)
    {
        if (snapshot.Format is not (Format or PlainFormat) || snapshot.State.Length < sizeof(int)) return null;
        int length = BitConverter.ToInt32(snapshot.State);
        if (length is < 0 or > 1 << 30) return null;
        byte[] image = GC.AllocateUninitializedArray<byte>(length);
        return BrotliDecoder.TryDecompress(snapshot.State.AsSpan(sizeof(int)), image, out int written) && written == length ? image : null;
    }

    /// <summary>Fills an empty state; false when the bytes are no image, and the state may not be used then.</summary>
    public static bool TryRestore(ReadOnlySpan<byte> image, int format, ShardState state)
    {
        try
        {
            var reader = new ImageReader(image);
            int count = reader.Int32();
            if (count < 0 || count > image.Length) return false;
            (long setpoints, long now, long slot) = (reader.Int64(), reader.Int64(), reader.Int64());
            state.Restore(setpoints, now);
            state.Energy.Restore(slot, reader.Double(), reader.Double());
            state.Counters.Load(ref reader);
            ReadOnlySpan<byte> lengths = reader.Take(count);
            foreach (byte length in lengths) state.Add(reader.Take(length));
            state.Columns.Load(ref reader, isSince: format != PlainFormat);
            return reader.IsAtEnd;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            return false;
        }
    }
}
