using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.EventLog;
using Movc.EventLog.Kafka;
using Movc.EventLog.Records;
using Movc.EventLog.Wire;
using Movc.TestKit;
using Movc.TwinState.Shards;
using Movc.TwinState.Store.Sqlite;

namespace Movc.TwinState.Tests.Twins;

/// <summary>A process that ends between an interval's boundary and its part of the fleet, with nothing more on its way that would remind the next.</summary>
public sealed class LastBoundaryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movc-twin-");
    private readonly MockKafka _cluster = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _cluster.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_next_owner_hands_over_the_part_that_never_left_the_last_though_no_record_comes()
    {
        foreach (string topic in Topics.All) _cluster.CreateTopic(topic, 1);
        await using SqliteEventStore store = SqliteEventStore.Open(Path.Combine(_folder.FullName, "twin.db"));
        await using KafkaEventLog log = await KafkaEventLog.OpenAsync(new KafkaOptions { Servers = _cluster.Servers, Partitions = 1 }, null, Token);
        log.OutlivesReaders.ShouldBeTrue();
        var batch = new RecordBatch();
        var registered = new VehicleEvent { Type = VehicleEventType.Registered, OccurredAtMs = RandomScript.Start - 1, CapacityWh = 60_000, EnergyWh = 30_000 };
        VehicleEventWriter.Append(batch, "movc:script"u8, "v"u8, 1, 0, in registered);
        VehicleEventWriter.AppendProgress(batch, "movc:script"u8, RandomScript.Start, 2);
        ILogProducer producer = log.OpenProducer(Topics.VehicleEvents);
        await producer.SendAsync(0, batch, Token);
        await producer.FlushAsync(Token);

        var options = new TwinOptions("movc:script", FleetModel.Plain);
        Shard first = await Shard.OpenAsync(0, options, store, log, (_, _) => throw new IOException("ended"), TimeProvider.System, Token);
        (await Should.ThrowAsync<IOException>(() => first.RunAsync(Token))).Message.ShouldBe("ended");
        (await store.ReadPositionsAsync(Token)).ShouldHaveSingleItem().JournalSequence.ShouldBe(1);

        var part = new TaskCompletionSource<ShardSnapshot>();
        Shard second = await Shard.OpenAsync(
            0, options, store, log,
            (snapshot, _) =>
            {
                part.SetResult(snapshot);
                return ValueTask.CompletedTask;
            },
            TimeProvider.System, Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task run = second.RunAsync(stop.Token);
        (await part.Task.WaitAsync(Token)).AtMs.ShouldBe(RandomScript.Start);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => run);
    }
}
