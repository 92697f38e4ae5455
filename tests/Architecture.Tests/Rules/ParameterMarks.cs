using System.Globalization;
using System.Text.Json;

namespace Movc.Architecture.Tests.Rules;

/// <summary>
/// Every number that ships in a parameter file tells where it comes from: [S] the paper, [P] published, [G] own estimate. A value
/// of its own carries unit and reason too; the numbers of a table stand under the mark, the reason and the columns' units of the table.
/// </summary>
internal static class ParameterMarks
{
    private static readonly string[] Marks = ["S", "P", "G"];

    public static IEnumerable<string> Violations(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return [.. Walk(document.RootElement, "$", isMarked: false)];
    }

    private static IEnumerable<string> Walk(JsonElement element, string at, bool isMarked) => element.ValueKind switch
    {
        JsonValueKind.Object => Object(element, at, isMarked),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((e, i) => Walk(e, string.Create(CultureInfo.InvariantCulture, $"{at}[{i}]"), isMarked)),
        JsonValueKind.Number => isMarked ? [] : [$"{at}: a number without a mark"],
        _ => [],
    };

    private static IEnumerable<string> Object(JsonElement element, string at, bool isMarked)
    {
        bool hasMark = element.TryGetProperty("mark", out JsonElement mark);
        bool isValue = element.TryGetProperty("value", out _), isTable = element.TryGetProperty("rows", out _);
        if (hasMark && !(mark.ValueKind == JsonValueKind.String && Marks.Contains(mark.GetString(), StringComparer.Ordinal))) yield return $"{at}: the mark is none of S, P, G";
        if ((isValue || isTable) && !hasMark) yield return $"{at}: no mark";
        if (isValue && !HasText(element, "unit")) yield return $"{at}: no unit";
        if (isTable && !element.TryGetProperty("columns", out _)) yield return $"{at}: no columns with their units";
        if ((isValue || isTable) && !HasText(element, "note") && !HasText(element, "why")) yield return $"{at}: no reason";
        foreach (JsonProperty property in element.EnumerateObject())
        {
            foreach (string violation in Walk(property.Value, $"{at}.{property.Name}", isMarked || hasMark)) yield return violation;
        }
    }

    private static bool HasText(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String && text.GetString()!.Length > 0;
}
