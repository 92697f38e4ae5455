using Movc.Database;
using Movc.Domain.Queries;
using Movc.EventLog;
using Movc.TwinState.DeadLetters;
using Movc.TwinState.Queries;
using Movc.TwinState.Shards;
using Movc.TwinState.Snapshots;
using Movc.TwinState.Store;

namespace Movc.TwinState;

/// <summary>
/// The part of a twin that falls to this process: it shares the city's partitions with others by the log's group, opens a shard
/// when its partition comes and gives it up, written to the last event, when it goes. Its snapshots travel over the log.
/// </summary>
public sealed class SharedTwin
{
    /// <summary>How long a shard that another writer has taken is waited for to be taken by the group too.</summary>
    private static readonly TimeSpan FencePatience = TimeSpan.FromSeconds(60);

    private readonly TwinOptions _options;
    private readonly IEventStore _store;
    private readonly IEventLog _log;
    private readonly TimeProvider _clock;
    private readonly ShardSet _held;
    private readonly DeadLetterWriter _deadLetters;

    public SharedTwin(TwinOptions options, IEventStore store, IEventLog log, TimeProvider clock)
    {
        _options = options;
        _store = store;
        _log = log;
        _clock = clock;
        _held = new ShardSet(log.PartitionCount);
        _deadLetters = new DeadLetterWriter(store, log, clock);
        Queries = new TwinQueries(_held, store, options);
    }

    /// <summary>What may be asked of the shards held now.</summary>
    public ITwinMember Queries { get; }

    /// <summary>Shards held now.</summary>
    public int HeldCount => _held.Held.Count();

    /// <summary>Called with a partition and what became of it: taken, given up, or taken away; from any thread.</summary>
    public Action<int, string>? OnPartition { get; set; }

    /// <summary>Holds what falls to this process until the token fires. Throws what the first failing shard threw.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var publisher = new FleetPublisher(_log);
        return _log.ShareAsync(Topics.VehicleEvents, Twin.Group, (partition, giveUp) => HoldAsync(partition, publisher, giveUp), cancellationToken);
    }

    private async Task HoldAsync(int partition, FleetPublisher publisher, CancellationToken giveUp)
    {
        try
        {
            Shard shard = await Shard.OpenAsync(partition, _options, _store, _log, publisher.SendAsync, _clock, giveUp);
            _held.Set(partition, shard);
            OnPartition?.Invoke(partition, "taken");
            await RunBothAsync(shard, giveUp);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            OnPartition?.Invoke(partition, "given up");
        }
        catch (StoreFencedException fenced)
        {
            // This process was cut off and another has gone on; the group takes the partition away as soon as it is heard again.
            _held.Set(partition, null);
            OnPartition?.Invoke(partition, "taken away");
            await WaitUntilTakenAsync(fenced, giveUp);
        }
        finally
        {
            _held.Set(partition, null);
        }
    }

    private async Task RunBothAsync(Shard shard, CancellationToken giveUp)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        Task[] both = [shard.RunAsync(end.Token), _deadLetters.RunAsync(_deadLetters.Open(shard.Partition), shard.Partition, end.Token)];
        await Task.WhenAny(both);
        await end.CancelAsync();
        try
        {
            await Task.WhenAll(both);
        }
        catch (OperationCanceledException) when (!giveUp.IsCancellationRequested)
        {
            // The log has ended under one of them, and the other was called off.
        }
    }

    private async Task WaitUntilTakenAsync(StoreFencedException fenced, CancellationToken giveUp)
    {
        try
        {
            await Task.Delay(FencePatience, _clock, giveUp);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        throw new StoreFencedException($"{fenced.Message}; the log's group left it here all the same: is another process writing to this store that is not of the group?");
    }
}
