using System.Text;
using Movc.EventLog.Records;

namespace Movc.TwinState.Shards;

/// <summary>The shards that this process holds, by partition; one writer a slot, read by anybody.</summary>
internal sealed class ShardSet(int partitions)
{
    private readonly Shard?[] _held = new Shard?[partitions];

    public int Partitions => partitions;

    public IEnumerable<Shard> Held => Enumerable.Range(0, partitions).Select(p => Volatile.Read(ref _held[p])).OfType<Shard>();

    public void Set(int partition, Shard? shard) => Volatile.Write(ref _held[partition], shard);

    /// <summary>The vehicle's shard, or null where another process holds it.</summary>
    public Shard? Of(ReadOnlySpan<byte> vehicleId) => Volatile.Read(ref _held[Murmur2.Partition(vehicleId, partitions)]);

    /// <inheritdoc cref="Of(ReadOnlySpan{byte})"/>
    public Shard? Of(string vehicleId) => Of(Encoding.UTF8.GetBytes(vehicleId));
}
