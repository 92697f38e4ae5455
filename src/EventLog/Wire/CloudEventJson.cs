using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Movc.Domain.Events;

namespace Movc.EventLog.Wire;

/// <summary>
/// Structured CloudEvents JSON at the HTTP edge: attributes as members, data as the Protobuf message in its JSON form
/// ("capacityWh" or "capacity_wh"), or data_base64 with the message's bytes.
/// </summary>
public static class CloudEventJson
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default);

    /// <summary>Reads one event and checks what can be checked without the vehicle's state.</summary>
    /// <param name="json">One CloudEvent.</param>
    /// <param name="id">Its id, or null when it has none.</param>
    /// <param name="source">Its source; empty when it has none.</param>
    /// <param name="vehicleId">Its subject.</param>
    /// <param name="sequence">Its sequence, 0 = none.</param>
    /// <param name="e">The event.</param>
    public static Refusal TryRead(JsonElement json, out string? id, out string source, out string vehicleId, out long sequence, out VehicleEvent e)
    {
        try
        {
            return Read(json, out id, out source, out vehicleId, out sequence, out e);
        }
        catch (InvalidOperationException)
        {
            // JSON may hold half a surrogate pair, which is no text; it shows only when the string is read.
            (id, source, vehicleId, sequence, e) = (null, string.Empty, string.Empty, 0, default);
            return Undecodable("an attribute is not Unicode text");
        }
    }

    private static Refusal Read(JsonElement json, out string? id, out string source, out string vehicleId, out long sequence, out VehicleEvent e)
    {
        e = default;
        sequence = 0;
        id = null;
        source = vehicleId = string.Empty;
        if (json.ValueKind != JsonValueKind.Object) return Undecodable("an event must be a JSON object");
        id = Text(json, "id");
        source = Text(json, "source") ?? string.Empty;
        vehicleId = Text(json, "subject") ?? string.Empty;
        if (!string.Equals(Text(json, "specversion"), "1.0", StringComparison.Ordinal)) return Undecodable("specversion must be \"1.0\"");
        if (string.IsNullOrEmpty(id)) return Undecodable("the attribute id is missing");
        if (source.Length == 0) return Undecodable("the attribute source is missing");
        if (Encoding.UTF8.GetByteCount(id) > ushort.MaxValue || Encoding.UTF8.GetByteCount(source) > ushort.MaxValue)
            return Undecodable("the attributes id and source may have 65,535 bytes each");
        if (Text(json, "type") is not { Length: > 0 } typeName) return Undecodable("the attribute type is missing");
        if (!EventSchemas.TryParse(Encoding.UTF8.GetBytes(typeName), out EventSchema schema)) return EventSchemas.Unknown(typeName);
        if (Encoding.UTF8.GetByteCount(vehicleId) is 0 or > VehicleEventRules.MaxVehicleIdBytes)
            return new Refusal(DeadLetterReason.MissingField, "the subject (vehicle id) must have 1 to 64 bytes");
        if (Text(json, "time") is not { } time || !Rfc3339.TryParse(Encoding.UTF8.GetBytes(time), out long timeMs))
            return Undecodable("the attribute time is not an RFC 3339 instant");
        if (!TrySequence(json, out sequence)) return Undecodable("the attribute sequence is not a positive whole number");
        Quality quality = Quality.Good;
        if (json.TryGetProperty("quality", out _) && !QualityNames.TryParse(Encoding.UTF8.GetBytes(Text(json, "quality") ?? string.Empty), out quality))
            return Undecodable("the attribute quality is none of good, stale, invalid, substituted, blocked");
        Refusal refusal = TryPayload(json, schema, out byte[] payload);
        if (refusal.IsRefused) return refusal;
        return VehicleEventCodec.TryDecode(schema, payload, timeMs, quality, out e)
            ? VehicleEventRules.Check(in e)
            : Undecodable($"the data is not the Protobuf message of {typeName}");
    }

    private static Refusal TryPayload(JsonElement json, EventSchema schema, out byte[] payload)
    {
        payload = [];
        if (json.TryGetProperty("data_base64", out JsonElement base64))
            return base64.ValueKind == JsonValueKind.String && base64.TryGetBytesFromBase64(out payload!) ? Refusal.None : Undecodable("data_base64 is not base64");
        if (!json.TryGetProperty("data", out JsonElement data)) return Refusal.None;
        try
        {
            payload = ((IMessage)Parser.Parse(data.GetRawText(), EventSchemas.Message(schema))).ToByteArray();
            return Refusal.None;
        }
        catch (IOException fault)
        {
            // The parser has two kinds of faults, one for what is no JSON to it (a number beyond double), both of this base.
            return Undecodable($"the data does not fit {EventSchemas.Name(schema)}: {fault.Message}");
        }
    }

    private static bool TrySequence(JsonElement json, out long sequence)
    {
        sequence = 0;
        if (!json.TryGetProperty("sequence", out JsonElement value)) return true;
        bool read = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt64(out sequence),
            JsonValueKind.String => long.TryParse(value.GetString(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out sequence),
            _ => false,
        };
        return read && sequence > 0;
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Refusal Undecodable(string detail) => new(DeadLetterReason.Undecodable, detail);
}
