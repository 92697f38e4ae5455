using System.CommandLine;
using System.Text.Json;
using Movc.Domain;
using Movc.Domain.Aggregators;
using Movc.Domain.Events;
using Movc.RollingOptimizer.Setpoints;

namespace Movc.Cli;

/// <summary>Who passes setpoints on and how they are answered: <c>--aggregators</c>, <c>--answers</c> and how simulated ones misbehave.</summary>
internal sealed class AggregatorOptions
{
    private const string Inside = "inside";
    private const string Outside = "outside";
    private const int DefaultCount = 8;

    private readonly Option<string> _aggregators = new("--aggregators")
    {
        Description = "Who passes setpoints on: a number, among which the vehicles are shared out by their ids' hash, or a file as [{\"name\": \"North\", \"prefix\": \"CN-NOR-\"}]: a vehicle belongs to the longest prefix of its id",
        HelpName = "N|FILE.json",
        DefaultValueFactory = _ => DefaultCount.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private readonly Option<string> _answers = new("--answers")
    {
        Description = "inside: the aggregators are simulated in this process; outside: they answer over the log or HTTP, as movc aggregator does, and one that does not is left out of plans",
        HelpName = "inside|outside",
        DefaultValueFactory = _ => Inside,
    };

    private readonly BehaviourOptions _behaviour = new();

    public void AddTo(Command command)
    {
        command.Options.Add(_aggregators);
        command.Options.Add(_answers);
        _behaviour.AddTo(command);
        _answers.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not (Inside or Outside)) result.AddError($"--answers \"{result.GetValueOrDefault<string>()}\": give {Inside} or {Outside}");
        });
    }

    /// <summary>Reads them.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="seed">Of what simulated aggregators draw.</param>
    public DeskOptions Read(ParseResult result, long seed)
    {
        bool isInside = string.Equals(result.GetValue(_answers), Inside, StringComparison.Ordinal);
        return new DeskOptions(Map(result.GetValue(_aggregators)!)) { Inside = isInside ? new SimulatedAggregator(Behaviour(result, seed)) : null };
    }

    /// <summary>How simulated aggregators answer.</summary>
    public AggregatorBehaviour Behaviour(ParseResult result, long seed) => _behaviour.Read(result, seed);

    private static IAggregatorMap Map(string text)
    {
        if (Numbers.Count(text) is { } count)
            return count is >= 1 and <= HashedAggregators.Max ? new HashedAggregators(count) : throw new InputException($"--aggregators {count}: give 1 to {HashedAggregators.Max}, or a file");
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(text));
            (string Name, string Prefix)[] rows = [.. document.RootElement.EnumerateArray().Select(row => (row.GetProperty("name").GetString() ?? string.Empty, row.GetProperty("prefix").GetString() ?? string.Empty))];
            if (rows.Length is 0 or > HashedAggregators.Max) throw new InputException($"{text}: holds {rows.Length} aggregators; give 1 to {HashedAggregators.Max}");
            foreach ((string name, string prefix) in rows)
            {
                if (name.Length is 0 or > VehicleEventRules.MaxVehicleIdBytes || prefix.Length is 0 or > VehicleEventRules.MaxVehicleIdBytes) throw new InputException($"{text}: name and prefix have 1 to {VehicleEventRules.MaxVehicleIdBytes} characters");
                if (string.Equals(name, PrefixedAggregators.Rest, StringComparison.Ordinal)) throw new InputException($"{text}: \"{name}\" is the name of who passes the rest on; choose another");
            }
            if (rows.Select(r => r.Prefix).Distinct(StringComparer.Ordinal).Count() < rows.Length) throw new InputException($"{text}: a prefix stands twice");
            return new PrefixedAggregators(rows);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--aggregators \"{text}\": {e.Message}; give a number or a file", e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InputException($"{text}: not a list of aggregators ({e.Message}); write [{{\"name\": \"North\", \"prefix\": \"CN-NOR-\"}}]", e);
        }
    }
}
