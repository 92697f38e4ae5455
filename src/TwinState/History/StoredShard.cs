using Movc.Domain.Dispatch;
using Movc.TwinState.Ids;
using Movc.TwinState.Store;

namespace Movc.TwinState.History;

/// <summary>One shard of a stored period: its vehicles' ids, the places at which its intervals begin, and the entries of two intervals.</summary>
internal sealed class StoredShard : IJournalVisitor
{
    private const int LargestKept = 32_768;

    private readonly IEventReader _store;
    private readonly int _shard;
    private readonly VehicleIdTable _ids = new();
    private readonly IReadOnlyList<(long JournalSequence, long AtMs)> _intervals;
    private readonly long _last;

    private StoredShard(IEventReader store, ShardPosition position, IReadOnlyList<(long JournalSequence, long AtMs)> intervals)
    {
        _store = store;
        _shard = position.Shard;
        _intervals = intervals;
        _last = position.JournalSequence;
    }

    public int Vehicles => _ids.Count;

    /// <summary>Entries of the present interval.</summary>
    public JournalEntries Entries { get; private set; } = new();

    /// <summary>Entries of the next, once they are read.</summary>
    public JournalEntries Ahead { get; private set; } = new();

    /// <summary>Next of <see cref="Entries"/> to tell.</summary>
    public int Next { get; set; }

    public ReadOnlySpan<byte> Id(int vehicle) => _ids.Utf8(vehicle);

    public static async Task<StoredShard> OpenAsync(IEventReader store, ShardPosition position, CancellationToken cancellationToken)
    {
        var shard = new StoredShard(store, position, await store.ReadIntervalsAsync(position.Shard, cancellationToken));
        await store.ReadJournalAsync(position.Shard, new JournalRange(position.JournalSequence, position.JournalSequence), shard, cancellationToken);
        return shard;
    }

    /// <summary>Reads the interval that begins at an instant into <see cref="Ahead"/>; <see cref="long.MinValue"/> = what came before the first.</summary>
    public async Task ReadAheadAsync(long intervalMs, CancellationToken cancellationToken)
    {
        // The facts at the beginning are as many as a day's events; their room is not kept.
        if (Ahead.Rows.Count > LargestKept) Ahead = new JournalEntries();
        Ahead.Clear();
        int index = intervalMs == long.MinValue ? -1 : IndexOf(intervalMs);
        if (index < -1) return;
        long after = index < 0 ? 0 : _intervals[index].JournalSequence, through = index + 1 < _intervals.Count ? _intervals[index + 1].JournalSequence : _last;
        await _store.ReadJournalAsync(_shard, new JournalRange(after, through, int.MaxValue), Ahead, cancellationToken);
    }

    /// <summary>Makes the interval that was read ahead the present one.</summary>
    public void Turn()
    {
        (Entries, Ahead) = (Ahead, Entries);
        Next = 0;
    }

    public void OnVehicle(int index, ReadOnlySpan<byte> id) => _ids.Add(id);

    public void OnEvent(in EventRow row, ReadOnlySpan<byte> payload) => throw new InvalidOperationException("the stretch was to be empty");

    public void OnSetpoints(long journalSequence, SetpointBatch batch) => throw new InvalidOperationException("the stretch was to be empty");

    /// <summary>Index of the interval that begins at the instant, −2 = none does.</summary>
    private int IndexOf(long atMs)
    {
        int low = 0, high = _intervals.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (_intervals[middle].AtMs == atMs) return middle;
            if (_intervals[middle].AtMs < atMs) low = middle + 1;
            else high = middle - 1;
        }
        return -2;
    }
}
