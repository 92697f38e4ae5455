using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Movc.Ingest.Simulation.Parameters;

/// <summary>The JSON Schema (2020-12) of a city's parameter file, made from what the reader asks: the two cannot disagree.</summary>
public static class CitySchema
{
    /// <summary>Sections that a file may leave out.</summary>
    private static readonly string[] Optional = ["validation"];

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema's text.</summary>
    public static string Generate()
    {
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Parameters of a city of Movc",
            ["description"] = "Every value carries its unit and the mark of its source: S stated by the MOVC paper, P published elsewhere, G own estimate, E estimated from data of one's own.",
        };
        AsSection(root);
        JsonObject properties = root["properties"]!.AsObject();
        properties["$schema"] = new JsonObject { ["type"] = "string" };
        properties["note"] = new JsonObject { ["type"] = "string" };
        properties["marks"] = new JsonObject { ["type"] = "object", ["description"] = "What the marks mean, for readers." };
        foreach (ParameterShape shape in CityParameterFile.Shapes()) Put(root, shape);
        root["$defs"] = new JsonObject
        {
            ["mark"] = new JsonObject { ["enum"] = new JsonArray("S", "P", "G", "E"), ["description"] = "S stated by the paper, P published elsewhere, G own estimate, E estimated from data of one's own" },
        };
        return root.ToJsonString(Format) + "\n";
    }

    private static void Put(JsonObject root, ParameterShape shape)
    {
        string[] names = shape.Path.Split('.');
        JsonObject at = root;
        foreach (string name in names[..^1])
        {
            JsonObject properties = at["properties"]!.AsObject();
            if (properties[name] is null) properties[name] = Section();
            Require(at, name);
            at = properties[name]!.AsObject();
        }
        if (!shape.Optional) Require(at, names[^1]);
        at["properties"]!.AsObject()[names[^1]] = shape.Kind switch
        {
            ParameterKind.Text => new JsonObject { ["type"] = "string", ["minLength"] = 1 },
            ParameterKind.Table => Table(shape),
            ParameterKind.Value => Value(shape, new JsonObject { ["type"] = "string" }),
            _ => Value(shape, Number(shape.Range)),
        };
    }

    private static JsonObject Value(ParameterShape shape, JsonObject value) => Marked(
        new JsonObject { ["value"] = value, ["unit"] = new JsonObject { ["const"] = shape.Unit } }, "value", "unit");

    private static JsonObject Table(ParameterShape shape)
    {
        var columns = new JsonObject();
        var row = new JsonArray();
        foreach ((string name, string unit) in shape.Columns)
        {
            columns[name] = new JsonObject { ["const"] = unit };
            row.Add(unit is "text"
                ? new JsonObject { ["type"] = "string", ["minLength"] = 1 }
                : Number(shape.ColumnRanges.TryGetValue(name, out (double, double) range) ? range : null));
        }
        return Marked(
            new JsonObject
            {
                ["columns"] = new JsonObject
                {
                    ["type"] = "object", ["description"] = "Name and unit of every column, in this order.", ["properties"] = columns,
                    ["required"] = new JsonArray([.. shape.Columns.Select(c => JsonValue.Create(c.Name))]), ["additionalProperties"] = false,
                },
                ["rows"] = new JsonObject
                {
                    ["type"] = "array", ["minItems"] = 1,
                    ["items"] = new JsonObject { ["type"] = "array", ["prefixItems"] = row, ["minItems"] = shape.Columns.Count, ["maxItems"] = shape.Columns.Count },
                },
                ["unit"] = new JsonObject { ["type"] = "string" },
            },
            "columns", "rows");
    }

    private static JsonObject Number((double Min, double Max)? range) => range is var (min, max)
        ? new JsonObject { ["type"] = "number", ["minimum"] = min, ["maximum"] = max }
        : new JsonObject { ["type"] = "number" };

    private static JsonObject Marked(JsonObject properties, params string[] required)
    {
        properties["mark"] = new JsonObject { ["$ref"] = "#/$defs/mark" };
        properties["note"] = new JsonObject { ["type"] = "string" };
        return new JsonObject
        {
            ["type"] = "object", ["properties"] = properties,
            ["required"] = new JsonArray([.. required.Append("mark").Select(r => JsonValue.Create(r))]), ["additionalProperties"] = false,
        };
    }

    private static JsonObject Section() => AsSection([]);

    private static JsonObject AsSection(JsonObject schema)
    {
        (schema["type"], schema["properties"], schema["required"], schema["additionalProperties"]) = ("object", new JsonObject(), new JsonArray(), false);
        return schema;
    }

    private static void Require(JsonObject section, string name)
    {
        JsonArray required = section["required"]!.AsArray();
        if (!Optional.Contains(name, StringComparer.Ordinal) && required.All(r => !string.Equals(r!.GetValue<string>(), name, StringComparison.Ordinal))) required.Add(name);
    }
}
