using System.Text.Json.Serialization;

namespace Movc.Gateway.Json;

/// <summary>A city frame already written as JSON: encoded once, sent to every page.</summary>
[JsonConverter(typeof(EncodedFrameConverter))]
internal sealed class EncodedFrame(byte[] utf8)
{
    public ReadOnlyMemory<byte> Utf8 => utf8;
}
