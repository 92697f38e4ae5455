using System.Text;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.EventLog;
using Movc.EventLog.Records;
using Movc.EventLog.Wire;
using Movc.TwinState.Store.Sqlite;

namespace Movc.TwinState.Tests.Twins;

public sealed class TwinTests : IDisposable
{
    private const long Start = RandomScript.Start;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movc-twin-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory(Timeout = 120_000)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public async Task The_state_is_that_of_a_plain_fold_for_any_number_of_shards_and_nothing_is_lost(int partitions)
    {
        var script = RandomScript.Draw(5, 150, 12);
        var naive = new NaiveFold();
        foreach ((string vehicle, VehicleEvent e) in script) naive.Take(vehicle, e);
        naive.Refused.Keys.ShouldBe(["already-plugged-in", "already-registered", "missing-field", "not-plugged-in", "out-of-range", "too-late", "unknown-vehicle"]);

        await using SqliteEventStore store = OpenStore();
        await using RunningTwin running = await RunningTwin.StartAsync(store, partitions);
        await running.DriveAsync(new ScriptedSource(script, Start, 12));
        TwinStatus status = await running.Twin.Queries.StatusAsync(Token);
        await running.StopAsync();

        running.Twin.StateHash().ShouldBe(naive.Hash());
        status.DeadLettersByReason.ShouldBe(naive.Refused);
        (status.EventsAccepted, status.EventsDuplicate, status.EventsDeadLettered).ShouldBe((naive.Accepted, 0, naive.Refused.Values.Sum()));
        (status.Registered, status.Plugged).ShouldBe((naive.Registered, naive.Plugged));
        running.Twin.EventsRead.ShouldBe(script.Count);
        (await running.Twin.CountStoredAsync(Token)).ShouldBe(naive.Accepted);
        running.Fleets.Select(f => f.AtMs).ShouldBe(Enumerable.Range(0, 13).Select(n => Start + (n * Slots.Ms)));
        status.VehiclesByQuality.Values.Sum().ShouldBe(naive.Registered);
        // What the sums rest on: the same vehicles, by their share.
        AggregateQuality quality = status.Quality.ShouldNotBeNull();
        QualityShares v = quality.Vehicles;
        (v.Measured + v.Stale + v.Imputed + v.Invalid + v.Blocked).ShouldBe(1, 1e-9);
        v.Imputed.ShouldBe(status.VehiclesByQuality["substituted"] / (double)naive.Registered, 1e-9);
        (quality.Power.Measured + quality.Power.Stale + quality.Power.Imputed + quality.Power.Invalid + quality.Power.Blocked).ShouldBe(1, 1e-9);
        quality.GrossKw.ShouldBeGreaterThan(0);
    }

    [Fact(Timeout = 120_000)]
    public async Task Duplicates_are_counted_and_change_nothing_also_after_a_restart()
    {
        UInt128 once = 0;
        for (int round = 0; round < 3; round++)
        {
            await using SqliteEventStore store = OpenStore();
            await using RunningTwin running = await RunningTwin.StartAsync(store, 3);
            ILogProducer producer = running.Log.OpenProducer(Topics.VehicleEvents);
            for (int again = 0; again < 2; again++)
            {
                for (int n = 0; n < 60; n++)
                {
                    byte[] id = Encoding.UTF8.GetBytes($"v-{n}");
                    int partition = Murmur2.Partition(id, 3);
                    VehicleEvent e = At(VehicleEventType.Registered, n) with { CapacityWh = 60_000, EnergyWh = n };
                    var batch = new RecordBatch();
                    VehicleEventWriter.Append(batch, "numbered"u8, id, n + 1, partition, in e);
                    VehicleEvent arrived = At(VehicleEventType.Arrived, n) with { EnergyWh = n + 1 };
                    VehicleEventWriter.Append(batch, "named"u8, id, Encoding.UTF8.GetBytes($"arrival {n}"), in arrived);
                    VehicleEventWriter.Append(batch, "named"u8, id, Encoding.UTF8.GetBytes($"arrival {n}"), in arrived);
                    await producer.SendAsync(partition, batch, Token);
                }
            }
            await producer.FlushAsync(Token);
            TwinStatus status = await running.Twin.Queries.StatusAsync(Token);
            (status.EventsAccepted, status.EventsDuplicate, status.EventsDeadLettered).ShouldBe((120, round == 0 ? 240 : 360, 0));
            running.Twin.EventsRead.ShouldBe(360);
            (await running.Twin.CountStoredAsync(Token)).ShouldBe(120);
            if (round == 0) once = running.Twin.StateHash();
            running.Twin.StateHash().ShouldBe(once);
            await running.StopAsync();
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_snapshot_at_a_boundary_holds_exactly_the_events_before_it()
    {
        var script = new List<(string, VehicleEvent)>();
        for (int n = 0; n < 40; n++)
        {
            script.Add(($"v-{n}", At(VehicleEventType.Registered, -5) with { CapacityWh = 60_000, EnergyWh = 30_000 }));
            // One plug-in every 100 s: the sixth, at 600 s, belongs to the second interval.
            script.Add(($"v-{n}", At(VehicleEventType.PluggedIn, n * 100_000) with { MaxChargeW = 7_000, EnergyWh = 30_000 }));
        }
        script = [.. script.OrderBy(s => s.Item2.OccurredAtMs)];
        await using SqliteEventStore store = OpenStore();
        await using RunningTwin running = await RunningTwin.StartAsync(store, 4);
        await running.DriveAsync(new ScriptedSource(script, Start, 6));
        await running.StopAsync();
        running.Fleets.Select(f => f.PluggedCount).ShouldBe([0, 6, 12, 18, 24, 30, 36]);
        running.Fleets.ShouldAllBe(f => f.RegisteredCount == 40);
        foreach (FleetSnapshot fleet in running.Fleets)
        {
            fleet.Shards.Select(s => s.Shard).ShouldBe([0, 1, 2, 3]);
            fleet.Shards.ShouldAllBe(s => s.AtMs == fleet.AtMs);
        }
        // 36 plug-ins, 40 registrations, and one batch of setpoints a shard and interval before this one.
        running.Fleets[^1].Shards.Sum(s => s.JournalSequence).ShouldBe(36 + 40 + (4 * 6));
    }

    [Fact(Timeout = 120_000)]
    public async Task No_event_of_an_interval_is_folded_before_the_intervals_setpoints_stand()
    {
        var held = new TaskCompletionSource<FleetSnapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using SqliteEventStore store = OpenStore();
        await using RunningTwin running = await RunningTwin.StartAsync(store, 2, onFleet: fleet =>
        {
            if (fleet.AtMs != Start + Slots.Ms) return true;
            held.SetResult(fleet);
            return false;
        });
        var script = RandomScript.Draw(8, 60, 4);
        var first = new NaiveFold();
        foreach ((string vehicle, VehicleEvent e) in script.Where(s => s.Event.OccurredAtMs < Start + Slots.Ms)) first.Take(vehicle, e);
        Task drive = running.DriveAsync(new ScriptedSource(script, Start, 4));
        FleetSnapshot fleet = await held.Task.WaitAsync(Token);
        // Everything up to the boundary is folded and durable; of what the driver has sent since, nothing.
        running.Twin.StateHash().ShouldBe(first.Hash());
        (await running.Twin.CountStoredAsync(Token)).ShouldBe(first.Accepted);
        drive.IsCompleted.ShouldBeFalse();
        fleet.PluggedCount.ShouldBe(first.Plugged);
        await running.StopAsync();
        running.Twin.StateHash().ShouldBe(first.Hash());
        await Should.ThrowAsync<Exception>(() => drive);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_source_ahead_of_the_clock_does_not_hide_the_clocks_boundaries_after_a_restart()
    {
        var script = RandomScript.Draw(9, 30, 6);
        await using (SqliteEventStore store = OpenStore())
        {
            // The boundary at which it stops stays without setpoints, as the optimizer leaves it.
            await using RunningTwin running = await RunningTwin.StartAsync(store, 1, onFleet: fleet => fleet.AtMs < Start + (2 * Slots.Ms));
            var ahead = new RecordBatch();
            VehicleEventWriter.AppendProgress(ahead, "feed"u8, Start + (100 * Slots.Ms), 1);
            await running.Log.OpenProducer(Topics.VehicleEvents).SendAsync(0, ahead, Token);
            await running.DriveAsync(new ScriptedSource(script, Start, 6), intervals: 2);
            await running.StopAsync();
        }
        await using SqliteEventStore again = OpenStore();
        await using RunningTwin resumed = await RunningTwin.StartAsync(again, 1);
        await resumed.DriveAsync(new ScriptedSource(script, Start, 6));
        await resumed.StopAsync();
        resumed.Fleets.Select(f => (f.AtMs - Start) / Slots.Ms).ShouldBe([2, 3, 4, 5, 6]);
    }

    private SqliteEventStore OpenStore() => SqliteEventStore.Open(Path.Combine(_folder.FullName, "twin.db"));

    private static VehicleEvent At(VehicleEventType type, int ms) => new() { Type = type, OccurredAtMs = Start + ms };
}
