using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Movc.Domain.Simulation;

namespace Movc.Studies.Weeks;

/// <summary>
/// A simulated week as one file of this machine's byte order: a mark, the key that it answers to, the parts' columns as they stand in
/// memory, and SHA-256 over everything before. A file that is short, of another key or altered is none.
/// </summary>
public static class WeekFile
{
    private const int HashBytes = 32;
    private static ReadOnlySpan<byte> Mark => "movc week 1\n"u8;

    /// <summary>Writes a week; the file appears whole or not at all.</summary>
    public static void Write(string path, string key, SimulatedWeek week)
    {
        string part = $"{path}.{Environment.ProcessId}.part";
        try
        {
            using (FileStream file = new(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
            using (var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
            {
                void Put(ReadOnlySpan<byte> bytes)
                {
                    sha.AppendData(bytes);
                    file.Write(bytes);
                }
                Put(Mark);
                Put(Encoding.ASCII.GetBytes(key));
                Put(Number(week.Parts.Count));
                foreach (WeekPart p in week.Parts)
                {
                    Put(Number(p.FirstVehicle));
                    Put(Number(p.Vehicles.Length));
                    Put(Number(p.Stays.Length));
                    Put(MemoryMarshal.AsBytes(p.Vehicles.AsSpan()));
                    Put(MemoryMarshal.AsBytes(p.Stays.AsSpan()));
                }
                file.Write(sha.GetHashAndReset());
            }
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Reads a week.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">Key that it must answer to.</param>
    /// <param name="settings">What was simulated.</param>
    /// <param name="people">Who.</param>
    /// <returns>Null where there is no such file, or it is not whole.</returns>
    public static SimulatedWeek? TryRead(string path, string key, WeekSettings settings, PeopleModel people)
    {
        if (!File.Exists(path)) return null;
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        bool Take(Span<byte> bytes)
        {
            if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) return false;
            sha.AppendData(bytes);
            return true;
        }
        bool TakeNumber(long itemBytes, out int number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(int)];
            number = Take(bytes) ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : -1;
            // A count that promises more than the file holds is rubbish, and no reason to ask for the memory.
            return number >= 0 && number * itemBytes <= file.Length;
        }
        byte[] head = new byte[Mark.Length + key.Length];
        if (!Take(head) || !head.AsSpan().SequenceEqual((byte[])[.. Mark, .. Encoding.ASCII.GetBytes(key)])) return null;
        if (!TakeNumber(1, out int count)) return null;
        var parts = new List<WeekPart>(count);
        for (int i = 0; i < count; i++)
        {
            if (!TakeNumber(0, out int first) || !TakeNumber(Marshal.SizeOf<WeekVehicle>(), out int vehicles) || !TakeNumber(Marshal.SizeOf<WeekStay>(), out int stays)) return null;
            var part = new WeekPart(first, new WeekVehicle[vehicles], new WeekStay[stays]);
            if (!Take(MemoryMarshal.AsBytes(part.Vehicles.AsSpan())) || !Take(MemoryMarshal.AsBytes(part.Stays.AsSpan()))) return null;
            parts.Add(part);
        }
        byte[] hash = new byte[HashBytes];
        if (file.ReadAtLeast(hash, HashBytes, throwOnEndOfStream: false) < HashBytes || !sha.GetHashAndReset().AsSpan().SequenceEqual(hash)) return null;
        return parts.Sum(p => p.Vehicles.Length) == settings.Vehicles ? new SimulatedWeek(settings, people, parts) : null;
    }

    private static byte[] Number(int number)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
