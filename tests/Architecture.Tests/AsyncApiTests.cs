using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using Movc.Domain.Events;
using Movc.EventLog;
using Movc.EventLog.Wire;
using Movc.EventLog.Wire.V1;
using YamlDotNet.RepresentationModel;

namespace Movc.Architecture.Tests;

/// <summary>docs/events/asyncapi.yaml says what the code does, and leads to messages that exist.</summary>
public partial class AsyncApiTests
{
    private const string Page = "docs/events/asyncapi.yaml";

    [Fact]
    public void Every_topic_is_a_channel_and_every_type_a_message() => Faults(Repository.Read(Page)).ShouldBeEmpty();

    [Fact]
    public void Planted_faults_are_found()
    {
        string text = Repository.Read(Page);
        Faults(text.Replace("address: movc.plans.v1", "address: movc.plans.v2", StringComparison.Ordinal)).ShouldBe(["topics differ: movc.plans.v1, movc.plans.v2"]);
        Faults(text.Replace("movc.vehicle.v1.VehicleDeparted", "movc.vehicle.v1.VehicleLeft", StringComparison.Ordinal)).ShouldBe(["departed: no message movc.vehicle.v1.VehicleLeft"]);
        Faults(text.Replace("name: movc.vehicle.arrived.v1", "name: movc.vehicle.come.v1", StringComparison.Ordinal)).ShouldBe(["types differ: movc.vehicle.arrived.v1, movc.vehicle.come.v1"]);
        Faults(text.Replace("movc.vehicle.v1.EnergyMetered", "movc.vehicle.v1.ConsentChanged", StringComparison.Ordinal)).ShouldBe(["energy-metered: movc.vehicle.v1.ConsentChanged is not the message of its type"]);
        Faults(text.Replace("'#/components/messages/plan-published'", "'#/components/messages/plan'", StringComparison.Ordinal)).ShouldBe(["#/components/messages/plan leads nowhere"]);
    }

    private static List<string> Faults(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        YamlNode root = stream.Documents[0].RootNode;
        var faults = new List<string>();
        void Same(string what, IEnumerable<string> these, IEnumerable<string> those)
        {
            string[] differ = [.. these.Except(those, StringComparer.Ordinal).Concat(those.Except(these, StringComparer.Ordinal)).Order(StringComparer.Ordinal)];
            if (differ.Length > 0) faults.Add($"{what} differ: {string.Join(", ", differ)}");
        }
        Same("topics", Topics.All, Map(root["channels"]).Select(c => Text(c.Value["address"])));
        IEnumerable<KeyValuePair<string, YamlNode>> messages = Map(root["components"]["messages"]);
        IEnumerable<string> vehicleTypes = Enum.GetValues<EventSchema>().Skip(1).Select(EventSchemas.Name);
        Same("types", [.. vehicleTypes, EventSchemas.SourceProgressed, "movc.setpoints.issued.v1", "movc.setpoints.answered.v1", "movc.plan.published.v1", "movc.plan.bundled.v1", "movc.fleet.part.v1", "dead-letter"], messages.Select(m => Text(m.Value["name"])));
        var known = VehicleEventsReflection.Descriptor.MessageTypes.Concat(EventLog.Wire.V2.VehicleEventsV2Reflection.Descriptor.MessageTypes).Concat(MovcLogReflection.Descriptor.MessageTypes).ToDictionary(m => m.FullName, StringComparer.Ordinal);
        foreach ((string name, YamlNode message) in messages)
        {
            // A plan's bundle is no message: its format has a page of its own.
            if (!((YamlMappingNode)message).Children.ContainsKey("payload")) continue;
            string[] reference = Text(message["payload"]["schema"]["$ref"]).Split('#');
            if (!File.Exists(Path.Combine(Repository.Root, "docs/events", reference[0]))) faults.Add($"{name}: no file {reference[0]}");
            if (!known.TryGetValue(reference[1], out MessageDescriptor? descriptor)) faults.Add($"{name}: no message {reference[1]}");
            else if (EventSchemas.TryParse(System.Text.Encoding.UTF8.GetBytes(Text(message["name"])), out EventSchema schema) && EventSchemas.Message(schema) != descriptor) faults.Add($"{name}: {reference[1]} is not the message of its type");
        }
        foreach (string reference in Local().Matches(text).Select(m => m.Groups["path"].Value).Distinct(StringComparer.Ordinal))
        {
            YamlNode? at = root;
            foreach (string step in reference.Split('/').Skip(1)) at = at is YamlMappingNode map && map.Children.TryGetValue(step, out YamlNode? next) ? next : null;
            if (at is null) faults.Add($"{reference} leads nowhere");
        }
        return faults;
    }

    private static IEnumerable<KeyValuePair<string, YamlNode>> Map(YamlNode node) => ((YamlMappingNode)node).Children.Select(c => KeyValuePair.Create(Text(c.Key), c.Value));

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    [GeneratedRegex(@"\$ref: '(?<path>#/[^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Local();
}
