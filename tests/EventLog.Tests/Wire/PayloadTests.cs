using Google.Protobuf;
using Movc.Domain.Events;
using Movc.EventLog.Wire;
using Movc.Conformance;

namespace Movc.EventLog.Tests.Wire;

/// <summary>The hand-written reader and writer of payloads against the generated parsers and messages.</summary>
public sealed class PayloadTests
{
    private const long At = 1_658_102_400_000;

    [Fact]
    public void What_is_written_is_what_the_generated_message_writes()
    {
        var random = new Random(11);
        Span<byte> room = stackalloc byte[512];
        foreach (VehicleEventType type in Enum.GetValues<VehicleEventType>())
        {
            for (int n = 0; n < 500; n++)
            {
                VehicleEvent e = Events.Draw(random, type);
                Convert.ToHexStringLower(room[..VehicleEventCodec.Encode(in e, room)]).ShouldBe(Convert.ToHexStringLower(VehicleEventMessages.Of(in e).ToByteArray()));
            }
        }
    }

    [Fact]
    public void Whatever_the_bytes_the_reader_says_what_the_generated_parser_says()
    {
        var random = new Random(12);
        int understood = 0, refused = 0;
        byte[] room = new byte[512];
        for (int n = 0; n < 200_000; n++)
        {
            var schema = (EventSchema)random.Next(1, 14);
            byte[] payload;
            if (n % 2 == 0)
            {
                // A message with a few bytes spoilt, cut off or added.
                VehicleEvent e = Events.Draw(random, (VehicleEventType)random.Next(1, 13));
                payload = room[..VehicleEventCodec.Encode(in e, room)];
                for (int k = random.Next(4); k > 0 && payload.Length > 0; k--) payload[random.Next(payload.Length)] = (byte)random.Next(256);
                if (random.Next(3) == 0) payload = payload[..random.Next(payload.Length + 1)];
                if (random.Next(3) == 0) payload = [.. payload, .. payload];
            }
            else
            {
                payload = new byte[random.Next(1, 24)];
                random.NextBytes(payload);
                // Small tags, so that it is not refused at the first byte.
                if (random.Next(2) == 0) payload[0] = (byte)(random.Next(1, 12) << 3);
            }
            bool isRead = VehicleEventCodec.TryDecode(schema, payload, At, Quality.Stale, out VehicleEvent read);
            bool isParsed = ParserReference.TryDecode(schema, payload, At, Quality.Stale, out VehicleEvent parsed);
            if (isParsed && !isRead && HasGroup(payload)) continue;
            isRead.ShouldBe(isParsed, Convert.ToHexStringLower(payload));
            read.ShouldBe(parsed, Convert.ToHexStringLower(payload));
            if (isRead) understood++;
            else refused++;
        }
        understood.ShouldBeGreaterThan(20_000);
        refused.ShouldBeGreaterThan(20_000);
    }

    [Fact]
    public void Reading_and_writing_allocate_nothing()
    {
        var e = new VehicleEvent { Type = VehicleEventType.PluggedIn, OccurredAtMs = At, MaxChargeW = 7_000, MaxDischargeW = 7_000, EnergyWh = 31_000, Place = PlaceKind.Home, DeclaredDepartureMs = At + 1, NeededAtDepartureWh = 60_000 };
        Span<byte> room = stackalloc byte[256];
        int length = 0;
        for (int warm = 0; warm < 2; warm++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int n = 0; n < 1000; n++)
            {
                length = VehicleEventCodec.Encode(in e, room);
                VehicleEventCodec.TryDecode(EventSchemas.Of(e.Type), room[..length], At, Quality.Good, out _);
            }
            if (warm == 1) (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        }
        length.ShouldBeGreaterThan(20);
    }

    /// <summary>Whether a tag's byte somewhere in the payload begins or ends a group, which the reader refuses and the parser passes over.</summary>
    private static bool HasGroup(byte[] payload) => Array.Exists(payload, b => (b & 7) is 3 or 4);
}
