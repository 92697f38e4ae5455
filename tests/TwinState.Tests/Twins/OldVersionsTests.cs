using System.Text;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.EventLog;
using Movc.EventLog.Records;
using Movc.EventLog.Wire;
using Movc.TwinState.History;
using Movc.TwinState.Store;
using Movc.TwinState.Store.Sqlite;

namespace Movc.TwinState.Tests.Twins;

/// <summary>Events of old versions: stored as they came, read in the terms of the newest, whenever and wherever they are read.</summary>
public sealed class OldVersionsTests : IDisposable
{
    private const long Start = RandomScript.Start;

    /// <summary>delivery-reported.v1 with a power of −7,000 W and an energy of 1,167 Wh (a golden payload of the log's tests).</summary>
    private static readonly byte[] DeliveryV1 = Convert.FromHexString("08af6d108f09");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movc-twin-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact(Timeout = 60_000)]
    public async Task A_delivery_of_version_1_is_kept_as_it_came_and_its_energy_believed_nowhere()
    {
        await using SqliteEventStore store = SqliteEventStore.Open(Path.Combine(_folder.FullName, "twin.db"));
        UInt128 live;
        await using (RunningTwin running = await RunningTwin.StartAsync(store, 1))
        {
            var batch = new RecordBatch();
            VehicleEvent registered = At(VehicleEventType.Registered, 0) with { CapacityWh = 60_000, EnergyWh = 30_000 };
            VehicleEvent delivered = At(VehicleEventType.DeliveryReported, 30) with { PowerW = -7_000, DeliveredWh = -1_167, DeliveredFromMs = Start + 20 };
            VehicleEventWriter.Append(batch, "feed"u8, "v"u8, 1, 0, in registered);
            VehicleEventWriter.Append(batch, "feed"u8, "v"u8, 2, 0, EventSchema.DeliveryReportedV1, Start + 20, Quality.Good, DeliveryV1);
            VehicleEventWriter.Append(batch, "feed"u8, "v"u8, 3, 0, in delivered);
            // Version 2 refuses what cannot be: a period that ends before it begins.
            VehicleEvent backward = delivered with { DeliveredFromMs = Start + 30 };
            VehicleEventWriter.Append(batch, "feed"u8, "v"u8, 4, 0, in backward);
            ILogProducer producer = running.Log.OpenProducer(Topics.VehicleEvents);
            await producer.SendAsync(0, batch, Token);
            await producer.FlushAsync(Token);

            VehicleView view = (await running.Twin.Queries.VehicleAsync("v", Token)).ShouldNotBeNull();
            (view.Version, view.ReportedEnergyKwh).ShouldBe((3, 30.0));
            IReadOnlyList<VehicleEventView> history = (await running.Twin.Queries.VehicleEventsAsync("v", 10, Token)).ShouldNotBeNull();
            history.Select(h => (h.Type, h.Data.PowerW, h.Data.EnergyWh, h.Data.DeliveredWh)).ShouldBe(
            [
                ("movc.vehicle.delivery-reported.v2", -7_000, null, -1_167), ("movc.vehicle.delivery-reported.v1", -7_000, null, null), ("movc.vehicle.registered.v1", null, 30_000, null),
            ]);
            (await running.Twin.Queries.StatusAsync(Token)).DeadLettersByReason.ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["out-of-range"] = 1 });
            live = running.Twin.StateHash();
            await running.StopAsync();
        }
        var journal = new Kept();
        await store.ReadJournalAsync(0, new JournalRange(0, long.MaxValue, 0), journal, Token);
        journal.Lines[1].ShouldBe($"DeliveryReportedV1 {Convert.ToHexString(DeliveryV1)}");
        await using RunningTwin again = await RunningTwin.StartAsync(store, 1);
        again.Twin.StateHash().ShouldBe(live);
        await again.StopAsync();
        (await new Rebuilder(store, FleetModel.Plain).RunAsync(_ => { }, Token)).ShouldAllBe(r => r.IsEqual);
    }

    private static VehicleEvent At(VehicleEventType type, int ms) => new() { Type = type, OccurredAtMs = Start + ms };

    private sealed class Kept : IJournalVisitor
    {
        public List<string> Lines { get; } = [];

        public void OnVehicle(int index, ReadOnlySpan<byte> id) => Encoding.UTF8.GetString(id).ShouldBe("v");

        public void OnEvent(in EventRow row, ReadOnlySpan<byte> payload) => Lines.Add($"{row.Schema} {Convert.ToHexString(payload)}");

        public void OnSetpoints(long journalSequence, Domain.Dispatch.SetpointBatch batch)
        {
        }
    }
}
