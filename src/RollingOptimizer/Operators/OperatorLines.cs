using System.Text.Json;
using System.Text.Json.Serialization;
using Movc.Domain.Operators;

namespace Movc.RollingOptimizer.Operators;

/// <summary>Lines of the operators' log as JSON.</summary>
internal static class OperatorLines
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static string Write(OperatorEntry entry) => JsonSerializer.Serialize(entry, Format);

    /// <exception cref="JsonException">It is no line.</exception>
    public static OperatorEntry Read(string line) => JsonSerializer.Deserialize<OperatorEntry>(line, Format) ?? throw new JsonException("null");
}
