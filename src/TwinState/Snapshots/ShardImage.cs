using System.Buffers;
using System.IO.Compression;
using Movc.Domain.Habits;
using Movc.TwinState.Shards;
using Movc.TwinState.Store;

namespace Movc.TwinState.Snapshots;

/// <summary>
/// A shard's whole state as bytes, bit for bit: what a fold may begin with instead of the first event, and what two folds are compared
/// by. Layout of format 4: numbers of eight bytes (vehicles, clocks, sums, counts), the ids' lengths and bytes, then the columns of
/// <see cref="ShardColumns"/> in their order, times as what they differ from the vehicle's last event by. Formats 1 to 3 are still
/// read: format 3 knew no usual needs, those before it neither habits nor the willing vehicles' sums, and format 1 had times as they are.
/// In the store packed by Brotli.
/// </summary>
internal static class ShardImage
{
    public const int Format = 4;

    private const int PlainFormat = 1;
    private const int FormatWithoutHabits = 2;
    private const int FormatWithoutNeeds = 3;

    // The fastest level: columns pack to a third, and a slower one would cost more than the disk saves.
    private const int Level = 1;
    private const int Window = 22;

    /// <summary>Takes the image of a state that nobody changes meanwhile.</summary>
    /// <param name="state">The state.</param>
    /// <param name="format">What the image is to hold, to be held against one of an older format: what that one held.</param>
    public static ImageWriter Take(ShardState state, int format = Format)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("images of shards need a little-endian machine");
        ShardColumns c = state.Columns;
        var writer = new ImageWriter(256 + (c.Count * 256));
        writer.Write((long)c.Count);
        writer.Write(state.SetpointsAtMs);
        writer.Write(state.NowMs);
        writer.Write(state.Energy.SlotStartMs);
        writer.Write(state.Energy.ChargeOnlyWh);
        writer.Write(state.Energy.DispatchedWh);
        if (format > FormatWithoutHabits)
        {
            writer.Write(state.Energy.WillingChargeOnlyWh);
            writer.Write(state.Energy.WillingChargedWh);
            writer.Write(state.Energy.WillingDischargedWh);
        }
        state.Counters.Save(writer, withSatisfaction: format > FormatWithoutHabits);
        for (int i = 0; i < c.Count; i++) writer.Write<byte>([(byte)state.Id(i).Length]);
        for (int i = 0; i < c.Count; i++) writer.Write(state.Id(i));
        c.Save(writer, HabitColumnsOf(format));
        return writer;
    }

    /// <summary>How many of the habits' columns a format holds.</summary>
    private static int HabitColumnsOf(int format) => format switch
    {
        <= FormatWithoutHabits => 0,
        FormatWithoutNeeds => HabitColumns.ColumnCountWithoutNeeds,
        _ => HabitColumns.ColumnCount,
    };

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
        if (snapshot.Format is < PlainFormat or > Format || snapshot.State.Length < sizeof(int)) return null;
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
            if (format > FormatWithoutHabits) state.Energy.RestoreWilling(reader.Double(), reader.Double(), reader.Double());
            state.Counters.Load(ref reader, withSatisfaction: format > FormatWithoutHabits);
            ReadOnlySpan<byte> lengths = reader.Take(count);
            foreach (byte length in lengths) state.Add(reader.Take(length));
            state.Columns.Load(ref reader, isSince: format != PlainFormat, HabitColumnsOf(format));
            state.Derive();
            return reader.IsAtEnd;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            return false;
        }
    }
}
