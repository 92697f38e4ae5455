using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Movc.Database;
using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.EventLog.Wire;
using Movc.Conformance;
using Movc.TestKit;
using Movc.TwinState.Store;
using Movc.TwinState.Store.Postgres;

namespace Movc.TwinState.Tests.Store;

/// <summary>The decoder in the database against the product's own codec: every type, every field, extremes and absences.</summary>
public sealed class MartenViewTests(PostgresFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Every_event_reads_in_the_view_as_it_was_written()
    {
        string database = fixture.Server.CreateDatabase(), name = database.Split(';')[2]["Database=".Length..];
        await PostgresMigrations.MigrateAsync(database, Token);
        await using PostgresEventStore store = await PostgresEventStore.OpenAsync(database, TimeProvider.System, Token);
        ShardHead head = await store.OpenShardAsync(3, Token);
        var append = new ShardAppend { Shard = 3, WriterEpoch = head.WriterEpoch };
        append.NewVehicles.Add((0, "v-é"u8.ToArray()));
        append.Sources.Add(new SourceState(0, "urn:feed", [1], 2, 3));
        var random = new Random(9);
        var written = new List<VehicleEvent>();
        foreach (VehicleEventType type in Enum.GetValues<VehicleEventType>())
        {
            for (int n = 0; n < 40; n++)
            {
                VehicleEvent e = Draw(random, type);
                written.Add(e);
                append.JournalSequence = written.Count;
                append.Add(new EventRow(written.Count, 0, written.Count, EventSchemas.Of(type), Quality.Good, e.OccurredAtMs, 1_700_000_000_000, 0, n, written.Count - 1), VehicleEventMessages.Of(in e).ToByteArray());
            }
        }
        await store.AppendAsync(append, Token);
        string[] rows = fixture.Server.Psql(name, "SELECT json_build_object('type', type, 'data', data, 'at', extract(epoch FROM occurred_at) * 1000, 'stream', stream_id, 'source', source, 'version', version) FROM movc.mt_events ORDER BY seq_id").Split('\n');
        rows.Length.ShouldBe(written.Count);
        for (int n = 0; n < rows.Length; n++)
        {
            JsonElement row = JsonDocument.Parse(rows[n]).RootElement;
            row.GetProperty("type").GetString().ShouldBe(EventSchemas.Name(EventSchemas.Of(written[n].Type)));
            row.GetProperty("at").GetDecimal().ShouldBe(written[n].OccurredAtMs);
            (row.GetProperty("stream").GetString(), row.GetProperty("source").GetString(), row.GetProperty("version").GetInt32()).ShouldBe(("v-é", "urn:feed", n + 1));
            Compare(row.GetProperty("data"), written[n], rows[n]);
        }
        fixture.Server.Psql(name, "SELECT id, type, version FROM movc.mt_streams").ShouldBe(string.Create(CultureInfo.InvariantCulture, $"v-é|vehicle|{written.Count}"));
        fixture.Server.Psql(name, "SELECT movc.decode_event(2::smallint, '\\x7005'::bytea)").ShouldBe("{\"field_14\": 5}");
        fixture.Server.Psql(name, "SELECT string_agg(type || ' ' || name, ',' ORDER BY type) FROM movc.event_types").ShouldBe(string.Join(',', Enum.GetValues<EventSchema>().Skip(1).Select(s => FormattableString.Invariant($"{(int)s} {EventSchemas.Name(s)}"))));
    }

    /// <summary>The message's own JSON names the same fields; numbers and names are compared one by one.</summary>
    private static void Compare(JsonElement data, VehicleEvent e, string row)
    {
        IMessage message = VehicleEventMessages.Of(in e);
        int told = 0;
        foreach (Google.Protobuf.Reflection.FieldDescriptor field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (!field.Accessor.HasValue(message)) continue;
            told++;
            object value = field.Accessor.GetValue(message);
            JsonElement shown = data.GetProperty(field.Name);
            string expected = value switch
            {
                Enum => field.Name switch
                {
                    "place" => e.Place!.Value.ToString().ToLowerInvariant(),
                    "consent" => e.Consent switch { V2gStrategy.ChargeOnly => "charge-only", V2gStrategy.WhenCharging => "when-charging", _ => "when-staying" },
                    _ => e.UnmanagedStart == UnmanagedStart.AtOnce ? "at-once" : "cheapest",
                },
                _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            };
            shown.ToString().ShouldBe(expected, row);
        }
        data.EnumerateObject().Count().ShouldBe(told, row);
    }

    private static VehicleEvent Draw(Random random, VehicleEventType type)
    {
        int? Int() => random.Next(5) switch { 0 => null, 1 => int.MaxValue, 2 => int.MinValue, 3 => 0, _ => random.Next(int.MinValue, int.MaxValue) };
        return new VehicleEvent
        {
            Type = type,
            OccurredAtMs = random.NextInt64(VehicleEventRules.EarliestMs, VehicleEventRules.LatestMs),
            CapacityWh = Int(), EnergyWh = Int(), EnergyUsedWh = Int(), StateOfChargePpm = Int(), MaxChargeW = Int(), MaxDischargeW = Int(), UnmanagedChargeW = Int(),
            PowerW = Int(), LatitudeE7 = Int(), LongitudeE7 = Int(), NeededAtDepartureWh = Int(), DeliveredWh = Int(),
            UnmanagedStart = random.Next(3) == 0 ? null : (UnmanagedStart)random.Next(2),
            Place = random.Next(3) == 0 ? null : (PlaceKind)random.Next(1, 4),
            Consent = random.Next(3) == 0 ? null : (V2gStrategy)random.Next(3),
            DeclaredDepartureMs = random.Next(3) == 0 ? null : random.NextInt64(long.MinValue, long.MaxValue),
            DeliveredFromMs = random.Next(3) == 0 ? null : random.NextInt64(long.MinValue, long.MaxValue),
        };
    }
}
