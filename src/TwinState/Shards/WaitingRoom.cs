using System.Text;
using Movc.TwinState.Store;

namespace Movc.TwinState.Shards;

/// <summary>
/// Events that a shard put aside because they contradict what is known, by vehicle: what explains them may come late. Bounded; the
/// oldest go first. What is in here is in the store as well.
/// </summary>
internal sealed class WaitingRoom
{
    /// <summary>How many may wait, a shard [G]: senders whose events contradict all the time must not fill the memory.</summary>
    public const int Capacity = 4096;

    private readonly Dictionary<string, List<WaitingEvent>> _byVehicle = new(StringComparer.Ordinal);
    private readonly LinkedList<WaitingEvent> _inOrder = [];

    /// <param name="events">Those of the store, oldest first.</param>
    public WaitingRoom(IEnumerable<WaitingEvent> events)
    {
        foreach (WaitingEvent waiting in events) Put(waiting);
    }

    public int Count => _inOrder.Count;

    /// <summary>Lets an event wait.</summary>
    public void Add(WaitingEvent waiting, ShardAppend append)
    {
        if (_inOrder.First is { } oldest && Count == Capacity)
        {
            Remove(oldest.Value);
            // It may have come in the same transaction; what is written and deleted in one is not there afterwards.
            append.GivenUp.Add(oldest.Value);
        }
        Put(waiting);
        append.Waiting.Add(waiting);
    }

    /// <summary>A vehicle's waiting events by the time at which they happened; empty for most.</summary>
    public IReadOnlyList<WaitingEvent> Of(ReadOnlySpan<byte> vehicleId)
    {
        if (Count == 0) return [];
        return _byVehicle.TryGetValue(Encoding.UTF8.GetString(vehicleId), out List<WaitingEvent>? events) ? [.. events.OrderBy(w => w.OccurredMs)] : [];
    }

    public void Remove(WaitingEvent waiting)
    {
        string vehicle = Encoding.UTF8.GetString(waiting.VehicleId);
        if (!_byVehicle.TryGetValue(vehicle, out List<WaitingEvent>? events) || !events.Remove(waiting)) return;
        if (events.Count == 0) _byVehicle.Remove(vehicle);
        _inOrder.Remove(waiting);
    }

    private void Put(WaitingEvent waiting)
    {
        string vehicle = Encoding.UTF8.GetString(waiting.VehicleId);
        if (!_byVehicle.TryGetValue(vehicle, out List<WaitingEvent>? events)) _byVehicle.Add(vehicle, events = []);
        events.Add(waiting);
        _inOrder.AddLast(waiting);
    }
}
