using System.Text.Json;
using System.Text.Json.Serialization;

namespace Movc.Gateway.Json;

/// <summary>Writes the bytes of an <see cref="EncodedFrame"/> as they are; it is never read.</summary>
internal sealed class EncodedFrameConverter : JsonConverter<EncodedFrame>
{
    public override EncodedFrame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("an encoded frame only goes out");

    public override void Write(Utf8JsonWriter writer, EncodedFrame value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
}
