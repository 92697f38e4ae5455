using System.Text.Json;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.EventLog.Wire;

namespace Movc.EventLog.Tests.Wire;

public sealed class CloudEventJsonTests
{
    private const string Envelope = """ "specversion":"1.0","id":"a1","source":"feed/1","type":"movc.vehicle.plugged-in.v1","subject":"v-1","time":"2022-07-18T08:00:00+08:00" """;

    [Theory]
    [InlineData("""{"maxChargeW":7000,"stateOfChargePpm":250000,"place":"PLACE_HOME","declaredDepartureMs":"1658142000000"}""")]
    [InlineData("""{"max_charge_w":7000,"state_of_charge_ppm":250000,"place":1,"declared_departure_ms":1658142000000}""")]
    public void A_structured_event_is_read_with_either_spelling(string data)
    {
        Read($$"""{ {{Envelope}}, "sequence":"17","quality":"substituted","data":{{data}} }""", out string? id, out string source, out string vehicle, out long sequence, out VehicleEvent e).ShouldBe(Refusal.None);
        (id, source, vehicle, sequence).ShouldBe(("a1", "feed/1", "v-1", 17));
        e.ShouldBe(new VehicleEvent
        {
            Type = VehicleEventType.PluggedIn, OccurredAtMs = 1_658_102_400_000, Quality = Quality.Substituted,
            MaxChargeW = 7000, StateOfChargePpm = 250_000, Place = PlaceKind.Home, DeclaredDepartureMs = 1_658_142_000_000,
        });
    }

    [Fact]
    public void Data_may_come_as_the_messages_bytes()
    {
        // consent 2
        string json = $$"""{ {{Envelope.Replace("plugged-in", "consent-changed", StringComparison.Ordinal)}}, "data_base64":"CAI=" }""";
        Read(json, out _, out _, out _, out long sequence, out VehicleEvent e).ShouldBe(Refusal.None);
        (e.Consent, sequence).ShouldBe((V2gStrategy.WhenStaying, 0));
    }

    [Fact]
    public void A_state_of_charge_of_1_7_is_out_of_range()
    {
        Refusal refusal = Read($$"""{ {{Envelope}}, "data":{"maxChargeW":7000,"stateOfChargePpm":1700000} }""", out _, out _, out _, out _, out _);
        refusal.ShouldBe(new Refusal(DeadLetterReason.OutOfRange, "state of charge 1.7 lies outside 0 to 1"));
    }

    [Theory]
    [InlineData("[]", DeadLetterReason.Undecodable, "an event must be a JSON object")]
    [InlineData("7", DeadLetterReason.Undecodable, "an event must be a JSON object")]
    [InlineData("{}", DeadLetterReason.Undecodable, "specversion")]
    [InlineData("-specversion", DeadLetterReason.Undecodable, "specversion")]
    [InlineData("specversion=\"0.3\"", DeadLetterReason.Undecodable, "specversion")]
    [InlineData("-id", DeadLetterReason.Undecodable, "the attribute id is missing")]
    [InlineData("id=\"\"", DeadLetterReason.Undecodable, "the attribute id is missing")]
    [InlineData("id=7", DeadLetterReason.Undecodable, "the attribute id is missing")]
    [InlineData("id=\"\\ud800\"", DeadLetterReason.Undecodable, "Unicode")]
    [InlineData("id=LONG", DeadLetterReason.Undecodable, "65,535 bytes")]
    [InlineData("-source", DeadLetterReason.Undecodable, "the attribute source is missing")]
    [InlineData("-type", DeadLetterReason.Undecodable, "the attribute type is missing")]
    [InlineData("type=\"movc.vehicle.exploded.v1\"", DeadLetterReason.UnknownType, "exploded")]
    [InlineData("type=\"movc.source.progressed.v1\"", DeadLetterReason.UnknownType, "progressed")]
    [InlineData("-subject", DeadLetterReason.MissingField, "1 to 64 bytes")]
    [InlineData("subject=\"0123456789012345678901234567890123456789012345678901234567890123\u00e9\"", DeadLetterReason.MissingField, "1 to 64 bytes")]
    [InlineData("-time", DeadLetterReason.Undecodable, "RFC 3339")]
    [InlineData("time=\"noon\"", DeadLetterReason.Undecodable, "RFC 3339")]
    [InlineData("sequence=0", DeadLetterReason.Undecodable, "sequence")]
    [InlineData("sequence=1.5", DeadLetterReason.Undecodable, "sequence")]
    [InlineData("sequence=null", DeadLetterReason.Undecodable, "sequence")]
    [InlineData("sequence=\"+5\"", DeadLetterReason.Undecodable, "sequence")]
    [InlineData("quality=\"great\"", DeadLetterReason.Undecodable, "quality")]
    [InlineData("quality=2", DeadLetterReason.Undecodable, "quality")]
    [InlineData("data={\"maxChargeKw\":7}", DeadLetterReason.Undecodable, "does not fit movc.vehicle.plugged-in.v1")]
    [InlineData("data={\"maxChargeW\":7.5}", DeadLetterReason.Undecodable, "does not fit")]
    [InlineData("data={\"maxChargeW\":1e400}", DeadLetterReason.Undecodable, "does not fit")]
    [InlineData("data={\"place\":\"\\ud800\"}", DeadLetterReason.Undecodable, "does not fit")]
    [InlineData("data=7", DeadLetterReason.Undecodable, "does not fit")]
    [InlineData("data_base64=\"***\"", DeadLetterReason.Undecodable, "base64")]
    [InlineData("data_base64=7", DeadLetterReason.Undecodable, "base64")]
    [InlineData("data_base64=\"////\"", DeadLetterReason.Undecodable, "not the Protobuf message")]
    [InlineData("-data", DeadLetterReason.MissingField, "max_charge_w is missing")]
    [InlineData("data={\"maxChargeW\":7000,\"unmanagedChargeW\":7001}", DeadLetterReason.OutOfRange, "unmanaged power 7001 W lies outside 0 to the charging power, 7000 W")]
    [InlineData("data={\"maxChargeW\":7000,\"energyWh\":1,\"place\":9}", DeadLetterReason.OutOfRange, "place 9")]
    [InlineData("data={\"maxChargeW\":7000,\"energyWh\":1,\"declaredDepartureMs\":1658102400000}", DeadLetterReason.OutOfRange, "declared departure")]
    [InlineData("time=\"1999-12-31T23:59:59Z\"", DeadLetterReason.OutOfRange, "2000-01-01")]
    public void Every_fault_of_a_structured_event_is_refused_with_its_reason(string change, DeadLetterReason reason, string words)
    {
        Refusal refusal = Read(change[0] is '[' or '{' or '7' ? change : Changed(change), out _, out _, out _, out _, out _);
        refusal.Reason.ShouldBe(reason, refusal.Detail);
        refusal.Detail.ShouldContain(words);
    }

    private static string Changed(string change)
    {
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["data"] = """{"maxChargeW":7000,"energyWh":1000}""" };
        using (JsonDocument document = JsonDocument.Parse("{" + Envelope + "}"))
        {
            foreach (JsonProperty property in document.RootElement.EnumerateObject()) members.Add(property.Name, property.Value.GetRawText());
        }
        if (change[0] == '-')
        {
            members.Remove(change[1..]).ShouldBeTrue();
        }
        else
        {
            string[] parts = change.Split('=', 2);
            members[parts[0]] = string.Equals(parts[1], "LONG", StringComparison.Ordinal) ? '"' + new string('x', 65_536) + '"' : parts[1];
        }
        return "{" + string.Join(',', members.Select(m => $"\"{m.Key}\":{m.Value}")) + "}";
    }

    private static Refusal Read(string json, out string? id, out string source, out string vehicle, out long sequence, out VehicleEvent e)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return CloudEventJson.TryRead(document.RootElement, out id, out source, out vehicle, out sequence, out e);
    }
}
