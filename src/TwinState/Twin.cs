using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.EventLog;
using Movc.TwinState.DeadLetters;
using Movc.TwinState.Queries;
using Movc.TwinState.Shards;
using Movc.TwinState.Store;

namespace Movc.TwinState;

/// <summary>The twin: all shards of a city in this process, over one event store and one log. <see cref="SharedTwin"/> holds some of them.</summary>
public sealed class Twin
{
    /// <summary>Name under which the twin reads the log.</summary>
    public const string Group = "twin";

    private readonly Shard[] _shards;
    private readonly ILogConsumer[] _letters;
    private readonly FleetSnapshotCollector _collector;
    private readonly DeadLetterWriter _deadLetters;
    private readonly IEventStore _store;

    private Twin(TwinOptions options, Shard[] shards, FleetSnapshotCollector collector, DeadLetterWriter deadLetters, IEventStore store)
    {
        _shards = shards;
        _letters = [.. shards.Select(s => deadLetters.Open(s.Partition))];
        _collector = collector;
        _deadLetters = deadLetters;
        _store = store;
        var held = new ShardSet(shards.Length);
        foreach (Shard shard in shards) held.Set(shard.Partition, shard);
        Queries = new TwinQueries(held, store, options);
    }

    /// <summary>Fleet snapshots for the optimizer.</summary>
    public IFleetSnapshots Snapshots => _collector;

    /// <summary>What may be asked; every shard is held here.</summary>
    public ITwinMember Queries { get; }

    /// <summary>Instant of the newest complete fleet, Unix milliseconds UTC; <see cref="long.MinValue"/> before the first.</summary>
    public long ReachedMs => _collector.Latest?.AtMs ?? long.MinValue;

    /// <summary>Records read since the twin was opened, without progress marks.</summary>
    public long EventsRead => _shards.Sum(s => Interlocked.Read(ref s.Counters.Read));

    /// <summary>Events accepted since the twin was opened.</summary>
    public long EventsAccepted => _shards.Sum(s => Interlocked.Read(ref s.Counters.Accepted) - s.Folded);

    /// <summary>Opens every shard and brings its state back.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="store">Stays open until the caller closes it, after <see cref="RunAsync"/> has ended.</param>
    /// <param name="log">Its partitions are the shards.</param>
    /// <param name="clock">Tells when a fact was recorded.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Twin> OpenAsync(TwinOptions options, IEventStore store, IEventLog log, TimeProvider clock, CancellationToken cancellationToken)
    {
        var collector = new FleetSnapshotCollector(log.PartitionCount);
        ValueTask HandOver(ShardSnapshot part, CancellationToken stop)
        {
            collector.Add(part);
            return ValueTask.CompletedTask;
        }
        var shards = new Shard[log.PartitionCount];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, shards.Length), cancellationToken, async (p, token) => shards[p] = await Shard.OpenAsync(p, options, store, log, HandOver, clock, token));
        return new Twin(options, shards, collector, new DeadLetterWriter(store, log, clock), store);
    }

    /// <summary>Runs until the log ends or the token fires. Throws what the first failing shard threw.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        async Task Guard(Func<CancellationToken, Task> run)
        {
            try
            {
                await run(failed.Token);
            }
            catch
            {
                // One shard down: the others must not wait for its part of a snapshot for ever.
                await failed.CancelAsync();
                throw;
            }
        }

        try
        {
            await Task.WhenAll(
            [
                .. _shards.Select(s => Guard(t => Task.Run(() => s.RunAsync(t), CancellationToken.None))),
                .. _letters.Select((letters, partition) => Guard(t => _deadLetters.RunAsync(letters, partition, t))),
            ]);
        }
        finally
        {
            _collector.Complete();
        }
    }

    /// <summary>Where a source stands in every partition: everything before the instant was sent, numbered below the sequence.</summary>
    public IReadOnlyList<SourcePosition> Resume(string sourceUri) => Queries.Positions(sourceUri);

    /// <summary>Hash of every vehicle's reported state; the same however many shards there are.</summary>
    public UInt128 StateHash() => _shards.Select(s => s.Read(state => state.Hash())).Aggregate(UInt128.Zero, Domain.Hashing.StateHash.Combine);

    /// <summary>Events in the store.</summary>
    public ValueTask<long> CountStoredAsync(CancellationToken cancellationToken) => _store.CountEventsAsync(cancellationToken);
}
