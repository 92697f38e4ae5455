using System.Threading.Channels;

namespace Movc.Domain.Fleet;

/// <summary>Puts the shards' parts of one instant together; hands the fleet over once every part is there.</summary>
public sealed class FleetSnapshotCollector(int shards) : IFleetSnapshots
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, ShardSnapshot?[]> _parts = [];
    private readonly Channel<FleetSnapshot> _complete = Channel.CreateBounded<FleetSnapshot>(new BoundedChannelOptions(4) { SingleReader = true });
    private FleetSnapshot? _latest;

    /// <summary>The newest complete fleet, null before the first.</summary>
    public FleetSnapshot? Latest => Volatile.Read(ref _latest);

    /// <summary>Takes a part; from any thread. A part that comes again replaces the one before.</summary>
    public void Add(ShardSnapshot part)
    {
        ArgumentNullException.ThrowIfNull(part);
        FleetSnapshot fleet;
        lock (_lock)
        {
            if (!_parts.TryGetValue(part.AtMs, out ShardSnapshot?[]? parts)) _parts.Add(part.AtMs, parts = new ShardSnapshot?[shards]);
            parts[part.Shard] = part;
            if (parts.Any(p => p is null)) return;
            // Parts of earlier instants belong to shards that had passed them before a restart; nobody waits for those.
            foreach (long old in _parts.Keys.TakeWhile(at => at <= part.AtMs).ToArray()) _parts.Remove(old);
            fleet = new FleetSnapshot(part.AtMs, parts!);
            Volatile.Write(ref _latest, fleet);
        }
        // The shards wait for this fleet's setpoints, so there is never more than one on its way.
        if (!_complete.Writer.TryWrite(fleet)) throw new InvalidOperationException("fleet snapshots pile up although shards wait for setpoints");
    }

    /// <summary>No more parts will come.</summary>
    public void Complete() => _complete.Writer.TryComplete();

    public async ValueTask<FleetSnapshot?> NextAsync(CancellationToken cancellationToken)
    {
        while (await _complete.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_complete.Reader.TryRead(out FleetSnapshot? fleet)) return fleet;
        }
        return null;
    }
}
