using Movc.Database;
using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.TwinState.Ids;
using Movc.TwinState.Shards;
using Movc.TwinState.Snapshots;
using Movc.TwinState.Store;

namespace Movc.TwinState.History;

/// <summary>One shard in a period that is over: its vehicles as they stood before the period's first setpoints, and where each interval lies in its journal.</summary>
internal sealed class PastShard : IJournalVisitor
{
    /// <summary>Of <see cref="Local"/>: a vehicle that is not looked at.</summary>
    public const int NotChosen = -1;

    /// <summary>Of <see cref="Local"/>: one that is, and joins later.</summary>
    public const int ToCome = -2;

    private readonly IEventReader _store;
    private readonly int _shard;
    private readonly VehicleIdTable _ids = new();
    private readonly long[] _place;
    private readonly long _last;
    private ShardState? _whole;
    private ShardState? _chosen;

    private PastShard(IEventReader store, int shard, long fromMs, int slots, long[] place, long last)
    {
        (_store, _shard, FromMs, Slots, _place, _last) = (store, shard, fromMs, slots, place, last);
    }

    /// <summary>Start of the period, Unix milliseconds UTC.</summary>
    public long FromMs { get; }

    /// <summary>Its length.</summary>
    public int Slots { get; }

    /// <summary>Intervals that the journal holds from the start on, as far beyond the period as is looked ahead.</summary>
    public int SlotsHeld => _place.Length;

    /// <summary>Vehicles that there were at the start.</summary>
    public int Vehicles { get; private set; }

    /// <summary>Place of each vehicle of the journal among those looked at, at the period's start.</summary>
    public int[] Local { get; private set; } = [];

    public ReadOnlySpan<byte> Id(int vehicle) => _ids.Utf8(vehicle);

    /// <summary>Opens it.</summary>
    /// <exception cref="InputException">An interval is missing.</exception>
    public static async Task<PastShard> OpenAsync(IEventReader store, FleetModel model, ShardPosition position, long fromMs, int slots, CancellationToken cancellationToken)
    {
        IReadOnlyList<(long JournalSequence, long AtMs)> intervals = await store.ReadIntervalsAsync(position.Shard, cancellationToken);
        int first = 0;
        while (first < intervals.Count && intervals[first].AtMs < fromMs) first++;
        var place = new List<long>();
        for (int k = 0; first + k < intervals.Count && k < slots + FleetOutlook.Slots; k++)
        {
            // What a running city has written since the positions were read is not looked at.
            (long sequence, long atMs) = intervals[first + k];
            if (atMs != fromMs + (k * Domain.Time.Slots.Ms) || sequence > position.JournalSequence) break;
            place.Add(sequence);
        }
        if (place.Count < slots) throw new InputException($"shard {position.Shard} of the store has no setpoints of the interval at {DateTimeOffset.FromUnixTimeMilliseconds(fromMs + (place.Count * Domain.Time.Slots.Ms)):yyyy-MM-dd HH:mm}Z; give a period without it");
        long last = first + place.Count < intervals.Count ? Math.Min(intervals[first + place.Count].JournalSequence - 1, position.JournalSequence) : position.JournalSequence;
        var past = new PastShard(store, position.Shard, fromMs, slots, [.. place], last);
        await store.ReadJournalAsync(position.Shard, new JournalRange(position.JournalSequence, position.JournalSequence), past, cancellationToken);
        (past._whole, _) = await new ShardLoader(store, model, isLive: false).LoadAsync(position.Shard, place[0] - 1, long.MaxValue, cancellationToken);
        past.Vehicles = past._whole.Columns.Count;
        return past;
    }

    /// <summary>Chooses the vehicles that are looked at, evenly: of all vehicles of all shards, one after the other, so many of so many.</summary>
    /// <param name="before">Vehicles of the shards before this one.</param>
    /// <param name="chosen">So many.</param>
    /// <param name="all">Of so many.</param>
    /// <param name="model">What the twin reckons with.</param>
    public void Choose(long before, long chosen, long all, FleetModel model)
    {
        ShardState whole = _whole ?? throw new InvalidOperationException("its vehicles are chosen already");
        var some = new List<int>();
        Local = new int[_ids.Count];
        for (int i = 0; i < _ids.Count; i++)
        {
            long place = before + i;
            bool isChosen = (place + 1) * chosen / all > place * chosen / all;
            Local[i] = !isChosen ? NotChosen : i < Vehicles ? some.Count : ToCome;
            if (isChosen && i < Vehicles) some.Add(i);
        }
        _chosen = whole.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(some), model, knowsStays: false);
        _whole = null;
    }

    /// <summary>Vehicles looked at, at the start.</summary>
    public int Count => _chosen?.Columns.Count ?? 0;

    /// <summary>They as they stood before the period's first setpoints; each call makes them anew.</summary>
    public ShardState State(FleetModel model, bool knowsStays)
    {
        ShardState chosen = _chosen ?? throw new InvalidOperationException("no vehicles are chosen yet");
        int[] all = new int[chosen.Columns.Count];
        for (int i = 0; i < all.Length; i++) all[i] = i;
        return chosen.Of(all, model, knowsStays);
    }

    /// <summary>Reads intervals of the journal, the setpoints at the start of the first among them.</summary>
    /// <param name="from">First slot.</param>
    /// <param name="to">End, exclusive.</param>
    /// <param name="visitor">Takes them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask ReadAsync(int from, int to, IJournalVisitor visitor, CancellationToken cancellationToken)
    {
        long after = _place[from] - 1, through = to < _place.Length ? _place[to] - 1 : _last;
        if (through > after) await _store.ReadJournalAsync(_shard, new JournalRange(after, through, int.MaxValue), visitor, cancellationToken);
    }

    public void OnVehicle(int index, ReadOnlySpan<byte> id)
    {
        if (index != _ids.Count) throw new StoreException($"shard {_shard}: vehicle {_ids.Count} is missing from the store; it was damaged outside this program");
        _ids.Add(id);
    }

    public void OnEvent(in EventRow row, ReadOnlySpan<byte> payload) => throw new InvalidOperationException("the stretch was to be empty");

    public void OnSetpoints(long journalSequence, SetpointBatch batch) => throw new InvalidOperationException("the stretch was to be empty");
}
