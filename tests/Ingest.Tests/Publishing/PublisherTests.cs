using System.Text;
using Movc.Domain.Queries;
using Movc.Domain.Events;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.EventLog;
using Movc.EventLog.InProcess;
using Movc.EventLog.Records;
using Movc.EventLog.Wire;
using Movc.EventLog.Wire.V1;
using Movc.Ingest.Publishing;

namespace Movc.Ingest.Tests.Publishing;

public sealed class PublisherTests
{
    private const long Start = 1_658_102_400_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Events_go_to_the_partition_of_their_vehicle_numbered_densely_from_where_it_stands()
    {
        var log = new InProcessEventLog(2);
        ILogConsumer[] readers = [.. Enumerable.Range(0, 2).Select(p => log.OpenConsumer(Topics.VehicleEvents, "t", p, 0))];
        var publisher = new VehicleEventPublisher(log, "movc:x", [new(0, long.MinValue, 1), new(1, Start + 50, 8)], Token);
        for (int n = 0; n < 100; n++) publisher.Emit(Encoding.UTF8.GetBytes($"v-{n}"), new VehicleEvent { Type = VehicleEventType.Departed, OccurredAtMs = Start + n });
        publisher.SendProgress(Start + 40);
        publisher.SendProgress(Start + 100);
        List<Seen>[] seen = [Read(readers[0]), Read(readers[1])];
        for (int p = 0; p < 2; p++)
        {
            string[] wanted = [.. Enumerable.Range(0, 100).Where(n => Murmur2.Partition(Encoding.UTF8.GetBytes($"v-{n}"), 2) == p && (p == 0 || n >= 50)).Select(n => $"v-{n}")];
            seen[p].Where(s => s.Sequence > 0).Select(s => s.Vehicle).ShouldBe(wanted);
            seen[p].Where(s => s.Sequence > 0).Select(s => s.Sequence).ShouldBe(Enumerable.Range(p == 0 ? 1 : 8, wanted.Length).Select(n => (long)n));
            // A partition that is further keeps what it knows.
            seen[p].Where(s => s.Sequence == 0).Select(s => (s.ProgressMs - Start, s.NextSequence)).ShouldBe(
                p == 0 ? [(40, wanted.Length + 1), (100, wanted.Length + 1)] : [(100L, wanted.Length + 8L)]);
        }
        publisher.Sent.ShouldBe(seen.Sum(s => s.Count(e => e.Sequence > 0)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Initial_facts_are_told_only_to_partitions_that_never_had_progress()
    {
        var log = new InProcessEventLog(2);
        ILogConsumer[] readers = [.. Enumerable.Range(0, 2).Select(p => log.OpenConsumer(Topics.VehicleEvents, "t", p, 0))];
        var publisher = new VehicleEventPublisher(log, "movc:x", [new(0, long.MinValue, 1), new(1, Start, 8)], Token) { IsInitial = true };
        for (int n = 0; n < 40; n++) publisher.Emit(Encoding.UTF8.GetBytes($"v-{n}"), new VehicleEvent { Type = VehicleEventType.Registered, OccurredAtMs = Start - 9, CapacityWh = 1 });
        publisher.Send();
        Read(readers[0]).Count.ShouldBe(Enumerable.Range(0, 40).Count(n => Murmur2.Partition(Encoding.UTF8.GetBytes($"v-{n}"), 2) == 0));
        readers[1].TryRead(out _).ShouldBeFalse();
        await Task.CompletedTask;
    }

    [Fact(Timeout = 60_000)]
    public async Task Progress_waits_until_the_dead_letters_before_it_are_durable()
    {
        var log = new InProcessEventLog(1);
        ILogConsumer events = log.OpenConsumer(Topics.VehicleEvents, "t", 0, 0);
        ILogConsumer letters = log.OpenConsumer(Topics.DeadLetter, "t", 0, 0);
        var publisher = new VehicleEventPublisher(log, "movc:x", [new(0, long.MinValue, 1)], Token);
        publisher.PutAside(Letter("line 3"));
        Task progress = Task.Run(() => publisher.SendProgress(Start), Token);
        ConsumedBatch batch = (await letters.ReadAsync(Token)).ShouldNotBeNull();
        // The letter is on its way and not durable: no progress may be told, however long one looks.
        for (int look = 0; look < 1000; look++)
        {
            events.TryRead(out _).ShouldBeFalse();
            await Task.Yield();
        }
        progress.IsCompleted.ShouldBeFalse();
        letters.Acknowledge(batch.NextOffset);
        await progress;
        Read(events).Single().ProgressMs.ShouldBe(Start);
        foreach (LogRecord record in batch.Records) Movc.EventLog.Wire.V1.DeadLetter.Parser.ParseFrom(record.Value).Reference.ShouldBe("line 3");
    }

    [Fact]
    public void Positions_must_match_the_partitions() =>
        Should.Throw<ArgumentException>(() => new VehicleEventPublisher(new InProcessEventLog(2), "x", [new(0, 0, 1)], Token));

    [Theory(Timeout = 60_000)]
    [InlineData(null)]
    [InlineData(1e9)]
    public async Task A_driver_turns_the_clock_from_where_the_furthest_behind_partition_stands_to_its_stop(double? speed)
    {
        var log = new InProcessEventLog(2, 1024);
        ILogConsumer[] readers = [.. Enumerable.Range(0, 2).Select(p => log.OpenConsumer(Topics.VehicleEvents, "t", p, 0))];
        var source = new Ticking();
        var driver = new SourceDriver(source, log, new DriverOptions(speed, 3), TimeProvider.System);
        SourcePosition[] resume = [new(0, Start + Slots.Ms, 5), new(1, Start + (2 * Slots.Ms), 9)];
        driver.StopMs(resume).ShouldBe(Start + (4 * Slots.Ms));
        Task run = driver.RunAsync(resume, Token);
        List<Seen>[] seen = [[], []];
        for (int p = 0; p < 2; p++)
        {
            while (seen[p].Count(s => s.Sequence == 0) < (p == 0 ? 4 : 3))
            {
                ConsumedBatch batch = (await readers[p].ReadAsync(Token)).ShouldNotBeNull();
                seen[p].AddRange(Parse(batch));
                readers[p].Acknowledge(batch.NextOffset);
            }
        }
        await run;
        driver.CityMs.ShouldBe(Start + (4 * Slots.Ms));
        driver.Sent.ShouldBe(seen.Sum(s => s.Count(e => e.Sequence > 0)));
        seen[0].Where(s => s.Sequence == 0).Select(s => (s.ProgressMs - Start) / Slots.Ms).ShouldBe([1, 2, 3, 4]);
        seen[1].Where(s => s.Sequence == 0).Select(s => (s.ProgressMs - Start) / Slots.Ms).ShouldBe([2, 3, 4]);
        // One event a minute and vehicle, and each before its interval's end is told.
        seen[0].Count(s => s.Sequence > 0).ShouldBe(30 * source.InPartition(0));
        seen[1].Count(s => s.Sequence > 0).ShouldBe(20 * source.InPartition(1));
        foreach (List<Seen> partition in seen)
        {
            long told = long.MinValue;
            foreach (Seen s in partition)
            {
                if (s.Sequence == 0) told = s.ProgressMs;
                else s.AtMs.ShouldBeGreaterThanOrEqualTo(told);
            }
        }
        // The initial facts are asked for, the ranges adjoin.
        source.Asked[0].ShouldBe((Start + Slots.Ms, source.Asked[0].To));
        for (int n = 1; n < source.Asked.Count; n++) source.Asked[n].From.ShouldBe(source.Asked[n - 1].To);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_driver_that_waits_for_room_can_be_stopped()
    {
        var log = new InProcessEventLog(1, 1);
        await using ILogConsumer reader = log.OpenConsumer(Topics.VehicleEvents, "t", 0, 0);
        using var stop = new CancellationTokenSource();
        Task run = new SourceDriver(new Ticking(), log, new DriverOptions(null, null), TimeProvider.System).RunAsync([new(0, long.MinValue, 1)], stop.Token);
        (await reader.ReadAsync(Token)).ShouldNotBeNull();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => run);
    }


    private static Movc.Domain.Events.DeadLetter Letter(string reference) =>
        new(Start, DeadLetterReason.SessionOverlaps, "d", "sessions.csv", reference, "u", new byte[] { 1 });

    private sealed record Seen(string Vehicle, long AtMs, long Sequence, long ProgressMs, long NextSequence);

    private static List<Seen> Read(ILogConsumer reader)
    {
        var seen = new List<Seen>();
        while (reader.TryRead(out ConsumedBatch batch)) seen.AddRange(Parse(batch));
        return seen;
    }

    private static List<Seen> Parse(ConsumedBatch batch)
    {
        var seen = new List<Seen>();
        foreach (LogRecord record in batch.Records)
        {
            EventAttributes.TryRead(in record, out EventAttributes a, out string fault).ShouldBeTrue(fault);
            SourceProgressed? progress = a.Sequence == 0 ? SourceProgressed.Parser.ParseFrom(record.Value) : null;
            seen.Add(new Seen(Encoding.UTF8.GetString(a.Subject), a.TimeMs, a.Sequence, progress?.AtMs ?? 0, progress?.NextSequence ?? 0));
        }
        return seen;
    }

    /// <summary>Ten vehicles that report every minute, for ever.</summary>
    private sealed class Ticking : IVehicleEventSource
    {
        private static readonly byte[][] Ids = [.. Enumerable.Range(0, 10).Select(n => Encoding.UTF8.GetBytes($"v-{n}"))];

        public List<(long From, long To)> Asked { get; } = [];

        public string SourceUri => "movc:ticking";

        public CityMode Mode => CityMode.Simulated;

        public int VehicleCount => Ids.Length;

        public long StartMs => Start;

        public long? EndMs => null;

        public int InPartition(int partition) => Ids.Count(id => Murmur2.Partition(id, 2) == partition);

        public void EmitInitial(IVehicleEventSink sink, CancellationToken cancellationToken)
        {
            foreach (byte[] id in Ids) sink.Emit(id, new VehicleEvent { Type = VehicleEventType.Registered, OccurredAtMs = Start - 1, CapacityWh = 1 });
        }

        public void Emit(long fromMs, long toMs, IVehicleEventSink sink, CancellationToken cancellationToken)
        {
            Asked.Add((fromMs, toMs));
            for (long at = fromMs; at < toMs; at += 60_000)
            {
                foreach (byte[] id in Ids) sink.Emit(id, new VehicleEvent { Type = VehicleEventType.Departed, OccurredAtMs = at });
            }
        }
    }
}
