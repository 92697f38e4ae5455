using System.CommandLine;
using Movc.Aggregating;
using Movc.Domain.Aggregators;

namespace Movc.Cli;

/// <summary><c>movc aggregator</c>: a simulated aggregator in a process of its own.</summary>
internal static class AggregatorCommand
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "Which of the city's aggregators it is, as aggregator-1" };
        var url = new Option<string>("--url") { Description = "Where the city's page is; its token in MOVC_TOKEN", HelpName = "URL", DefaultValueFactory = _ => DefaultUrl };
        Option<long> seed = Numbers.Option<long>("--seed", Numbers.Whole, "a whole number, as 1");
        (seed.Description, seed.HelpName, seed.DefaultValueFactory) = ("Seed of everything drawn", "S", _ => 1);
        Option<int?> intervals = Numbers.Optional<int>("--intervals", text => Numbers.Count(text) is > 0 and var n ? n : null, "a whole number over 0");
        (intervals.Description, intervals.HelpName) = ("Intervals to answer, then end; without it until Ctrl-C", "N");
        var json = new Option<bool>("--json") { Description = "Print what was answered as one JSON document at the end" };
        var behaviour = new BehaviourOptions();
        var command = new Command("aggregator", "A simulated aggregator: takes its setpoints over HTTP and answers them, late, not at all or in part as told, by a seed");
        command.Arguments.Add(name);
        foreach (Option option in (Option[])[url, seed, intervals, json]) command.Options.Add(option);
        behaviour.AddTo(command);
        Examples.Add(
            command,
            ("movc run --answers outside --aggregators 2", "a city whose aggregators answer from outside"),
            ("movc aggregator aggregator-1", "takes everything over"),
            ("movc aggregator aggregator-2 --seed 7 --delay 30 --refuse 0.05 --partial 0.1 --silent 0.02", "half a minute late, refuses one in twenty, follows one in ten in part, is silent one time in fifty"));
        command.SetAction((result, stop) => Guard.RunAsync(stop, async () =>
        {
            var options = new AggregatorClientOptions(result.GetValue(name)!, Address(result.GetValue(url)!), Environment.GetEnvironmentVariable("MOVC_TOKEN"), result.GetValue(intervals));
            using var client = new AggregatorClient(options, new SimulatedAggregator(behaviour.Read(result, result.GetValue(seed))), TimeProvider.System);
            AggregatorSummary summary = await client.RunAsync(line => Console.Error.WriteLine(line), stop);
            if (result.GetValue(json)) await Output.Documents.WriteAsync(summary);
            return ExitCode.Done;
        }));
        return command;
    }

    private static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
        ? url
        : throw new Domain.InputException($"--url \"{text}\": give an address as {DefaultUrl}");
}
