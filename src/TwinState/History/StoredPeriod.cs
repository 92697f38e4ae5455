using Movc.Domain;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.TwinState.Store;

namespace Movc.TwinState.History;

/// <summary>
/// A stored period of a twin's own events as a source: tells again what was taken in, interval by interval and within a shard in the
/// order in which it was taken, late events where they came. So a twin on it comes to the same state hash at the same instant.
/// One caller at a time; dispose before the store. Memory: the ids, and two intervals of events.
/// </summary>
public sealed class StoredPeriod : IVehicleEventSource, IAsyncDisposable
{
    private readonly StoredShard[] _shards;
    private long _presentMs = long.MaxValue;
    private long _toldMs = long.MaxValue;
    private long _aheadMs = long.MaxValue;
    private Task _ahead = Task.CompletedTask;

    private StoredPeriod(string sourceUri, StoredShard[] shards, long startMs, long endMs)
    {
        SourceUri = sourceUri;
        _shards = shards;
        StartMs = startMs;
        EndMs = endMs;
    }

    /// <inheritdoc/>
    public string SourceUri { get; }

    /// <inheritdoc/>
    public CityMode Mode => CityMode.Replay;

    /// <inheritdoc/>
    public int VehicleCount => _shards.Sum(s => s.Vehicles);

    /// <inheritdoc/>
    public long StartMs { get; }

    /// <inheritdoc/>
    public long? EndMs { get; }

    /// <summary>Shards of the store, which a log that carries the period must have as partitions.</summary>
    public int Shards => _shards.Length;

    /// <summary>Opens a store's whole time.</summary>
    /// <param name="store">Stays open as long as the period is read.</param>
    /// <param name="sourceUri">What the source is called.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InputException">No interval has begun in it.</exception>
    public static async Task<StoredPeriod> OpenAsync(IEventReader store, string sourceUri, CancellationToken cancellationToken)
    {
        IReadOnlyList<ShardPosition> positions = await store.ReadPositionsAsync(cancellationToken);
        long first = long.MaxValue, last = long.MaxValue;
        foreach (ShardPosition position in positions)
        {
            if (await store.ReadSpanAsync(position.Shard, cancellationToken) is not { } span) throw new InputException("no interval has begun in the store; run the city first");
            (first, last) = (Math.Min(first, span.FirstMs), Math.Min(last, span.LastMs));
        }
        if (positions.Count == 0) throw new InputException("the store holds nothing; run the city first");
        StoredShard[] shards = await Task.WhenAll(positions.Select(p => StoredShard.OpenAsync(store, p, cancellationToken)));
        return new StoredPeriod(sourceUri, shards, first, last + Slots.Ms);
    }

    /// <summary>The same up to an instant, in place of this one.</summary>
    public StoredPeriod Until(long endMs) => new(SourceUri, _shards, StartMs, Math.Min(endMs, EndMs ?? endMs));

    /// <inheritdoc/>
    public void EmitInitial(IVehicleEventSink sink, CancellationToken cancellationToken)
    {
        _toldMs = long.MaxValue;
        Present(long.MinValue, cancellationToken);
        foreach (StoredShard shard in _shards)
        {
            shard.Next = 0;
            Tell(shard, long.MaxValue, sink, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Emit(long fromMs, long toMs, IVehicleEventSink sink, CancellationToken cancellationToken)
    {
        // Asked for in another place than where it was: what came before is told already, or not wanted.
        bool isJump = fromMs != _toldMs;
        _toldMs = long.MaxValue;
        for (long intervalMs = Slots.Floor(fromMs); intervalMs < toMs; intervalMs += Slots.Ms)
        {
            Present(intervalMs, cancellationToken);
            // Within the interval up to the instant; at its end all of it, what happened by a clock that was ahead too.
            bool isWhole = toMs >= intervalMs + Slots.Ms;
            foreach (StoredShard shard in _shards)
            {
                if (isJump && intervalMs <= fromMs) SkipTo(shard, intervalMs < fromMs ? fromMs : long.MinValue);
                Tell(shard, isWhole ? long.MaxValue : toMs, sink, cancellationToken);
            }
        }
        _toldMs = toMs;
    }

    /// <summary>Waits for what is being read ahead.</summary>
    public async ValueTask DisposeAsync() => await _ahead.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static void Tell(StoredShard shard, long untilMs, IVehicleEventSink sink, CancellationToken cancellationToken)
    {
        for (; shard.Next < shard.Entries.Rows.Count; shard.Next++)
        {
            EventRow row = shard.Entries.Rows[shard.Next];
            if (row.OccurredMs >= untilMs) return;
            if ((shard.Next & 0x1fff) == 0) cancellationToken.ThrowIfCancellationRequested();
            sink.EmitStored(shard.Id(row.Vehicle), row.Schema, row.OccurredMs, row.Quality, shard.Entries.Payload(shard.Next));
        }
    }

    private static void SkipTo(StoredShard shard, long untilMs)
    {
        shard.Next = 0;
        while (shard.Next < shard.Entries.Rows.Count && shard.Entries.Rows[shard.Next].OccurredMs < untilMs) shard.Next++;
    }

    /// <summary>Makes an interval the present one, and begins to read the one after it.</summary>
    private void Present(long intervalMs, CancellationToken cancellationToken)
    {
        if (_presentMs == intervalMs) return;
        _presentMs = long.MaxValue;
        _ahead.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        // What was begun for a run that has ended since may have been called off with it.
        if (_aheadMs != intervalMs || !_ahead.IsCompletedSuccessfully)
        {
            ReadAhead(intervalMs, cancellationToken);
            _ahead.GetAwaiter().GetResult();
        }
        foreach (StoredShard shard in _shards) shard.Turn();
        _presentMs = intervalMs;
        ReadAhead(intervalMs == long.MinValue ? StartMs : intervalMs + Slots.Ms, cancellationToken);
    }

    private void ReadAhead(long intervalMs, CancellationToken cancellationToken)
    {
        _aheadMs = intervalMs;
        _ahead = Task.Run(() => Parallel.ForEachAsync(_shards, cancellationToken, async (shard, token) => await shard.ReadAheadAsync(intervalMs, token)), CancellationToken.None);
    }
}
