using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Movc.EventLog.Kafka;

/// <summary>
/// The log on Kafka: topics with as many partitions as the twin has shards, CloudEvents in binary mode, idempotent producers. Readers
/// keep their offsets in their own store and start where that stands; what the log no longer holds, or never held, is an error and
/// never passed over.
/// </summary>
public sealed class KafkaEventLog : IEventLog
{
    private readonly KafkaOptions _options;
    private readonly ConcurrentDictionary<(string Topic, string Group), Lazy<KafkaReader>> _readers = new();
    private readonly ConcurrentBag<KafkaProducer> _producers = [];
    private int _disposed;

    private readonly Lazy<IAdminClient> _probe;

    private KafkaEventLog(KafkaOptions options)
    {
        _options = options;
        _probe = new Lazy<IAdminClient>(() => Admin(options, new KafkaTrouble()));
    }

    public int PartitionCount => _options.Partitions;

    /// <inheritdoc/>
    public bool OutlivesReaders => true;

    /// <summary>Reaches the cluster, makes the topics that are missing, and checks their partitions.</summary>
    /// <param name="options">Which cluster.</param>
    /// <param name="provisioner">How topics are made; null = Kafka's admin protocol.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LogException">Unreachable, wrong credentials, or a topic with another number of partitions.</exception>
    public static async Task<KafkaEventLog> OpenAsync(KafkaOptions options, ITopicProvisioner? provisioner, CancellationToken cancellationToken)
    {
        if (options.Partitions < 1) throw new ArgumentOutOfRangeException(nameof(options), options.Partitions, "a topic has a partition at least");
        var trouble = new KafkaTrouble();
        using IAdminClient admin = Admin(options, trouble);
        provisioner ??= new KafkaProvisioner(admin, options.Servers);
        Metadata before = Ask(admin, options, trouble);
        string[] topics = [.. Topics.All.Select(t => options.TopicPrefix + t)];
        foreach (string topic in topics)
        {
            if (PartitionsOf(before, topic) == 0) await provisioner.CreateAsync(topic, options.Partitions, cancellationToken);
        }
        Metadata after = before;
        // A topic just made takes a moment to be known everywhere.
        for (int n = 0; n < 50; n++)
        {
            after = Ask(admin, options, trouble);
            if (topics.All(t => PartitionsOf(after, t) > 0)) break;
            await Task.Delay(100, cancellationToken);
        }
        foreach (string topic in topics)
        {
            int partitions = PartitionsOf(after, topic);
            if (partitions == 0) throw new LogException($"Kafka {options.Servers}: topic {topic} is not there and was not made; make it with {options.Partitions} partitions");
            if (partitions != options.Partitions)
                throw new LogException($"Kafka {options.Servers}: topic {topic} has {partitions} partitions, this run needs {options.Partitions}; a partition is a shard for the life of the data, so use another cluster or delete the topic with its data");
        }
        return new KafkaEventLog(options);
    }

    /// <summary>Whether no partition of a topic has ever held a record.</summary>
    /// <exception cref="LogException">The cluster does not answer.</exception>
    public bool IsUnused(string topic)
    {
        using IConsumer<Ignore, Ignore> consumer = KafkaSettings.Build(_options, () => new ConsumerBuilder<Ignore, Ignore>(KafkaSettings.Consumer(_options, "movc-look")).SetLogHandler((_, _) => { }).Build());
        try
        {
            return Enumerable.Range(0, PartitionCount).All(p => consumer.QueryWatermarkOffsets(new TopicPartition(_options.TopicPrefix + topic, p), _options.Patience).High == 0);
        }
        catch (KafkaException e)
        {
            throw new LogException($"Kafka {_options.Servers}: topic {_options.TopicPrefix + topic} cannot be asked for its length ({e.Error.Reason.ReplaceLineEndings(" ")})", e);
        }
    }

    /// <summary>Looks whether the cluster answers within a second.</summary>
    /// <returns>What is amiss, in a line; null = nothing.</returns>
    public async Task<string?> ProbeAsync()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        try
        {
            await Task.Run(() => _probe.Value.GetMetadata(TimeSpan.FromSeconds(1)), CancellationToken.None);
            return null;
        }
        catch (KafkaException e)
        {
            return $"Kafka {_options.Servers}: does not answer ({e.Error.Reason.ReplaceLineEndings(" ")})";
        }
    }

    public ILogProducer OpenProducer(string topic)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        var producer = new KafkaProducer(_options, _options.TopicPrefix + topic);
        _producers.Add(producer);
        return producer;
    }

    public ILogConsumer OpenConsumer(string topic, string group, int partition, long fromOffset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(partition, PartitionCount);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        // One client for all partitions of a topic and group: a client costs threads and connections.
        return _readers.GetOrAdd((topic, group), key => new Lazy<KafkaReader>(() => new KafkaReader(_options, _options.TopicPrefix + key.Topic, key.Group))).Value.Open(partition, fromOffset);
    }

    public Task ShareAsync(string topic, string group, Func<int, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        return new KafkaMembership(_options, _options.TopicPrefix + topic, group, work).RunAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        foreach (Lazy<KafkaReader> reader in _readers.Values)
        {
            if (reader.IsValueCreated) await reader.Value.DisposeAsync();
        }
        foreach (KafkaProducer producer in _producers) producer.Dispose();
        if (_probe.IsValueCreated) _probe.Value.Dispose();
    }

    private static IAdminClient Admin(KafkaOptions options, KafkaTrouble trouble) =>
        KafkaSettings.Build(options, () => new AdminClientBuilder(KafkaSettings.Client(options)).SetErrorHandler((_, e) => trouble.Note(e)).SetLogHandler((_, _) => { }).Build());

    private static Metadata Ask(IAdminClient admin, KafkaOptions options, KafkaTrouble trouble)
    {
        try
        {
            return admin.GetMetadata(options.Patience);
        }
        catch (KafkaException e)
        {
            throw new LogException(
                $"Kafka {options.Servers}: cannot be reached within {options.Patience.TotalSeconds:0} s ({trouble.Last ?? e.Error.Reason}); start it, or correct the address or the credentials", e);
        }
    }

    private static int PartitionsOf(Metadata metadata, string topic) =>
        metadata.Topics.Where(t => string.Equals(t.Topic, topic, StringComparison.Ordinal) && t.Error.Code == ErrorCode.NoError).Select(t => t.Partitions.Count).FirstOrDefault();
}
