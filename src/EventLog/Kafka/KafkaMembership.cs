using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Movc.EventLog.Kafka;

/// <summary>
/// Membership of a consumer group, apart from reading: a client that only says which partitions are this process's. The work on
/// them reads by clients of its own from where its store stands, so that who owns a partition and what was read of it are two things
/// that cannot disagree. Partitions move one by one (cooperative), and none before its work has ended.
/// </summary>
internal sealed class KafkaMembership
{
    private static readonly TimeSpan PollFor = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentDictionary<int, (CancellationTokenSource GiveUp, Task Work)> _held = new();
    private readonly KafkaOptions _options;
    private readonly string _topic;
    private readonly string _group;
    private readonly Func<int, CancellationToken, Task> _work;
    private readonly KafkaTrouble _trouble = new();
    private readonly List<TopicPartition> _toPause = [];
    private Exception? _failure;

    public KafkaMembership(KafkaOptions options, string topic, string group, Func<int, CancellationToken, Task> work)
    {
        _options = options;
        _topic = topic;
        // Cities that share a cluster share no groups.
        _group = options.TopicPrefix + group;
        _work = work;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Factory.StartNew(() => Poll(cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        // Work that outlived its hand-over still belongs to this process.
        foreach ((_, Task work) in _held.Values) await work;
        if (_failure is { } failure) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    private void Poll(CancellationToken stop)
    {
        using IConsumer<Ignore, Ignore> consumer = KafkaSettings.Build(_options, () => new ConsumerBuilder<Ignore, Ignore>(KafkaSettings.Member(_options, _group))
            .SetErrorHandler((_, e) => Note(e)).SetLogHandler((_, _) => { })
            .SetPartitionsAssignedHandler((_, partitions) =>
            {
                foreach (TopicPartition partition in partitions) Take(partition.Partition.Value);
                _toPause.AddRange(partitions);
                // Nothing is read here: from the end, and paused at once.
                return partitions.Select(p => new TopicPartitionOffset(p, Offset.End));
            })
            .SetPartitionsRevokedHandler((_, partitions) => GiveUp(partitions))
            .Build());
        try
        {
            consumer.Subscribe(_topic);
            while (!stop.IsCancellationRequested && Volatile.Read(ref _failure) is null)
            {
                consumer.Consume(PollFor);
                if (_toPause.Count == 0) continue;
                consumer.Pause(_toPause);
                _toPause.Clear();
            }
        }
        catch (KafkaException e)
        {
            Fail(new LogException($"Kafka {_options.Servers}: the group {_group} cannot be kept up ({_trouble.Last ?? e.Error.Reason.ReplaceLineEndings(" ")})", e));
        }
        finally
        {
            // Leaving at once is what lets the others take over at once; the handler above ends the work first.
            consumer.Close();
            GiveUp(_held.Keys.Select(p => new TopicPartitionOffset(_topic, p, Offset.Unset)));
        }
    }

    private void Take(int partition)
    {
        var giveUp = new CancellationTokenSource();
        // Work that outlived its hand-over may still be at it when the partition comes back.
        Task before = _held.TryGetValue(partition, out (CancellationTokenSource GiveUp, Task Work) held) ? held.Work : Task.CompletedTask;
        Task work = Task.Run(
            async () =>
            {
                try
                {
                    await before;
                    await _work(partition, giveUp.Token);
                }
#pragma warning disable CA1031 // Whatever ends the work ends the membership, which throws it.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    Fail(e);
                }
            },
            CancellationToken.None);
        _held[partition] = (giveUp, work);
    }

    private void GiveUp(IEnumerable<TopicPartitionOffset> partitions)
    {
        var ending = new List<Task>();
        foreach (TopicPartitionOffset partition in partitions)
        {
            if (!_held.TryGetValue(partition.Partition.Value, out (CancellationTokenSource GiveUp, Task Work) held)) continue;
            held.GiveUp.Cancel();
            ending.Add(held.Work);
        }
        // On the polling thread on purpose: the group goes on with the partition only when this returns.
        if (!Task.WaitAll([.. ending], _options.HandOverTimeout)) return;
        foreach (TopicPartitionOffset partition in partitions.ToArray())
        {
            if (_held.TryRemove(partition.Partition.Value, out (CancellationTokenSource GiveUp, Task Work) held)) held.GiveUp.Dispose();
        }
    }

    private void Note(Error error)
    {
        _trouble.Note(error);
        if (error.IsFatal) Fail(new LogException($"Kafka {_options.Servers}: the group {_group}: {error.Reason.ReplaceLineEndings(" ")}"));
    }

    private void Fail(Exception failure) => Interlocked.CompareExchange(ref _failure, failure, null);
}
