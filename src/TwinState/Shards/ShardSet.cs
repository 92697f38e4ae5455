using System.Text;
using Movc.EventLog.Records;

namespace Movc.TwinState.Shards;

/// <summary>The shards that this process holds, by partition; one writer a slot, read by anybody.</summary>
internal sealed class ShardSet
{
    private readonly Shard?[] _held;

    public ShardSet(int partitions)
    {
        _held = new Shard?[partitions];
        TwinMetrics.Watch(this);
    }

    public int Partitions => _held.Length;

    public IEnumerable<Shard> Held => Enumerable.Range(0, _held.Length).Select(p => Volatile.Read(ref _held[p])).OfType<Shard>();

    public void Set(int partition, Shard? shard) => Volatile.Write(ref _held[partition], shard);

    /// <summary>The vehicle's shard, or null where another process holds it.</summary>
    public Shard? Of(ReadOnlySpan<byte> vehicleId) => Volatile.Read(ref _held[Murmur2.Partition(vehicleId, _held.Length)]);

    /// <inheritdoc cref="Of(ReadOnlySpan{byte})"/>
    public Shard? Of(string vehicleId) => Of(Encoding.UTF8.GetBytes(vehicleId));
}
