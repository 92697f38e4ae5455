using System.Text;
using Google.Protobuf;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.EventLog;
using Movc.EventLog.Records;
using Movc.EventLog.Wire;
using Movc.Conformance;
using Movc.TwinState.Store.Sqlite;
using V1SetpointBatch = Movc.EventLog.Wire.V1.SetpointBatch;
using V1DeadLetter = Movc.EventLog.Wire.V1.DeadLetter;

namespace Movc.TwinState.Tests.Twins;

public sealed class PoisonTests : IDisposable
{
    private const long Start = RandomScript.Start;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movc-twin-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact(Timeout = 120_000)]
    public async Task Poison_is_put_aside_with_its_reason_and_stops_nothing()
    {
        await using SqliteEventStore store = OpenStore();
        await using RunningTwin running = await RunningTwin.StartAsync(store, 2);
        ILogProducer producer = running.Log.OpenProducer(Topics.VehicleEvents);
        string[] zero = [.. Enumerable.Range(0, 100).Select(n => $"v-{n}").Where(id => Murmur2.Partition(Encoding.UTF8.GetBytes(id), 2) == 0)];
        string v = zero[0];
        VehicleEvent registered = At(VehicleEventType.Registered, 0) with { CapacityWh = 60_000, EnergyWh = 1 };
        VehicleEvent plugged = At(VehicleEventType.PluggedIn, 10) with { MaxChargeW = 7_000, StateOfChargePpm = 500_000 };
        var batch = new RecordBatch();
        Put(batch, v, "1", registered);
        Put(batch, v, "2", plugged, type: "movc.vehicle.exploded.v1");
        Put(batch, v, "18", plugged, type: "movc.vehicle.plugged-in.v2");
        Put(batch, v, "3", plugged with { StateOfChargePpm = 1_700_000 });
        Put(batch, v, "4", At(VehicleEventType.Unplugged, 11));
        Put(batch, v, "5", plugged);
        Put(batch, v, "6", At(VehicleEventType.Unplugged, -8 * 86_400_000));
        Put(batch, v, "7", plugged, payload: [0xFF, 0xFF, 0xFF]);
        Put(batch, Enumerable.Range(0, 100).Select(n => $"w-{n}").First(id => Murmur2.Partition(Encoding.UTF8.GetBytes(id), 2) == 1), "8", registered);
        Put(batch, zero[1], "9", plugged);
        Put(batch, v, "10", plugged with { OccurredAtMs = Start + 12 });
        Put(batch, v, "11", registered with { OccurredAtMs = Start + 12 });
        Put(batch, v, "12", plugged with { MaxChargeW = null, OccurredAtMs = Start + 12 });
        Put(batch, v, "13", plugged, time: "soon");
        Put(batch, v, "14", plugged, quality: "excellent");
        batch.Begin("naked"u8);
        batch.End("nothing"u8);
        batch.Begin([]);
        batch.End([]);
        Put(batch, v, "15", At(VehicleEventType.Unplugged, 20) with { EnergyWh = 31_000 });
        Put(batch, v, "16", At(VehicleEventType.Unplugged, 21));
        Put(batch, v, "17", At(VehicleEventType.Unplugged, 19));
        await producer.SendAsync(0, batch, Token);
        await producer.FlushAsync(Token);

        TwinStatus status = await running.Twin.Queries.StatusAsync(Token);
        (status.EventsAccepted, status.EventsDuplicate, status.EventsDeadLettered).ShouldBe((6, 0, 14));
        running.Twin.EventsRead.ShouldBe(20);
        status.DeadLettersByReason.ShouldBe(
            new Dictionary<string, long>(StringComparer.Ordinal)
            {
                ["already-registered"] = 1, ["key-mismatch"] = 1, ["missing-field"] = 1, ["not-plugged-in"] = 1, ["out-of-range"] = 1, ["too-late"] = 1,
                ["undecodable"] = 5, ["unknown-type"] = 2, ["unknown-vehicle"] = 1,
            },
            ignoreOrder: true);
        IReadOnlyList<DeadLetterView> letters = await running.Twin.Queries.DeadLettersAsync(null, 100, Token);
        letters.ToDictionary(l => l.Reference, l => l.Reason, StringComparer.Ordinal).OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key} {l.Value}").ShouldBe(
        [
            "11 already-registered", "12 missing-field", "13 undecodable", "14 undecodable", "16 not-plugged-in", "18 unknown-type", "2 unknown-type", "3 out-of-range",
            "6 too-late", "7 undecodable", "8 key-mismatch", "9 unknown-vehicle", "partition 0 offset 15 undecodable", "partition 0 offset 16 undecodable",
        ]);
        letters.Single(l => string.Equals(l.Reference, "18", StringComparison.Ordinal)).Detail.ShouldBe("\"movc.vehicle.plugged-in.v2\" is a version that this program does not know; it reads v1");
        DeadLetterView soc = letters.Single(l => string.Equals(l.Reference, "3", StringComparison.Ordinal));
        (soc.Detail, soc.Vehicle, soc.Source).ShouldBe(("state of charge 1.7 lies outside 0 to 1", v, "feed"));
        Convert.FromBase64String(letters.Single(l => string.Equals(l.Reference, "7", StringComparison.Ordinal)).PayloadBase64).ShouldBe([0xFF, 0xFF, 0xFF]);
        (await running.Twin.Queries.DeadLettersAsync("undecodable", 2, Token)).Count.ShouldBe(2);
        IReadOnlyList<VehicleEventView> history = (await running.Twin.Queries.VehicleEventsAsync(v, 10, Token)).ShouldNotBeNull();
        history.Select(h => (h.Version, h.Type, h.Sequence, h.Source)).ShouldBe(
        [
            (6, "movc.vehicle.unplugged.v1", null, "feed"), (5, "movc.vehicle.unplugged.v1", null, "feed"), (4, "movc.vehicle.plugged-in.v1", null, "feed"),
            (3, "movc.vehicle.unplugged.v1", null, "feed"), (2, "movc.vehicle.plugged-in.v1", null, "feed"), (1, "movc.vehicle.registered.v1", null, "feed"),
        ]);
        VehicleView view = (await running.Twin.Queries.VehicleAsync(v, Token)).ShouldNotBeNull();
        (view.Plugged, view.Version, view.ReportedEnergyKwh).ShouldBe((false, 6, 31.0));
        (await running.Twin.Queries.VehicleAsync("never", Token)).ShouldBeNull();
        (await running.Twin.Queries.VehicleEventsAsync("never", 10, Token)).ShouldBeNull();
        await running.StopAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_vehicle_id_that_is_not_UTF_8_is_put_aside_and_stops_nothing()
    {
        await using SqliteEventStore store = OpenStore();
        await using RunningTwin running = await RunningTwin.StartAsync(store, 1);
        var batch = new RecordBatch();
        VehicleEvent registered = At(VehicleEventType.Registered, -9) with { CapacityWh = 60_000, EnergyWh = 1, Consent = V2gStrategy.WhenStaying };
        VehicleEventWriter.Append(batch, "feed"u8, [0x76, 0xFF], "1"u8, in registered);
        VehicleEvent plugged = At(VehicleEventType.PluggedIn, -8) with { MaxChargeW = 7_000, EnergyWh = 1, DeclaredDepartureMs = Start + 80_000_000 };
        VehicleEventWriter.Append(batch, "feed"u8, [0x76, 0xFF], "2"u8, in plugged);
        await running.Log.OpenProducer(Topics.VehicleEvents).SendAsync(0, batch, Token);
        await running.DriveAsync(new ScriptedSource([("v", registered), ("v", plugged)], Start, 2));
        (await running.Twin.Queries.StatusAsync(Token)).DeadLettersByReason["undecodable"].ShouldBe(2);
        // The last boundary is told after the source has ended; the test's timeout is what ends this wait.
        while (running.Fleets.Count < 3) await Task.Delay(5, Token);
        await running.StopAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_record_on_the_setpoints_topic_that_is_none_is_put_aside_and_the_shard_waits_for_the_optimizers()
    {
        await using SqliteEventStore store = OpenStore();
        await using RunningTwin running = await RunningTwin.StartAsync(store, 1);
        var batch = new RecordBatch();
        void Add(byte[] payload)
        {
            batch.Begin([]);
            batch.End(payload);
        }
        V1SetpointBatch Setpoints(long atMs, long untilMs, string[] vehicles, params int[] power)
        {
            var message = new V1SetpointBatch { AtMs = atMs, ValidUntilMs = untilMs };
            message.Vehicle.AddRange(vehicles);
            message.PowerW.AddRange(power);
            return message;
        }
        Add([0xFF, 0xFF]);
        Add([]);
        Add(Setpoints(Start + 1, Start + 2, []).ToByteArray());
        Add(Setpoints(Start, Start, []).ToByteArray());
        Add(Setpoints(Start, Start + 1, ["v"]).ToByteArray());
        Add(Setpoints(Start, Start + 1, ["nobody"], 5).ToByteArray());
        // An hour ahead: taken, it would let the shard pass every boundary until then without setpoints.
        Add(Setpoints(Start + (6 * Slots.Ms), Start + (7 * Slots.Ms), ["v"], 5).ToByteArray());
        await running.Log.OpenProducer(Topics.Setpoints).SendAsync(0, batch, Token);
        VehicleEvent registered = At(VehicleEventType.Registered, -9) with { CapacityWh = 60_000, EnergyWh = 1, Consent = V2gStrategy.WhenStaying };
        VehicleEvent plugged = At(VehicleEventType.PluggedIn, -8) with { MaxChargeW = 7_000, EnergyWh = 1, DeclaredDepartureMs = Start + 80_000_000 };
        await running.DriveAsync(new ScriptedSource([("v", registered), ("v", plugged)], Start, 2));
        while (running.Fleets.Count < 3) await Task.Delay(5, Token);
        IReadOnlyList<DeadLetterView> letters = await running.Twin.Queries.DeadLettersAsync(null, 10, Token);
        letters.Count.ShouldBe(7);
        letters.ShouldAllBe(l => l.Reason == "undecodable" && l.Source == Topics.Setpoints);
        string.Join('\n', letters.Select(l => l.Detail)).ShouldContain("a setpoint names the vehicle \"nobody\", which shard 0 does not hold");
        letters[0].Detail.ShouldBe("at_ms lies after the interval that waits for setpoints");
        await running.StopAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_record_on_the_dead_letter_topic_that_is_none_is_put_aside_itself()
    {
        await using SqliteEventStore store = OpenStore();
        await using RunningTwin running = await RunningTwin.StartAsync(store, 1);
        ILogProducer producer = running.Log.OpenProducer(Topics.DeadLetter);
        var batch = new RecordBatch();
        batch.Begin([]);
        batch.End([0xFF, 0xFF]);
        foreach (string reason in new[] { "from-a-later-version", "session-overlaps" })
        {
            batch.Begin([]);
            batch.End(new V1DeadLetter { Reason = reason, Source = "file.csv", Reference = "line 3", Detail = "d", Payload = ByteString.Empty }.ToByteArray());
        }
        await producer.SendAsync(0, batch, Token);
        await producer.FlushAsync(Token);
        IReadOnlyList<DeadLetterView> letters = await running.Twin.Queries.DeadLettersAsync(null, 10, Token);
        letters.Select(l => (l.Reason, l.Source, l.Reference)).ShouldBe(
        [
            ("session-overlaps", "file.csv", "line 3"), ("undecodable", Topics.DeadLetter, "partition 0 offset 1"), ("undecodable", Topics.DeadLetter, "partition 0 offset 0"),
        ]);
        letters[1].Detail.ShouldContain("from-a-later-version");
        await running.StopAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task What_a_source_puts_aside_is_stored_once_however_often_it_is_told()
    {
        var letter = new DeadLetter(Start, DeadLetterReason.SessionZeroLength, "ends as it begins", "sessions.csv", "line 4", "u", new byte[] { 9 });
        for (int round = 0; round < 2; round++)
        {
            var source = new ScriptedSource(RandomScript.Draw(2, 5, 2), Start, 2) { Aside = { (Start - 1, letter), (Start + 5, letter with { Reference = "line 5" }) } };
            await using SqliteEventStore store = OpenStore();
            await using RunningTwin running = await RunningTwin.StartAsync(store, 2);
            await running.DriveAsync(source);
            (await running.Twin.Queries.StatusAsync(Token)).DeadLettersByReason["session-zero-length"].ShouldBe(2);
            await running.StopAsync();
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_flood_of_poison_is_written_in_bounded_transactions()
    {
        await using SqliteEventStore inner = OpenStore();
        var store = new FaultyStore(inner);
        // The queue is filled before the twin starts to read it.
        await using RunningTwin running = await RunningTwin.StartAsync(store, 1, capacityBatches: 200, before: async log =>
        {
            ILogProducer producer = log.OpenProducer(Topics.VehicleEvents);
            for (int b = 0; b < 120; b++)
            {
                var batch = new RecordBatch();
                for (int n = 0; n < 200; n++) Put(batch, "v", $"{b}/{n}", At(VehicleEventType.Unplugged, 0));
                await producer.SendAsync(0, batch, Token);
            }
        });
        ILogProducer last = running.Log.OpenProducer(Topics.VehicleEvents);
        var end = new RecordBatch();
        Put(end, "v", "end", At(VehicleEventType.Unplugged, 0));
        await last.SendAsync(0, end, Token);
        await last.FlushAsync(Token);
        (await running.Twin.Queries.StatusAsync(Token)).DeadLettersByReason["unknown-vehicle"].ShouldBe(24_001);
        store.LargestAppend.ShouldBeLessThan(4096 + 200);
        await running.StopAsync();
    }

    private SqliteEventStore OpenStore() => SqliteEventStore.Open(Path.Combine(_folder.FullName, "twin.db"));

    private static VehicleEvent At(VehicleEventType type, int ms) => new() { Type = type, OccurredAtMs = Start + ms };

    private static void Put(RecordBatch batch, string vehicle, string id, VehicleEvent e, string? type = null, byte[]? payload = null, string? time = null, string? quality = null)
    {
        Span<byte> at = stackalloc byte[Rfc3339.Length];
        Rfc3339.Format(e.OccurredAtMs, at);
        batch.Begin(Encoding.UTF8.GetBytes(vehicle));
        batch.AddHeader(CloudEventHeaders.Id, Encoding.UTF8.GetBytes(id));
        batch.AddHeader(CloudEventHeaders.Source, "feed"u8);
        batch.AddHeader(CloudEventHeaders.Type, Encoding.UTF8.GetBytes(type ?? EventSchemas.Name(EventSchemas.Of(e.Type))));
        batch.AddHeader(CloudEventHeaders.Time, time is null ? at : Encoding.UTF8.GetBytes(time));
        batch.AddHeader(CloudEventHeaders.Subject, Encoding.UTF8.GetBytes(vehicle));
        if (quality is not null) batch.AddHeader(CloudEventHeaders.Quality, Encoding.UTF8.GetBytes(quality));
        batch.End(payload ?? VehicleEventMessages.Of(in e).ToByteArray());
    }
}
