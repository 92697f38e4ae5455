using Movc.Domain.Dispatch;
using Movc.Domain.Events;

namespace Movc.TwinState.Store;

/// <summary>
/// What one shard writes in one transaction: journal entries, new vehicles, dead letters, and the offsets and dedupe state
/// that go with them. All or nothing. Reused: <see cref="Clear"/> keeps the memory.
/// </summary>
public sealed class ShardAppend
{
    private readonly List<EventRow> _events = [];
    private readonly List<(int Offset, int Length)> _payloads = [];
    private byte[] _payloadBytes = new byte[64 * 1024];
    private int _payloadLength;

    public required int Shard { get; init; }

    public required long WriterEpoch { get; init; }

    /// <summary>Journal sequence before this transaction: the version that fencing checks.</summary>
    public long ExpectedSequence { get; set; }

    /// <summary>Journal sequence after it.</summary>
    public long JournalSequence { get; set; }

    public long EventsOffset { get; set; }

    public long SetpointsOffset { get; set; }

    public IReadOnlyList<EventRow> Events => _events;

    /// <summary>Vehicles first seen, by local index.</summary>
    public List<(int Index, byte[] Id)> NewVehicles { get; } = [];

    /// <summary>Setpoint batches with their journal sequence.</summary>
    public List<(long JournalSequence, SetpointBatch Batch)> Setpoints { get; } = [];

    public List<DeadLetter> DeadLetters { get; } = [];

    /// <summary>Sources whose state changed.</summary>
    public List<SourceState> Sources { get; } = [];

    /// <summary>Ids of events whose source gives no sequence: (source index, id).</summary>
    public List<(int Source, string Id)> EventIds { get; } = [];

    /// <summary>Events put aside, with a dead letter each, that may still be explained.</summary>
    public List<WaitingEvent> Waiting { get; } = [];

    /// <summary>Of those that waited, the ones that were taken after all: they wait no more, and their dead letters go.</summary>
    public List<WaitingEvent> TakenUp { get; } = [];

    /// <summary>Of those that waited, the ones that wait no more; their dead letters stay.</summary>
    public List<WaitingEvent> GivenUp { get; } = [];

    /// <summary>True when there is nothing that must be written now; offsets alone can wait.</summary>
    public bool IsEmpty => _events.Count == 0 && Setpoints.Count == 0 && DeadLetters.Count == 0 && Sources.Count == 0 && EventIds.Count == 0 && GivenUp.Count == 0;

    public void Add(in EventRow row, ReadOnlySpan<byte> payload)
    {
        if (_payloadLength + payload.Length > _payloadBytes.Length)
            Array.Resize(ref _payloadBytes, Math.Max(_payloadBytes.Length * 2, _payloadLength + payload.Length));
        payload.CopyTo(_payloadBytes.AsSpan(_payloadLength));
        _events.Add(row);
        _payloads.Add((_payloadLength, payload.Length));
        _payloadLength += payload.Length;
    }

    /// <summary>Journal sequence of a vehicle's last event before this transaction, 0 = none; null where the transaction holds no event of it.</summary>
    public long? NewestBefore(int vehicle)
    {
        foreach (EventRow row in _events)
        {
            if (row.Vehicle == vehicle) return row.PreviousSequence;
        }
        return null;
    }

    /// <summary>Payload of the n-th event, the bytes as they came.</summary>
    public ReadOnlySpan<byte> Payload(int index) => _payloadBytes.AsSpan(_payloads[index].Offset, _payloads[index].Length);

    public void Clear()
    {
        _events.Clear();
        _payloads.Clear();
        _payloadLength = 0;
        NewVehicles.Clear();
        Setpoints.Clear();
        DeadLetters.Clear();
        Sources.Clear();
        EventIds.Clear();
        Waiting.Clear();
        TakenUp.Clear();
        GivenUp.Clear();
    }
}
