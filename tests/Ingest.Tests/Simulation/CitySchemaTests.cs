using System.Text;
using System.Text.Json.Nodes;
using Json.Schema;
using Movc.Domain;
using Movc.Ingest.Simulation.Parameters;

namespace Movc.Ingest.Tests.Simulation;

public sealed class CitySchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(CitySchema.Generate());

    public static TheoryData<string> Cities => [.. CityParameterFile.KnownCities];

    [Theory, MemberData(nameof(Cities))]
    public void Every_built_in_city_keeps_to_it(string city) => Conforms(JsonNode.Parse(CityParameterFile.TextOf(city))!).ShouldBeTrue();

    [Fact]
    public void Schema_and_reader_refuse_the_same_single_faults()
    {
        JsonNode sound = JsonNode.Parse(CityParameterFile.TextOf("shenzhen"))!;
        int faults = 0;
        foreach (string path in Paths(sound))
        {
            foreach (Action<JsonObject, string> plant in Faults)
            {
                JsonNode faulty = sound.DeepClone();
                (JsonObject owner, string name) = Locate(faulty, path);
                if (name is "note" or "$schema" || path.StartsWith("marks", StringComparison.Ordinal)) continue;
                string before = faulty.ToJsonString();
                plant(owner, name);
                if (string.Equals(faulty.ToJsonString(), before, StringComparison.Ordinal)) continue;
                bool optional = path is "validation" or "charging.declaredDepartures" || (path.EndsWith(".unit", StringComparison.Ordinal) && owner.ContainsKey("rows"));
                bool read = Reads(faulty);
                if (!optional) read.ShouldBeFalse(path);
                Conforms(faulty).ShouldBe(read, path);
                faults++;
            }
        }
        faults.ShouldBeGreaterThan(500);
    }

    /// <summary>Taken away, of another kind, misspelt.</summary>
    private static readonly Action<JsonObject, string>[] Faults =
    [
        (owner, name) => owner.Remove(name),
        (owner, name) => owner[name] = owner[name] is JsonObject ? "text" : new JsonObject { ["a"] = 1 },
        (owner, name) =>
        {
            JsonNode? value = owner[name];
            owner.Remove(name);
            owner[name + "x"] = value;
        },
        (owner, name) =>
        {
            if (name is "unit" or "mark") owner[name] = "furlong";
            else if (name is "value" && owner[name]!.GetValueKind() == System.Text.Json.JsonValueKind.Number) owner[name] = -1e9;
        },
    ];

    private static bool Conforms(JsonNode city) => Schema.Evaluate(System.Text.Json.JsonSerializer.SerializeToElement(city)).IsValid;

    private static bool Reads(JsonNode city)
    {
        try
        {
            using var text = new MemoryStream(Encoding.UTF8.GetBytes(city.ToJsonString()));
            CityParameterFile.Read(text, "city.json");
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Paths(JsonNode node, string prefix = "")
    {
        if (node is not JsonObject members) yield break;
        foreach ((string name, JsonNode? value) in members)
        {
            yield return prefix + name;
            foreach (string below in Paths(value!, prefix + name + ".")) yield return below;
        }
    }

    private static (JsonObject Owner, string Name) Locate(JsonNode root, string path)
    {
        string[] names = path.Split('.');
        JsonNode at = root;
        foreach (string name in names[..^1]) at = at[name]!;
        return (at.AsObject(), names[^1]);
    }
}
