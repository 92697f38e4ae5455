using Movc.Domain.Dispatch;
using Movc.TwinState.Store;

namespace Movc.TwinState.History;

/// <summary>Events of a stretch of one shard's journal, in their order, back to back.</summary>
internal sealed class JournalEntries : IJournalVisitor
{
    private readonly List<EventRow> _rows = [];
    private readonly List<int> _ends = [];
    private byte[] _bytes = [];
    private int _length;

    public IReadOnlyList<EventRow> Rows => _rows;

    public ReadOnlySpan<byte> Payload(int index)
    {
        int start = index == 0 ? 0 : _ends[index - 1];
        return _bytes.AsSpan(start, _ends[index] - start);
    }

    /// <summary>Empties it and keeps the memory.</summary>
    public void Clear()
    {
        _rows.Clear();
        _ends.Clear();
        _length = 0;
    }

    public void OnVehicle(int index, ReadOnlySpan<byte> id)
    {
        // Who reads a stretch knows the vehicles.
    }

    public void OnEvent(in EventRow row, ReadOnlySpan<byte> payload)
    {
        if (_length + payload.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(Math.Max(4096, _bytes.Length * 2), _length + payload.Length));
        payload.CopyTo(_bytes.AsSpan(_length));
        _length += payload.Length;
        _rows.Add(row);
        _ends.Add(_length);
    }

    public void OnSetpoints(long journalSequence, SetpointBatch batch)
    {
        // A replay is dispatched anew.
    }
}
