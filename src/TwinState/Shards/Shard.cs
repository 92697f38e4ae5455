using System.Diagnostics;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.EventLog;
using Movc.EventLog.Records;
using Movc.TwinState.Queries;
using Movc.TwinState.Snapshots;
using Movc.TwinState.Store;

namespace Movc.TwinState.Shards;

/// <summary>
/// The single writer of one partition: reads its records in order, folds them into the state, writes them to the store, and
/// at every interval's boundary hands over a snapshot and waits for the interval's setpoints before it goes on. That wait is
/// what makes a run exactly repeatable: no event of an interval is folded before the interval's setpoints stand.
/// </summary>
internal sealed class Shard
{
    private const int MaxPendingRecords = 4096;

    private readonly ShardState _state;
    private readonly ShardSources _sources;
    private readonly ShardIntake _intake;
    private readonly ShardSetpoints _setpoints;
    private readonly SnapshotKeeper _snapshots;
    private readonly IEventStore _store;
    private readonly Func<ShardSnapshot, CancellationToken, ValueTask> _handOver;
    private readonly TimeProvider _clock;
    private readonly ShardTeller _teller = new();
    private readonly Lock _gate = new();
    private readonly ILogConsumer _events;
    private readonly long _epoch;
    private readonly bool _keepsLast;
    private readonly bool _outlives;
    private ShardAppend _open;
    private ShardAppend _writing;
    private Task _write = Task.CompletedTask;
    private long _reachedMs;
    private (DateTimeOffset At, FleetFlexibility Flexibility, AggregateQuality Quality)? _handedOver;
    private long _durableSequence;
    private long _eventsOffset;

    private Shard(ShardState state, ShardHead head, TwinOptions options, IEventStore store, IEventLog log, Func<ShardSnapshot, CancellationToken, ValueTask> handOver, TimeProvider clock)
    {
        _state = state;
        _store = store;
        _handOver = handOver;
        _clock = clock;
        _sources = new ShardSources(head.Sources, options.ClockSource);
        _intake = new ShardIntake(state, _sources, new WaitingRoom(head.Waiting), store, log.PartitionCount, clock);
        _snapshots = new SnapshotKeeper(state.Shard, (long)options.SnapshotEvery.TotalMilliseconds, store);
        Folded = Counters.Accepted;
        _teller.Begin(Counters);
        _eventsOffset = head.EventsOffset;
        _reachedMs = Resume(options.ClockSource).ReachedMs;
        _epoch = head.WriterEpoch;
        _keepsLast = options.KeepsLast;
        _outlives = log.OutlivesReaders;
        ShardAppend Make() => new() { Shard = state.Shard, WriterEpoch = head.WriterEpoch };
        _open = Make();
        _writing = Make();
        _open.ExpectedSequence = _open.JournalSequence = _durableSequence = head.JournalSequence;
        _events = log.OpenConsumer(Topics.VehicleEvents, Twin.Group, state.Shard, _eventsOffset);
        _setpoints = new ShardSetpoints(state, _intake, log.OpenConsumer(Topics.Setpoints, Twin.Group, state.Shard, head.SetpointsOffset), head.SetpointsOffset);
    }

    public int Partition => _state.Shard;

    public ShardCounters Counters => _state.Counters;

    /// <summary>Events that the journal held when the shard was opened.</summary>
    public long Folded { get; private set; }

    /// <summary>Takes the shard over, brings its state back and opens the partition; afterwards <see cref="RunAsync"/> may start.</summary>
    /// <param name="shard">Shard = partition.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="store">Where its journal is.</param>
    /// <param name="log">Where its events come from.</param>
    /// <param name="handOver">Takes its part of the fleet at every boundary.</param>
    /// <param name="clock">Tells when a fact was recorded.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Shard> OpenAsync(
        int shard, TwinOptions options, IEventStore store, IEventLog log, Func<ShardSnapshot, CancellationToken, ValueTask> handOver, TimeProvider clock, CancellationToken cancellationToken)
    {
        ShardHead head = await store.OpenShardAsync(shard, cancellationToken);
        (ShardState state, _) = await new ShardLoader(store, options.Model, isLive: true).LoadAsync(shard, head.JournalSequence, long.MaxValue, cancellationToken);
        return new Shard(state, head, options, store, log, handOver, clock);
    }

    /// <summary>Runs until the log ends or the token fires; leaves nothing unwritten in either case.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_outlives && IsBeforeSetpoints) await PassBoundaryAsync(_reachedMs, cancellationToken);
            while (await NextAsync(cancellationToken) is { } batch)
            {
                int taken = 0;
                do
                {
                    await TakeAsync(batch, cancellationToken);
                    taken += batch.Records.Count;
                }
                while (taken < MaxPendingRecords && _events.TryRead(out batch));
                await StartWriteAsync();
            }
        }
        finally
        {
            try
            {
                // What was taken in is written whatever ended the loop; a write that failed before throws again here.
                await StartWriteAsync();
                await FinishWriteAsync();
                await KeepLastAsync();
            }
            finally
            {
                await _snapshots.FinishAsync();
                // Also after a failed write: whoever sends or waits for durability must learn that nobody reads any more.
                await _events.DisposeAsync();
                await _setpoints.DisposeAsync();
            }
        }
    }

    /// <summary>Where each source stands in this partition, for a source that starts again.</summary>
    public SourcePosition Resume(string sourceUri)
    {
        lock (_gate)
        {
            foreach (ShardSources.Source source in _sources.All)
            {
                if (string.Equals(source.Uri, sourceUri, StringComparison.Ordinal)) return new SourcePosition(Partition, source.ReachedMs, source.NextSequence);
            }
            return new SourcePosition(Partition, long.MinValue, 1);
        }
    }

    /// <summary>Its counts, between two records.</summary>
    public ShardStatus Status()
    {
        lock (_gate) return ShardStatusReader.Of(_state, _epoch, _handedOver) with { Sources = [.. _sources.All.Select(SourceViews.Of)] };
    }

    /// <summary>Reads the state between two records.</summary>
    public T Read<T>(Func<ShardState, T> read)
    {
        lock (_gate) return read(_state);
    }

    /// <summary>Journal sequence of a vehicle's newest event that is in the store, 0 = none; null when the vehicle was never registered.</summary>
    public long? NewestStored(ReadOnlySpan<byte> vehicleId)
    {
        lock (_gate)
        {
            int vehicle = _state.Find(vehicleId);
            if (vehicle < 0) return null;
            long newest = _state.Columns.LastSequence[vehicle];
            if (newest > _durableSequence) newest = _open.NewestBefore(vehicle) ?? newest;
            return newest > _durableSequence ? _writing.NewestBefore(vehicle) ?? newest : newest;
        }
    }

    /// <summary>The next batch; a write that fails while nothing comes throws here, not when the next batch comes, which may be never.</summary>
    private async ValueTask<ConsumedBatch?> NextAsync(CancellationToken cancellationToken)
    {
        ValueTask<ConsumedBatch?> read = _events.ReadAsync(cancellationToken);
        if (read.IsCompleted || _write.IsCompletedSuccessfully) return await read;
        Task<ConsumedBatch?> waiting = read.AsTask();
        if (await Task.WhenAny(waiting, _write) == _write) await _write;
        return await waiting;
    }

    private async ValueTask TakeAsync(ConsumedBatch batch, CancellationToken cancellationToken)
    {
        int done = 0;
        while (TakeUntilBoundary(batch, ref done, out long boundaryMs))
        {
            _eventsOffset = batch.FirstOffset + done;
            await PassBoundaryAsync(boundaryMs, cancellationToken);
        }
        _eventsOffset = batch.NextOffset;
    }

    /// <summary>Takes records from number <paramref name="done"/> on; true when it stopped after an interval's boundary.</summary>
    private bool TakeUntilBoundary(ConsumedBatch batch, ref int done, out long boundaryMs)
    {
        lock (_gate)
        {
            int index = 0;
            foreach (LogRecord record in batch.Records)
            {
                if (index++ < done) continue;
                if (IsBeforeSetpoints && !ProgressMark.IsUpTo(_reachedMs, in record))
                {
                    boundaryMs = _reachedMs;
                    return true;
                }
                done = index;
                ShardIntake.Outcome outcome = _intake.Take(in record, batch.FirstOffset + index - 1, _open, out boundaryMs);
                if (outcome == ShardIntake.Outcome.Progress && boundaryMs >= _reachedMs && Slots.Floor(boundaryMs) == boundaryMs && boundaryMs > _state.SetpointsAtMs)
                    return true;
            }
            boundaryMs = 0;
            return false;
        }
    }

    /// <summary>
    /// The process before ended between an interval's boundary and its setpoints: no event after it may be folded before they stand.
    /// In a log that ends with its readers the source tells the boundary again. In one that outlives them the mark is read already,
    /// perhaps the last that comes for a long time, and the part of the fleet may never have left that process: it is handed over at once.
    /// </summary>
    private bool IsBeforeSetpoints => _reachedMs > _state.SetpointsAtMs && Slots.Floor(_reachedMs) == _reachedMs;

    private async ValueTask PassBoundaryAsync(long boundaryMs, CancellationToken cancellationToken)
    {
        _reachedMs = boundaryMs;
        // The snapshot must stand on durable events: a plan made from it may be published.
        await StartWriteAsync();
        await FinishWriteAsync();
        ShardSnapshot snapshot;
        lock (_gate)
        {
            _state.AdvanceTo(boundaryMs);
            snapshot = _state.Snapshot(boundaryMs, _open.JournalSequence);
        }
        lock (_gate) _handedOver = (DateTimeOffset.FromUnixTimeMilliseconds(boundaryMs), FleetFlexibility.Of(snapshot), FleetQuality.Of(_state.Columns, snapshot));
        long handedOver = _clock.GetTimestamp();
        await _handOver(snapshot, cancellationToken);
        await _setpoints.WaitAsync(boundaryMs, _open, _gate, cancellationToken);
        TwinMetrics.SetpointWait.Record(_clock.GetElapsedTime(handedOver).TotalSeconds);
        if (!_snapshots.IsDue(boundaryMs)) return;
        lock (_gate) _snapshots.Take(_state, _open.JournalSequence);
    }

    /// <summary>The state at the end, so that the next start folds nothing; not where it waits for setpoints, ahead of its journal.</summary>
    private async Task KeepLastAsync()
    {
        await _snapshots.FinishAsync();
        if (!_keepsLast || IsBeforeSetpoints || _durableSequence == _snapshots.SavedSequence || _durableSequence == 0) return;
        _snapshots.Take(_state, _durableSequence);
        _snapshots.OnDurable(_durableSequence, _epoch);
    }

    /// <summary>Starts writing what is open, after the write before has ended; one transaction may be under way while the next fills.</summary>
    private async ValueTask StartWriteAsync()
    {
        lock (_gate)
        {
            _sources.Flush(_open);
            _teller.Tell(Counters);
        }
        if (_open.IsEmpty)
        {
            // Nothing new (duplicates only): it is durable already, and whoever sent it may go on.
            await FinishWriteAsync();
            _events.Acknowledge(_eventsOffset);
            _setpoints.Acknowledge(_setpoints.Offset);
            return;
        }
        await FinishWriteAsync();
        ShardAppend append = _open;
        append.EventsOffset = _eventsOffset;
        append.SetpointsOffset = _setpoints.Offset;
        _open = _writing;
        _open.Clear();
        _open.ExpectedSequence = _open.JournalSequence = append.JournalSequence;
        _writing = append;
        _write = WriteAsync(append);
    }

    private async Task WriteAsync(ShardAppend append)
    {
        // Not cancellable: what was taken in must be written before the shard ends.
        long started = _clock.GetTimestamp();
        using (Activity? activity = TwinMetrics.Activities.StartActivity("append"))
        {
            activity?.SetTag("movc.shard", append.Shard).SetTag("movc.events", append.Events.Count);
            await _store.AppendAsync(append, CancellationToken.None);
        }
        TwinMetrics.AppendDuration.Record(_clock.GetElapsedTime(started).TotalSeconds);
        TwinMetrics.AppendEvents.Record(append.Events.Count);
        lock (_gate)
        {
            _intake.OnDurable(append);
            _durableSequence = append.JournalSequence;
        }
        _snapshots.OnDurable(append.JournalSequence, _epoch);
        _events.Acknowledge(append.EventsOffset);
        _setpoints.Acknowledge(append.SetpointsOffset);
    }

    private async ValueTask FinishWriteAsync() => await _write;
}
