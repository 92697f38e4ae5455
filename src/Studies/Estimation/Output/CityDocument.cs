using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Movc.Domain;
using Movc.Ingest.Simulation.Parameters;

namespace Movc.Studies.Estimation.Output;

/// <summary>A city's parameter file while estimated values are put in.</summary>
internal static class CityDocument
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Opens a base's text under a new name, with what the mark [E] means there.</summary>
    public static JsonObject Open(string baseText, string name, string source)
    {
        JsonObject root = JsonNode.Parse(baseText, documentOptions: Lenient)!.AsObject();
        root["city"] = name;
        root["marks"]!.AsObject()["E"] = $"estimated from {source}";
        return root;
    }

    /// <summary>The finished text, read back once: what is written is a city.</summary>
    /// <exception cref="InputException">It is none: the message says what is wrong with it.</exception>
    public static string Close(JsonObject root, string name)
    {
        string text = root.ToJsonString(Format) + "\n";
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        CityParameterFile.Read(stream, $"the estimated city {name}");
        return text;
    }
}
