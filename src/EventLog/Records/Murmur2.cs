using System.Buffers.Binary;

namespace Movc.EventLog.Records;

/// <summary>
/// MurmurHash2 with the seed that Kafka's Java client partitions by, so that any Kafka client that uses
/// the "murmur2" partitioner puts a vehicle into the same partition as we do.
/// </summary>
public static class Murmur2
{
    private const uint Seed = 0x9747b28c;
    private const uint M = 0x5bd1e995;
    private const int R = 24;

    /// <summary>Partition of a key: (hash and 0x7fffffff) modulo partitions.</summary>
    public static int Partition(ReadOnlySpan<byte> key, int partitions) => (int)((Hash(key) & 0x7fffffff) % (uint)partitions);

    public static uint Hash(ReadOnlySpan<byte> data)
    {
        uint h = Seed ^ (uint)data.Length;
        while (data.Length >= 4)
        {
            uint k = BinaryPrimitives.ReadUInt32LittleEndian(data);
            k *= M;
            k ^= k >> R;
            k *= M;
            h *= M;
            h ^= k;
            data = data[4..];
        }
        if (data.Length >= 3) h ^= (uint)data[2] << 16;
        if (data.Length >= 2) h ^= (uint)data[1] << 8;
        if (data.Length >= 1)
        {
            h ^= data[0];
            h *= M;
        }
        h ^= h >> 13;
        h *= M;
        h ^= h >> 15;
        return h;
    }
}
