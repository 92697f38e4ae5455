using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Model;

/// <summary>
/// SHA-256 of what an instance says, whatever its files look like: "movc-instance-1", then counts, settings (the peak weight if there is one), ids (by index where it
/// has none) and columns as little-endian numbers, in the order of <see cref="DispatchInstance"/>.
/// </summary>
public static class InstanceHash
{
    /// <summary>64 lower-case hexadecimal digits.</summary>
    public static string Of(DispatchInstance x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("the columns are hashed as they lie in memory, low byte first");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("movc-instance-1\n"u8);
        Append<int>(hash, [x.VehicleCount, x.StartSlot.Length, x.SlotCount, x.PastLoadKw.Length]);
        Append<double>(hash, [x.SlotHours, x.Efficiency, x.Lambda]);
        if (x.PeakWeight != 0)
        {
            hash.AppendData("peak-weight\n"u8);
            Append<double>(hash, [x.PeakWeight]);
        }
        byte[] id = new byte[4];
        for (int i = 0; i < x.VehicleCount; i++)
        {
            string text = InstanceWriter.Id(x, i);
            int length = Encoding.UTF8.GetByteCount(text);
            if (id.Length < length + 4) id = new byte[2 * length + 4];
            BinaryPrimitives.WriteInt32LittleEndian(id, length);
            Encoding.UTF8.GetBytes(text, id.AsSpan(4));
            hash.AppendData(id, 0, length + 4);
        }
        foreach (int[] column in new[]
        {
            x.CapacityWh, x.InitialWh, x.FinalMinWh, x.StayOffset, x.StartSlot, x.EndSlot, x.MaxChargeW, x.MaxDischargeW, x.NeededAtDepartureWh, x.TripWhAfter, x.DayOfSlot,
        })
        {
            Append<int>(hash, column);
        }
        Append<double>(hash, x.LoadKw);
        Append<double>(hash, x.BaselineEvKw);
        Append<double>(hash, x.PastLoadKw);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append<T>(IncrementalHash hash, ReadOnlySpan<T> column)
        where T : unmanaged => hash.AppendData(MemoryMarshal.AsBytes(column));
}
