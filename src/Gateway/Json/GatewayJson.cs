using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Movc.Gateway.Json;

/// <summary>The one JSON dialect of the API and the hub: camelCase, kebab-case enums, null for what is not a number, Z for UTC.</summary>
public static class GatewayJson
{
    /// <summary>Options with the dialect, read-only; for clients in C# and for tests.</summary>
    public static JsonSerializerOptions Options { get; } = Build();

    internal static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        // Legible "+08:00" and city names; every answer says that it is JSON and nosniff holds browsers to it.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new FiniteDoubleConverter());
        options.Converters.Add(new UtcTimeConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
