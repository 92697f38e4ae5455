using System.Buffers.Binary;
using System.Buffers.Text;
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
    private const int IdBytes = 1 << 16;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public static string Of(DispatchInstance x) => Convert.ToHexStringLower(BytesOf(x));

    /// <summary>The same as 32 bytes.</summary>
    public static byte[] BytesOf(DispatchInstance x)
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
        AppendIds(hash, x);
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
        return hash.GetHashAndReset();
    }

    /// <summary>Many ids at a time: a call of the hash for each would take as long as all columns.</summary>
    private static void AppendIds(IncrementalHash hash, DispatchInstance x)
    {
        byte[] bytes = new byte[IdBytes];
        int length = 0;
        for (int i = 0; i < x.VehicleCount; i++)
        {
            int idBytes = 0;
            if (x.VehicleIds is null)
            {
                // At most 10 digits.
                if (bytes.Length - length < 4 + 10) Flush();
                Utf8Formatter.TryFormat(i, bytes.AsSpan(length + 4), out idBytes);
            }
            else
            {
                string text = x.VehicleIds[i];
                idBytes = Encoding.UTF8.GetByteCount(text);
                if (bytes.Length - length < 4 + idBytes) Flush();
                if (bytes.Length < 4 + idBytes) bytes = new byte[4 + idBytes];
                Encoding.UTF8.GetBytes(text, bytes.AsSpan(length + 4));
            }
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(length), idBytes);
            length += 4 + idBytes;
        }
        Flush();

        void Flush()
        {
            hash.AppendData(bytes, 0, length);
            length = 0;
        }
    }

    private static void Append<T>(IncrementalHash hash, ReadOnlySpan<T> column)
        where T : unmanaged => hash.AppendData(MemoryMarshal.AsBytes(column));
}
