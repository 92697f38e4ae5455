using System.Numerics;
using System.Runtime.CompilerServices;

namespace Movc.VehicleKernel.Storage;

/// <summary>
/// A convex piecewise linear cost-to-go as a bitset over ranks with the length of each segment. The lists live in the caller's
/// scratch; the lowest and the highest rank are kept in locals, so that the frequent question "does this step change anything" is
/// one comparison. Guard bits at either end stop the searches.
/// </summary>
internal static class Segments
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Insert(ref ulong words, ref int length, ref int first, ref int last, int rank, int amount)
    {
        Unsafe.Add(ref words, rank >> 6) |= 1UL << rank;
        Unsafe.Add(ref length, rank) = amount;
        if (rank < first) first = rank;
        if (rank > last) last = rank;
    }

    /// <summary>As Insert, where the rank may be in the list already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ref ulong words, ref int length, ref int first, ref int last, int rank, int amount)
    {
        ref ulong word = ref Unsafe.Add(ref words, rank >> 6);
        ulong bit = 1UL << rank;
        if ((word & bit) != 0)
        {
            Unsafe.Add(ref length, rank) += amount;
            return;
        }
        word |= bit;
        Unsafe.Add(ref length, rank) = amount;
        if (rank < first) first = rank;
        if (rank > last) last = rank;
    }

    /// <summary>Takes <paramref name="amount"/> (over 0, at most the list's length) from the low end and records it by rank.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CutLow(ref ulong words, ref int length, ref long taken, ref int first, ref int last, int amount)
    {
        while (true)
        {
            int have = Unsafe.Add(ref length, first);
            if (have > amount)
            {
                Unsafe.Add(ref length, first) = have - amount;
                Unsafe.Add(ref taken, first) += amount;
                return;
            }
            Unsafe.Add(ref taken, first) += have;
            amount -= have;
            int w = first >> 6;
            ulong word = Unsafe.Add(ref words, w) & (Unsafe.Add(ref words, w) - 1);
            Unsafe.Add(ref words, w) = word;
            while (word == 0) word = Unsafe.Add(ref words, ++w);
            int next = (w << 6) + BitOperations.TrailingZeroCount(word);
            if (first == last) last = PriceRanks.Base - 1;
            first = next;
            if (amount == 0) return;
        }
    }

    /// <summary>Takes <paramref name="amount"/> (over 0, at most the list's length) from the high end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CutHigh(ref ulong words, ref int length, ref int first, ref int last, int amount, int guard)
    {
        while (true)
        {
            int have = Unsafe.Add(ref length, last);
            if (have > amount)
            {
                Unsafe.Add(ref length, last) = have - amount;
                return;
            }
            amount -= have;
            int w = last >> 6;
            ulong word = Unsafe.Add(ref words, w) & ~(1UL << last);
            Unsafe.Add(ref words, w) = word;
            while (word == 0) word = Unsafe.Add(ref words, --w);
            int next = (w << 6) + 63 - BitOperations.LeadingZeroCount(word);
            if (first == last) first = guard;
            last = next;
            if (amount == 0) return;
        }
    }
}
