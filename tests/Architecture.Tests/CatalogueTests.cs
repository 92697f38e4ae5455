using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Google.Protobuf.Reflection;
using Movc.Architecture.Tests.Rules;
using Movc.Domain.Events;
using Movc.EventLog;
using Movc.EventLog.Wire;

namespace Movc.Architecture.Tests;

/// <summary>docs/events/catalogue.md says what the code does.</summary>
public class CatalogueTests
{
    private const string Page = "docs/events/catalogue.md";
    private static readonly EventSchema[] Schemas = [.. Enum.GetValues<EventSchema>().Where(s => s != EventSchema.None)];

    [Fact]
    public void Every_type_has_a_section_with_every_field()
    {
        Schemas.Length.ShouldBe(13);
        Missing(Repository.Read(Page)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_dead_letter_reason_topic_quality_and_attribute_is_named() => Unnamed(Repository.Read(Page)).ShouldBeEmpty();

    [Fact]
    public void Every_type_has_an_example_that_the_code_accepts()
    {
        IReadOnlyDictionary<string, string> sections = Markdown.Sections(Repository.Read(Page));
        foreach (EventSchema schema in Schemas)
        {
            string[] examples = [.. Markdown.JsonBlocks(sections[EventSchemas.Name(schema)])];
            examples.ShouldNotBeEmpty(EventSchemas.Name(schema));
            foreach (string example in examples) Fault(EventSchemas.TypeOf(schema), example).ShouldBeEmpty(EventSchemas.Name(schema));
        }
    }

    [Fact]
    public void The_limits_are_those_of_the_code()
    {
        string text = Repository.Read(Page);
        foreach (int limit in new[] { VehicleEventRules.MaxCapacityWh, VehicleEventRules.MaxPowerW, VehicleEventRules.MaxVehicleIdBytes })
            text.ShouldContain(limit.ToString("N0", CultureInfo.InvariantCulture));
        foreach (long ms in new[] { VehicleEventRules.EarliestMs, VehicleEventRules.LatestMs })
            text.ShouldContain(DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Planted_gaps_of_the_catalogue_are_found()
    {
        string page = Repository.Read(Page);
        Missing(page.Replace("### `movc.vehicle.unplugged.v1`", "### `movc.vehicle.unplugged.v2`", StringComparison.Ordinal)).ShouldBe(["movc.vehicle.unplugged.v1: no section"]);
        Missing(page.Replace("`declared_departure_ms`", "`departure_ms`", StringComparison.Ordinal)).ShouldBe(["movc.vehicle.plugged-in.v1: no field declared_departure_ms"]);
        Unnamed(page.Replace("`time-backward`", "`time`", StringComparison.Ordinal)).ShouldBe(["time-backward"]);
        const string Example = """{ "specversion": "1.0", "id": "1", "source": "a", "type": "movc.vehicle.unplugged.v1", "subject": "v", "time": "2024-03-04T06:00:00Z", "data": DATA }""";
        Fault(VehicleEventType.Unplugged, Example.Replace("DATA", """{ "energyWh": 1 }""", StringComparison.Ordinal)).ShouldBeEmpty();
        Fault(VehicleEventType.Unplugged, Example.Replace("DATA", """{ "energy": 1 }""", StringComparison.Ordinal)).ShouldContain("energy");
        Fault(VehicleEventType.Unplugged, Example.Replace("DATA", """{ "stateOfChargePpm": 1700000 }""", StringComparison.Ordinal)).ShouldContain("1.7");
        Fault(VehicleEventType.Arrived, Example.Replace("DATA", "{}", StringComparison.Ordinal)).ShouldContain("Unplugged");
    }

    private static IEnumerable<string> Missing(string page)
    {
        IReadOnlyDictionary<string, string> sections = Markdown.Sections(page);
        foreach (EventSchema schema in Schemas)
        {
            string name = EventSchemas.Name(schema);
            if (!sections.TryGetValue(name, out string? section))
            {
                yield return $"{name}: no section";
                continue;
            }
            foreach (FieldDescriptor field in EventSchemas.Message(schema).Fields.InDeclarationOrder())
                if (!section.Contains($"`{field.Name}`", StringComparison.Ordinal)) yield return $"{name}: no field {field.Name}";
        }
    }

    private static IEnumerable<string> Unnamed(string page)
    {
        IEnumerable<string> names =
        [
            EventSchemas.SourceProgressed,
            .. Enum.GetValues<DeadLetterReason>().Where(r => r != DeadLetterReason.None).Select(r => r.ToName()),
            .. typeof(Topics).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!),
            .. Enum.GetValues<Quality>().Select(QualityNames.Of),
            "ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "ce_subject", "ce_partitionkey", "ce_sequence", "ce_quality",
        ];
        return names.Where(n => !page.Contains($"`{n}`", StringComparison.Ordinal));
    }

    /// <summary>What is wrong with an example of a type; empty = nothing.</summary>
    private static string Fault(VehicleEventType type, string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Refusal refusal = CloudEventJson.TryRead(document.RootElement, out _, out _, out _, out _, out VehicleEvent e);
        if (refusal.IsRefused) return refusal.Detail;
        return e.Type == type ? string.Empty : $"it is an example of {e.Type}";
    }
}
