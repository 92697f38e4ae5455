using Google.Protobuf;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.EventLog.Wire;

namespace Movc.EventLog.Tests.Wire;

public sealed class VehicleEventCodecTests
{
    private const long At = 1_658_102_400_000;

    /// <summary>Payloads as version 1 wrote them, kept for ever: whatever changes, these must decode to this.</summary>
    private static readonly IReadOnlyDictionary<string, VehicleEvent> Golden = new Dictionary<string, VehicleEvent>(StringComparer.Ordinal)
    {
        ["registered"] = new() { Type = VehicleEventType.Registered, OccurredAtMs = At, CapacityWh = 60_000, EnergyWh = 45_123, StateOfChargePpm = 752_050, Consent = V2gStrategy.WhenStaying, LatitudeE7 = 225_430_000, LongitudeE7 = 1_140_579_000 },
        ["location-reported"] = new() { Type = VehicleEventType.LocationReported, OccurredAtMs = At, LatitudeE7 = -338_688_000, LongitudeE7 = 1_512_093_000, EnergyWh = 0, StateOfChargePpm = 0 },
        ["departed"] = new() { Type = VehicleEventType.Departed, OccurredAtMs = At, Place = PlaceKind.Home, EnergyWh = 30_000, StateOfChargePpm = 500_000, LatitudeE7 = 1, LongitudeE7 = -1 },
        ["arrived"] = new() { Type = VehicleEventType.Arrived, OccurredAtMs = At, Place = PlaceKind.Work, EnergyWh = 28_000, StateOfChargePpm = 466_667, LatitudeE7 = 634_305_000, LongitudeE7 = 103_951_000 },
        ["plugged-in"] = new() { Type = VehicleEventType.PluggedIn, OccurredAtMs = At, MaxChargeW = 11_000, MaxDischargeW = 7_000, EnergyWh = 28_000, StateOfChargePpm = 466_667, Place = PlaceKind.Other, DeclaredDepartureMs = 1_658_131_200_000, NeededAtDepartureWh = 41_000 },
        ["unplugged"] = new() { Type = VehicleEventType.Unplugged, OccurredAtMs = At, EnergyWh = 60_000, StateOfChargePpm = 1_000_000 },
        ["energy-metered"] = new() { Type = VehicleEventType.EnergyMetered, OccurredAtMs = At, EnergyWh = 31_415, StateOfChargePpm = 523_583, PowerW = -6_600 },
        ["consent-changed"] = new() { Type = VehicleEventType.ConsentChanged, OccurredAtMs = At, Consent = V2gStrategy.ChargeOnly },
        ["setpoint-rejected"] = new() { Type = VehicleEventType.SetpointRejected, OccurredAtMs = At, PowerW = 0 },
        ["setpoint-timed-out"] = new() { Type = VehicleEventType.SetpointTimedOut, OccurredAtMs = At },
        ["setpoint-not-followed"] = new() { Type = VehicleEventType.SetpointNotFollowed, OccurredAtMs = At, PowerW = 3_680 },
        ["delivery-reported"] = new() { Type = VehicleEventType.DeliveryReported, OccurredAtMs = At, PowerW = -7_000, EnergyWh = 1_167 },
    };

    [Fact]
    public void Every_golden_payload_of_version_1_decodes_to_what_it_meant()
    {
        Golden.Count.ShouldBe(Enum.GetValues<VehicleEventType>().Length);
        foreach ((string name, VehicleEvent meant) in Golden)
        {
            EventTypeNames.TryParse($"movc.vehicle.{name}.v1", out VehicleEventType type).ShouldBeTrue();
            type.ShouldBe(meant.Type);
            VehicleEventCodec.TryDecode(type, Payload(name), At, Quality.Good, out VehicleEvent decoded).ShouldBeTrue();
            decoded.ShouldBe(meant, name);
        }
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden")).Length.ShouldBe(Golden.Count, "a golden file that no test reads");
    }

    [Fact]
    public void The_present_code_writes_the_golden_bytes()
    {
        foreach ((string name, VehicleEvent meant) in Golden)
        {
            // A setpoint exception also names its setpoint, which the flat event leaves out.
            if (name.StartsWith("setpoint-", StringComparison.Ordinal)) continue;
            Convert.ToHexStringLower(VehicleEventCodec.ToMessage(in meant).ToByteArray()).ShouldBe(Convert.ToHexStringLower(Payload(name)), name);
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
                VehicleEventCodec.TryDecode(type, VehicleEventCodec.ToMessage(in e).ToByteArray(), e.OccurredAtMs, e.Quality, out VehicleEvent back).ShouldBeTrue();
                back.ShouldBe(e);
            }
            var nothing = new VehicleEvent { Type = type, OccurredAtMs = At };
            VehicleEventCodec.ToMessage(in nothing).CalculateSize().ShouldBe(0);
            VehicleEventCodec.TryDecode(type, [], At, Quality.Good, out VehicleEvent empty).ShouldBeTrue();
            empty.ShouldBe(nothing);
        }
    }

    [Fact]
    public void A_field_that_a_later_version_adds_is_passed_over()
    {
        byte[] payload = [.. Payload("unplugged"), 0xA2, 0x06, 0x03, 1, 2, 3];
        VehicleEventCodec.TryDecode(VehicleEventType.Unplugged, payload, At, Quality.Good, out VehicleEvent e).ShouldBeTrue();
        e.ShouldBe(Golden["unplugged"]);
    }

    [Fact]
    public void An_enum_number_that_is_not_known_reaches_the_range_check()
    {
        foreach (byte[] number in new byte[][] { [3], [0xFF, 0x01], [0x80, 0x02], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01] })
        {
            // 3, 255, 256 and −1 as consent; as place 3 is Other.
            VehicleEventCodec.TryDecode(VehicleEventType.ConsentChanged, [0x08, .. number], At, Quality.Good, out VehicleEvent changed).ShouldBeTrue();
            VehicleEventRules.Check(in changed).Reason.ShouldBe(DeadLetterReason.OutOfRange);
            VehicleEventCodec.TryDecode(VehicleEventType.Arrived, [0x08, .. number], At, Quality.Good, out VehicleEvent arrived).ShouldBeTrue();
            VehicleEventRules.Check(in arrived).Reason.ShouldBe(number.Length == 1 ? DeadLetterReason.None : DeadLetterReason.OutOfRange);
        }
    }

    [Fact]
    public void Bytes_that_are_no_message_do_not_decode_and_random_ones_never_throw()
    {
        foreach (VehicleEventType type in Enum.GetValues<VehicleEventType>())
            VehicleEventCodec.TryDecode(type, [0xFF, 0xFF, 0xFF], At, Quality.Good, out _).ShouldBeFalse();
        var random = new Random(5);
        int decoded = 0;
        for (int n = 0; n < 20_000; n++)
        {
            var bytes = new byte[random.Next(24)];
            random.NextBytes(bytes);
            if (!VehicleEventCodec.TryDecode((VehicleEventType)random.Next(1, 13), bytes, At, Quality.Good, out VehicleEvent e)) continue;
            decoded++;
            VehicleEventRules.Check(in e);
        }
        decoded.ShouldBeInRange(500, 19_000);
    }

    private static byte[] Payload(string name) =>
        Convert.FromHexString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name + ".v1.hex")).Trim());
}
