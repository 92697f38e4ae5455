using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Solver;
using Movc.VehicleKernel.Storage;

namespace Movc.RollingOptimizer.Model;

/// <summary>
/// The implicit plan of a large fleet as a file: the price ranks of every round and the round of every vehicle, from which any
/// schedule comes out again exactly. Little-endian. The layout is in docs/solve.md.
/// </summary>
public static class RoundsFile
{
    private const int HeaderBytes = 8 + 64 + 4 * 4;

    private static ReadOnlySpan<byte> Magic => "MOVCRND1"u8;

    /// <summary>Writes the plan if it is an implicit one; false, and no file, where the schedules are kept as numbers.</summary>
    /// <param name="instanceHash">Of <see cref="InstanceHash"/>: the plan means nothing without its instance.</param>
    public static bool TryWrite(DispatchInstance instance, DispatchResult result, string instanceHash, string path)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(result);
        if (result.Schedules is not RoundSchedules plan) return false;
        int slots = instance.SlotCount;
        int[] roundOf = (int[])plan.RoundOfVehicle.Clone();
        var rows = new List<int>();
        for (int i = 0; i < roundOf.Length; i++)
        {
            if (roundOf[i] >= 0) continue;
            roundOf[i] = ~rows.Count;
            rows.Add(i);
        }
        using FileStream file = File.Create(path);
        file.Write(Magic);
        file.Write(Encoding.ASCII.GetBytes(instanceHash.PadRight(64)[..64]));
        Span<byte> counts = stackalloc byte[16];
        int[] values = [slots, roundOf.Length, plan.Rounds.Count, rows.Count];
        for (int k = 0; k < 4; k++) BinaryPrimitives.WriteInt32LittleEndian(counts[(4 * k)..], values[k]);
        file.Write(counts);
        using var packed = new ZLibStream(file, CompressionLevel.Fastest);
        var last = new ushort[2 * slots];
        var difference = new ushort[2 * slots];
        foreach (PriceRanks ranks in plan.Rounds)
        {
            for (int t = 0; t < 2 * slots; t++)
            {
                ushort now = t < slots ? ranks.Charge[t] : ranks.Discharge[t - slots];
                difference[t] = (ushort)(now - last[t]);
                last[t] = now;
            }
            packed.Write(MemoryMarshal.AsBytes<ushort>(difference));
        }
        packed.Write(MemoryMarshal.AsBytes<int>(roundOf));
        var powerKw = new double[slots];
        foreach (int vehicle in rows)
        {
            plan.Expand(vehicle, powerKw);
            packed.Write(MemoryMarshal.AsBytes<double>(powerKw));
        }
        return true;
    }

    /// <summary>Reads a plan. The instance decides the schedules with it, so it must be the one that was solved.</summary>
    /// <param name="instanceHash">Hash of <paramref name="instance"/>.</param>
    /// <exception cref="InputException">The file is damaged, or of another instance.</exception>
    public static IScheduleSource Read(DispatchInstance instance, string instanceHash, string path)
    {
        ArgumentNullException.ThrowIfNull(instance);
        try
        {
            using FileStream file = File.OpenRead(path);
            Span<byte> header = stackalloc byte[HeaderBytes];
            file.ReadExactly(header);
            if (!header[..8].SequenceEqual(Magic)) throw new InputException($"{path}: not a file of rounds; solve again to write one");
            if (!string.Equals(Encoding.ASCII.GetString(header[8..72]), instanceHash, StringComparison.Ordinal))
                throw new InputException($"{path}: made for another instance (its hash differs); give that one, or solve this one");
            Span<int> counts = stackalloc int[4];
            for (int k = 0; k < 4; k++) counts[k] = BinaryPrimitives.ReadInt32LittleEndian(header[(72 + 4 * k)..]);
            int slots = counts[0], vehicles = counts[1], rounds = counts[2], rows = counts[3];
            if (slots != instance.SlotCount || vehicles != instance.VehicleCount || rounds < 0 || rows < 0 || rows > vehicles)
                throw new InputException($"{path}: {vehicles} vehicles and {slots} slots where the instance has {instance.VehicleCount} and {instance.SlotCount}; give the instance it was made for");
            return ReadPlan(instance, file, rounds, rows);
        }
        catch (Exception damage) when (damage is EndOfStreamException or InvalidDataException)
        {
            throw new InputException($"{path}: damaged or cut short; solve again to write it", damage);
        }
    }

    private static StoredRounds ReadPlan(DispatchInstance instance, FileStream file, int rounds, int rows)
    {
        int slots = instance.SlotCount;
        using var packed = new ZLibStream(file, CompressionMode.Decompress);
        var ranks = new List<PriceRanks>();
        var now = new ushort[2 * slots];
        var difference = new ushort[2 * slots];
        for (int r = 0; r < rounds; r++)
        {
            packed.ReadExactly(MemoryMarshal.AsBytes(difference.AsSpan()));
            for (int t = 0; t < now.Length; t++) now[t] += difference[t];
            ranks.Add(PriceRanks.Stored(now.AsSpan(0, slots), now.AsSpan(slots)));
        }
        var roundOf = new int[instance.VehicleCount];
        packed.ReadExactly(MemoryMarshal.AsBytes(roundOf.AsSpan()));
        foreach (int round in roundOf)
        {
            if (round >= rounds || ~round >= rows) throw new InvalidDataException("a vehicle has no such round");
        }
        var powerKw = new double[rows][];
        for (int row = 0; row < rows; row++)
        {
            powerKw[row] = new double[slots];
            packed.ReadExactly(MemoryMarshal.AsBytes(powerKw[row].AsSpan()));
        }
        if (packed.ReadByte() >= 0) throw new InvalidDataException("there is more than the header tells");
        return new StoredRounds(PreparedFleet.Prepare(instance, Environment.ProcessorCount), ranks, roundOf, powerKw);
    }
}
