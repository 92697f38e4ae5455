using System.CommandLine;
using Movc.Composition;
using Movc.Domain.Aggregators;
using Movc.Gateway;
using Movc.RollingOptimizer.Bundles;

namespace Movc.Cli;

/// <summary>Options that every verb which runs a city shares.</summary>
internal sealed class CommonOptions
{
    private readonly PaceOptions _pace = new();
    private readonly Option<long> _seed = Numbers.Option<long>("--seed", Numbers.Whole, "a whole number, as 1");
    private readonly Option<string> _listen = new("--listen") { Description = "Address of page and API; beyond loopback MOVC_TOKEN must be set", HelpName = "HOST:PORT", DefaultValueFactory = _ => GatewayOptions.DefaultListen };
    private readonly Option<bool> _noPage = new("--no-page") { Description = "Serve no page and no API" };
    private readonly Option<string> _data;
    private readonly Option<string> _studies = StudiesFolder();
    private readonly Option<string> _log = new("--log") { Description = "What carries events, setpoints and plans: memory (inside this process) or kafka", HelpName = "memory|kafka", DefaultValueFactory = _ => "memory" };
    private readonly KafkaArguments _kafka = new();
    private readonly Option<string> _store = new("--store") { Description = "Where events are kept: sqlite (in --data) or postgres", HelpName = "sqlite|postgres", DefaultValueFactory = _ => "sqlite" };
    private readonly Option<string?> _postgres = new("--postgres") { Description = "Connection of --store postgres, as Host=localhost;Database=movc;Username=movc;Password=…; without it MOVC_POSTGRES", HelpName = "CONNECTION" };
    private readonly Option<bool> _fresh = new("--fresh") { Description = "Delete what the data directory holds of an earlier run first" };
    private readonly Option<bool> _hold = new("--hold") { Description = "Keep serving the page after the end, until Ctrl-C" };
    private readonly PolicyOptions _policy = new();
    private readonly AggregatorOptions _aggregators = new();
    private readonly LimitOptions _limits = new();
    private readonly Option<string?> _instances = new("--instances") { Description = $"Folder in which the dispatch problems of the newest {BundlePublisher.InstancesKept} plans are kept, so that movc verify can check their bundles whole", HelpName = "DIR" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the run summary as one JSON document on standard output" };

    /// <param name="dataOnDemand">Whether nothing is kept unless a directory is given.</param>
    public CommonOptions(bool dataOnDemand = false)
    {
        _data = new Option<string>("--data")
        {
            Description = dataOnDemand ? "Directory to keep the replay's own events and plans in; without it they go when it ends" : "Directory of the event store; a run resumes what is there",
            HelpName = "DIR",
            DefaultValueFactory = _ => dataOnDemand ? string.Empty : "data",
        };
        _seed.Description = "Seed of everything drawn";
        _seed.HelpName = "S";
        _seed.DefaultValueFactory = _ => 1;
    }

    public void AddTo(Command command)
    {
        _pace.AddTo(command);
        foreach (Option option in (Option[])[_seed, _listen, _noPage, _data, _studies, _log, .. _kafka.All, _store, _postgres, _fresh, _hold, _instances, _json]) command.Options.Add(option);
        _policy.AddTo(command);
        _aggregators.AddTo(command);
        _limits.AddTo(command);
        _log.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not ("memory" or "kafka")) result.AddError($"--log \"{result.GetValueOrDefault<string>()}\": give memory or kafka");
        });
        command.Validators.Add(result =>
        {
            bool kafka = result.GetValue(_log) is "kafka";
            if (kafka && !_kafka.IsGiven(result)) result.AddError("--log kafka needs brokers: give --kafka or set MOVC_KAFKA");
            foreach (Option option in _kafka.All)
            {
                if (!kafka && result.GetResult(option) is { Implicit: false }) result.AddError($"{option.Name} is for --log kafka: give that too, or leave {option.Name} out");
            }
        });
        _store.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not ("sqlite" or "postgres")) result.AddError($"--store \"{result.GetValueOrDefault<string>()}\": give sqlite or postgres");
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(_store) is "postgres" && Given.Or(result.GetValue(_postgres), "MOVC_POSTGRES") is null)
                result.AddError("--store postgres needs a connection: give --postgres or set MOVC_POSTGRES");
            if (result.GetValue(_store) is not "postgres" && result.GetResult(_postgres) is { Implicit: false })
                result.AddError("--postgres is for --store postgres: give that too, or leave --postgres out");
            if (result.GetResult(_hold) is { Implicit: false } && result.GetResult(_noPage) is { Implicit: false })
                result.AddError("--hold keeps the page up and --no-page serves none: leave one of them out");
        });
    }

    /// <summary>Where the page looks for studies.</summary>
    public static Option<string> StudiesFolder() => new("--studies") { Description = "Folder whose finished studies the page shows", HelpName = "DIR", DefaultValueFactory = _ => "studies" };

    public long Seed(ParseResult result) => result.GetValue(_seed);

    /// <summary>How simulated aggregators answer.</summary>
    public AggregatorBehaviour Behaviour(ParseResult result) => _aggregators.Behaviour(result, Seed(result));

    public CityRunOptions Read(ParseResult result)
    {
        return new CityRunOptions
        {
            Speed = _pace.Speed(result),
            Intervals = _pace.Intervals(result),
            Seed = result.GetValue(_seed),
            Policy = _policy.Read(result),
            Desk = _aggregators.Read(result, result.GetValue(_seed)),
            Limits = _limits.Read(result),
            Listen = result.GetValue(_noPage) ? null : result.GetValue(_listen),
            Token = Environment.GetEnvironmentVariable("MOVC_TOKEN"),
            DataDirectory = result.GetValue(_data)!,
            StudiesDirectory = result.GetValue(_studies)!,
            Kafka = result.GetValue(_log) is "kafka" ? _kafka.Read(result) : null,
            Postgres = result.GetValue(_store) is "postgres" ? Given.Or(result.GetValue(_postgres), "MOVC_POSTGRES") : null,
            InstancesFolder = result.GetValue(_instances),
            Fresh = result.GetValue(_fresh),
            Hold = result.GetValue(_hold),
            Json = result.GetValue(_json),
        };
    }
}
