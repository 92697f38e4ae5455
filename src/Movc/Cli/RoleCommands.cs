using System.CommandLine;
using Movc.Gateway;
using Movc.Roles;

namespace Movc.Cli;

/// <summary><c>movc ingest</c>, <c>twin</c>, <c>optimizer</c>, <c>gateway</c>: a city as several processes over Kafka and PostgreSQL.</summary>
internal static class RoleCommands
{
    private const string DefaultIngest = "127.0.0.1:5081";
    private const string DefaultTwin = "127.0.0.1:5082";
    private const string DefaultOptimizer = "127.0.0.1:5083";

    public static IEnumerable<Command> Create() => [Ingest(), Twin(), Optimizer(), Gateway()];

    private static Command Ingest()
    {
        var role = new RoleArguments(DefaultIngest, needsStore: false);
        Option<string?> twins = Twins();
        var pace = new PaceOptions();
        var hold = new Option<bool>("--hold") { Description = "Stay after the source's end, so that the gateway can tell it from one that broke" };
        var command = new Command("ingest", "A source of events as a process of its own: the simulated city, from where the twin stands");
        role.AddTo(command);
        command.Options.Add(twins);
        pace.AddTo(command);
        command.Options.Add(hold);
        Examples.Add(
            command,
            ("movc ingest --kafka localhost:9092 --vehicles 20000 --speed 600", "twenty thousand vehicles, an interval a second"),
            ("movc ingest --twins twin:5082", "the twin's processes are all that the name stands for"));
        command.SetAction((result, stop) => Guard.RunAsync(stop, () => new IngestRole(
            role.Read(result), RoleArguments.PeersOf(result, twins, "MOVC_TWINS", DefaultTwin), pace.Speed(result), pace.Intervals(result), result.GetValue(hold)).ExecuteAsync(stop)));
        return command;
    }

    private static Command Twin()
    {
        var role = new RoleArguments(DefaultTwin, needsStore: true);
        var command = new Command("twin", "A process of the twin: holds the shards that fall to it, as many processes as there are machines");
        role.AddTo(command);
        Examples.Add(
            command,
            ("movc twin --kafka localhost:9092 --vehicles 20000", "with the connection of the store in MOVC_POSTGRES"),
            ("movc twin --kafka localhost:9092 --vehicles 20000 --listen 127.0.0.1:5092", "a second one on the same machine; the two share the shards"));
        command.SetAction((result, stop) => Guard.RunAsync(stop, () => TwinRole.ExecuteAsync(role.Read(result), stop)));
        return command;
    }

    private static Command Optimizer()
    {
        var role = new RoleArguments(DefaultOptimizer, needsStore: true);
        var pace = new PaceOptions("Pace of the city's clock, as movc ingest was given it: after half an interval a plan counts as late");
        var policy = new PolicyOptions();
        var aggregators = new AggregatorOptions();
        var command = new Command("optimizer", "The optimizer as a process of its own: takes the fleet from the log, plans every interval, publishes setpoints");
        role.AddTo(command);
        pace.AddTo(command);
        policy.AddTo(command);
        aggregators.AddTo(command);
        Examples.Add(command, ("movc optimizer --kafka localhost:9092 --vehicles 20000", "with the connection of the store in MOVC_POSTGRES"));
        command.SetAction((result, stop) => Guard.RunAsync(stop, () =>
        {
            RoleOptions options = role.Read(result);
            return OptimizerRole.ExecuteAsync(options, policy.Read(result), aggregators.Read(result, options.Seed), pace.Speed(result), stop);
        }));
        return command;
    }

    private static Command Gateway()
    {
        var role = new RoleArguments(GatewayOptions.DefaultListen, needsStore: false);
        Option<string?> twins = Twins();
        Option<string?> optimizer = RoleArguments.Peers("--optimizer", "MOVC_OPTIMIZER", "Where the optimizer listens", DefaultOptimizer);
        Option<string?> ingest = RoleArguments.Peers("--ingest", "MOVC_INGEST", "Where the source of events listens", DefaultIngest);
        var command = new Command("gateway", "Page and API as a process of its own, over the other roles; MOVC_TOKEN guards it beyond loopback");
        role.AddTo(command);
        Option<string> studies = CommonOptions.StudiesFolder();
        foreach (Option option in (Option[])[twins, optimizer, ingest, studies]) command.Options.Add(option);
        Examples.Add(
            command,
            ("movc gateway --kafka localhost:9092 --vehicles 20000", "page on http://127.0.0.1:5080"),
            ("movc gateway --twins 127.0.0.1:5082,127.0.0.1:5092", "over two processes of the twin"));
        command.SetAction((result, stop) => Guard.RunAsync(stop, () => new GatewayRole(
            role.Read(result), RoleArguments.PeersOf(result, twins, "MOVC_TWINS", DefaultTwin), RoleArguments.PeersOf(result, optimizer, "MOVC_OPTIMIZER", DefaultOptimizer),
            RoleArguments.PeersOf(result, ingest, "MOVC_INGEST", DefaultIngest), Environment.GetEnvironmentVariable("MOVC_TOKEN"), result.GetValue(studies)!).ExecuteAsync(stop)));
        return command;
    }

    private static Option<string?> Twins() => RoleArguments.Peers("--twins", "MOVC_TWINS", "Where the processes of the twin listen; a name that stands for several addresses stands for several processes", DefaultTwin);
}
