using System.Text;
using Google.Protobuf;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.EventLog.Wire;
using Movc.Conformance;
using V1 = Movc.EventLog.Wire.V1;

namespace Movc.EventLog.Tests.Wire;

public sealed class VehicleEventCodecTests
{
    private const long At = 1_658_102_400_000;
    private static readonly EventSchema[] Schemas = [.. Enum.GetValues<EventSchema>().Where(s => s != EventSchema.None)];

    /// <summary>Payloads as each version wrote them, kept for ever: whatever changes, these must decode to this, an old version in the terms of the newest.</summary>
    private static readonly IReadOnlyDictionary<string, VehicleEvent> Golden = new Dictionary<string, VehicleEvent>(StringComparer.Ordinal)
    {
        ["registered.v1"] = new() { Type = VehicleEventType.Registered, OccurredAtMs = At, CapacityWh = 60_000, EnergyWh = 45_123, StateOfChargePpm = 752_050, Consent = V2gStrategy.WhenStaying, LatitudeE7 = 225_430_000, LongitudeE7 = 1_140_579_000 },
        ["location-reported.v1"] = new() { Type = VehicleEventType.LocationReported, OccurredAtMs = At, LatitudeE7 = -338_688_000, LongitudeE7 = 1_512_093_000, EnergyWh = 0, StateOfChargePpm = 0 },
        ["departed.v1"] = new() { Type = VehicleEventType.Departed, OccurredAtMs = At, Place = PlaceKind.Home, EnergyWh = 30_000, StateOfChargePpm = 500_000, LatitudeE7 = 1, LongitudeE7 = -1 },
        ["arrived.v1"] = new() { Type = VehicleEventType.Arrived, OccurredAtMs = At, Place = PlaceKind.Work, EnergyWh = 28_000, StateOfChargePpm = 466_667, LatitudeE7 = 634_305_000, LongitudeE7 = 103_951_000 },
        ["plugged-in.v1"] = new() { Type = VehicleEventType.PluggedIn, OccurredAtMs = At, MaxChargeW = 11_000, MaxDischargeW = 7_000, EnergyWh = 28_000, StateOfChargePpm = 466_667, Place = PlaceKind.Other, DeclaredDepartureMs = 1_658_131_200_000, NeededAtDepartureWh = 41_000 },
        ["unplugged.v1"] = new() { Type = VehicleEventType.Unplugged, OccurredAtMs = At, EnergyWh = 60_000, StateOfChargePpm = 1_000_000 },
        ["energy-metered.v1"] = new() { Type = VehicleEventType.EnergyMetered, OccurredAtMs = At, EnergyWh = 31_415, StateOfChargePpm = 523_583, PowerW = -6_600 },
        ["consent-changed.v1"] = new() { Type = VehicleEventType.ConsentChanged, OccurredAtMs = At, Consent = V2gStrategy.ChargeOnly },
        ["setpoint-rejected.v1"] = new() { Type = VehicleEventType.SetpointRejected, OccurredAtMs = At, SetpointAtMs = 1_658_131_200_000, PowerW = 0 },
        ["setpoint-timed-out.v1"] = new() { Type = VehicleEventType.SetpointTimedOut, OccurredAtMs = At, SetpointAtMs = 1_658_131_200_000 },
        ["setpoint-not-followed.v1"] = new() { Type = VehicleEventType.SetpointNotFollowed, OccurredAtMs = At, SetpointAtMs = 1_658_131_200_000, PowerW = 3_680 },
        ["delivery-reported.v1"] = new() { Type = VehicleEventType.DeliveryReported, OccurredAtMs = At, PowerW = -7_000 },
        ["delivery-reported.v2"] = new() { Type = VehicleEventType.DeliveryReported, OccurredAtMs = At, PowerW = -7_000, DeliveredWh = -1_167, DeliveredFromMs = At - 600_000 },
    };

    [Fact]
    public void Every_golden_payload_of_every_version_decodes_to_what_it_means_today()
    {
        Golden.Keys.Select(name => $"movc.vehicle.{name}").Order(StringComparer.Ordinal).ShouldBe(Schemas.Select(EventSchemas.Name).Order(StringComparer.Ordinal), "a version without a golden payload");
        foreach ((string name, VehicleEvent meant) in Golden)
        {
            EventSchemas.TryParse(Encoding.UTF8.GetBytes($"movc.vehicle.{name}"), out EventSchema schema).ShouldBeTrue();
            VehicleEventCodec.TryDecode(schema, Payload(name), At, Quality.Good, out VehicleEvent decoded).ShouldBeTrue();
            decoded.ShouldBe(meant, name);
        }
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden")).Length.ShouldBe(Golden.Count, "a golden file that no test reads");
    }

    [Fact]
    public void The_present_code_writes_the_golden_bytes()
    {
        foreach ((string name, VehicleEvent meant) in Golden)
        {
            if (!IsNewest(name, meant.Type)) continue;
            Convert.ToHexStringLower(VehicleEventMessages.Of(in meant).ToByteArray()).ShouldBe(Convert.ToHexStringLower(Payload(name)), name);
        }
    }

    [Fact]
    public void Every_field_of_every_type_comes_back_as_it_was_and_absent_stays_absent()
    {
        var random = new Random(3);
        foreach (VehicleEventType type in Enum.GetValues<VehicleEventType>())
        {
            for (int n = 0; n < 200; n++)
            {
                VehicleEvent e = Events.Draw(random, type);
                VehicleEventCodec.TryDecode(EventSchemas.Of(type), VehicleEventMessages.Of(in e).ToByteArray(), e.OccurredAtMs, e.Quality, out VehicleEvent back).ShouldBeTrue();
                back.ShouldBe(e);
            }
            var nothing = new VehicleEvent { Type = type, OccurredAtMs = At };
            VehicleEventMessages.Of(in nothing).CalculateSize().ShouldBe(0);
            VehicleEventCodec.TryDecode(EventSchemas.Of(type), [], At, Quality.Good, out VehicleEvent empty).ShouldBeTrue();
            empty.ShouldBe(nothing);
        }
    }

    [Fact]
    public void A_field_that_a_later_version_adds_is_passed_over()
    {
        byte[] payload = [.. Payload("unplugged.v1"), 0xA2, 0x06, 0x03, 1, 2, 3];
        VehicleEventCodec.TryDecode(EventSchema.UnpluggedV1, payload, At, Quality.Good, out VehicleEvent e).ShouldBeTrue();
        e.ShouldBe(Golden["unplugged.v1"]);
    }

    [Fact]
    public void An_enum_number_that_is_not_known_reaches_the_range_check()
    {
        foreach (byte[] number in new byte[][] { [3], [0xFF, 0x01], [0x80, 0x02], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01] })
        {
            // 3, 255, 256 and −1 as consent; as place 3 is Other.
            VehicleEventCodec.TryDecode(EventSchema.ConsentChangedV1, [0x08, .. number], At, Quality.Good, out VehicleEvent changed).ShouldBeTrue();
            VehicleEventRules.Check(in changed).Reason.ShouldBe(DeadLetterReason.OutOfRange);
            VehicleEventCodec.TryDecode(EventSchema.ArrivedV1, [0x08, .. number], At, Quality.Good, out VehicleEvent arrived).ShouldBeTrue();
            VehicleEventRules.Check(in arrived).Reason.ShouldBe(number.Length == 1 ? DeadLetterReason.None : DeadLetterReason.OutOfRange);
        }
    }

    [Fact]
    public void Bytes_that_are_no_message_do_not_decode_and_random_ones_never_throw()
    {
        foreach (EventSchema schema in Schemas)
            VehicleEventCodec.TryDecode(schema, [0xFF, 0xFF, 0xFF], At, Quality.Good, out _).ShouldBeFalse();
        // A store may hold what a later version of the program wrote.
        foreach (int number in new[] { 0, Schemas.Length + 1, 255 })
            VehicleEventCodec.TryDecode((EventSchema)number, [], At, Quality.Good, out _).ShouldBeFalse();
        var random = new Random(5);
        int decoded = 0;
        for (int n = 0; n < 20_000; n++)
        {
            var bytes = new byte[random.Next(24)];
            random.NextBytes(bytes);
            if (!VehicleEventCodec.TryDecode((EventSchema)random.Next(1, 14), bytes, At, Quality.Good, out VehicleEvent e)) continue;
            decoded++;
            VehicleEventRules.Check(in e);
        }
        decoded.ShouldBeInRange(500, 19_000);
    }

    [Fact]
    public void A_delivery_of_version_1_is_read_without_its_energy_whose_meaning_its_senders_did_not_agree_on()
    {
        byte[] payload = Payload("delivery-reported.v1");
        V1.DeliveryReported.Parser.ParseFrom(payload).EnergyWh.ShouldBe(1_167);
        VehicleEventCodec.TryDecode(EventSchema.DeliveryReportedV1, payload, At, Quality.Good, out VehicleEvent e).ShouldBeTrue();
        (e.PowerW, e.EnergyWh, e.DeliveredWh).ShouldBe((-7_000, null, null));
        EventSchemas.Of(VehicleEventType.DeliveryReported).ShouldBe(EventSchema.DeliveryReportedV2);
    }

    [Fact]
    public void An_unknown_name_says_whether_its_type_or_its_version_is_unknown()
    {
        EventSchemas.Unknown("movc.vehicle.delivery-reported.v3").Detail.ShouldBe("\"movc.vehicle.delivery-reported.v3\" is a version that this program does not know; it reads v1 and v2");
        foreach (string name in new[] { "movc.vehicle.exploded.v1", "", ".v", "movc.vehicle.", "movc.vehicle.v1", "movc" })
        {
            EventSchemas.TryParse(Encoding.UTF8.GetBytes(name), out _).ShouldBeFalse();
            EventSchemas.Unknown(name).ShouldBe(new Refusal(DeadLetterReason.UnknownType, $"\"{name}\" is not a type of vehicle event"));
        }
    }

    private static bool IsNewest(string name, VehicleEventType type) => string.Equals(EventSchemas.Name(EventSchemas.Of(type)), $"movc.vehicle.{name}", StringComparison.Ordinal);

    private static byte[] Payload(string name) =>
        Convert.FromHexString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name + ".hex")).Trim());
}
