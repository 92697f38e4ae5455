using System.Buffers.Binary;
using System.Numerics;

namespace Movc.TwinState.Shards;

/// <summary>
/// Which sequence numbers of one source a shard has seen: everything up to a watermark, and a bitmap of what came ahead of it.
/// A number is new, seen, or so far behind a gap that was given up that nobody can say any more.
/// </summary>
public sealed class SequenceWindow
{
    /// <summary>How far ahead of the watermark numbers are remembered one by one.</summary>
    public const int Span = 8192;

    private readonly ulong[] _ahead = new ulong[Span / 64];
    private int _aheadCount;

    /// <summary>All numbers up to here were seen or given up.</summary>
    public long Watermark { get; private set; }

    /// <summary>Numbers up to here may hold some that were given up.</summary>
    public long GivenUpTo { get; private set; }

    /// <summary>How many were given up because the window moved on.</summary>
    public long GivenUpCount { get; private set; }

    /// <summary>Gaps open now: numbers between the watermark and the highest seen that are missing.</summary>
    public long OpenGaps => _aheadCount == 0 ? 0 : Highest() - Watermark - _aheadCount;

    public enum Verdict : byte
    {
        New = 0,
        Seen = 1,
        TooOld = 2,
    }

    /// <summary>Judges a number without taking it.</summary>
    public Verdict Judge(long sequence)
    {
        if (sequence <= GivenUpTo) return Verdict.TooOld;
        if (sequence <= Watermark) return Verdict.Seen;
        long ahead = sequence - Watermark;
        return ahead < Span && IsSet((int)(sequence % Span)) ? Verdict.Seen : Verdict.New;
    }

    /// <summary>Takes a number that <see cref="Judge"/> called new.</summary>
    public void Take(long sequence)
    {
        if (sequence == Watermark + 1 && _aheadCount == 0)
        {
            Watermark = sequence;
            return;
        }
        if (sequence - Watermark >= Span) GiveUpTo(sequence - Span + 1);
        if (sequence <= Watermark) return;
        _ahead[(int)(sequence % Span) / 64] |= 1UL << (int)(sequence % 64);
        _aheadCount++;
        Close();
    }

    /// <summary>Layout: watermark, given up to, given up count (i64 little endian each), then the bitmap if any bit is set.</summary>
    public byte[] Serialize()
    {
        var bytes = new byte[24 + (_aheadCount == 0 ? 0 : Span / 8)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Watermark);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), GivenUpTo);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), GivenUpCount);
        if (_aheadCount > 0)
        {
            for (int i = 0; i < _ahead.Length; i++)
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24 + (i * 8)), _ahead[i]);
        }
        return bytes;
    }

    public static SequenceWindow Deserialize(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != 24 && bytes.Length != 24 + (Span / 8))
            throw new ArgumentException($"a window of {bytes.Length} bytes is not one of ours", nameof(bytes));
        var window = new SequenceWindow
        {
            Watermark = BinaryPrimitives.ReadInt64LittleEndian(bytes),
            GivenUpTo = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            GivenUpCount = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
        };
        if (bytes.Length > 24)
        {
            for (int i = 0; i < window._ahead.Length; i++)
            {
                window._ahead[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(24 + (i * 8))..]);
                window._aheadCount += BitOperations.PopCount(window._ahead[i]);
            }
        }
        return window;
    }

    private bool IsSet(int slot) => (_ahead[slot / 64] & (1UL << (slot % 64))) != 0;

    private void Close()
    {
        while (_aheadCount > 0 && IsSet((int)((Watermark + 1) % Span))) Pop();
    }

    private void Pop()
    {
        Watermark++;
        int slot = (int)(Watermark % Span);
        _ahead[slot / 64] &= ~(1UL << (slot % 64));
        _aheadCount--;
    }

    private void GiveUpTo(long newWatermark)
    {
        long missing = 0;
        while (Watermark < newWatermark)
        {
            if (_aheadCount == 0)
            {
                missing += newWatermark - Watermark;
                Watermark = newWatermark;
            }
            else if (IsSet((int)((Watermark + 1) % Span)))
            {
                Pop();
            }
            else
            {
                Watermark++;
                missing++;
            }
        }
        if (missing == 0) return;
        GivenUpCount += missing;
        GivenUpTo = Watermark;
    }

    private long Highest()
    {
        for (int ahead = Span - 1; ahead > 0; ahead--)
        {
            if (IsSet((int)((Watermark + ahead) % Span))) return Watermark + ahead;
        }
        return Watermark;
    }
}
