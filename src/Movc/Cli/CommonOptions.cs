using System.CommandLine;
using System.Globalization;
using Movc.Composition;
using Movc.EventLog.Kafka;
using Movc.Gateway;

namespace Movc.Cli;

/// <summary>Options that every verb which runs a city shares.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string> _speed = new("--speed")
    {
        Description = "City seconds per wall second (1 = real time, 60 = an interval in 10 s), or max",
        HelpName = "X|max",
        DefaultValueFactory = _ => "60",
    };

    private readonly Option<int?> _intervals = Numbers.Optional<int>("--intervals", text => Numbers.Count(text) is > 0 and var count ? count : null, "a whole number of 1 or more, as 144");
    private readonly Option<long> _seed = Numbers.Option<long>("--seed", Numbers.Whole, "a whole number, as 1");
    private readonly Option<string> _listen = new("--listen") { Description = "Address of page and API; beyond loopback MOVC_TOKEN must be set", HelpName = "HOST:PORT", DefaultValueFactory = _ => GatewayOptions.DefaultListen };
    private readonly Option<bool> _noPage = new("--no-page") { Description = "Serve no page and no API" };
    private readonly Option<string> _data = new("--data") { Description = "Directory of the event store; a run resumes what is there", HelpName = "DIR", DefaultValueFactory = _ => "data" };
    private readonly Option<string> _log = new("--log") { Description = "What carries events, setpoints and plans: memory (inside this process) or kafka", HelpName = "memory|kafka", DefaultValueFactory = _ => "memory" };
    private readonly Option<string?> _kafka = new("--kafka") { Description = "Brokers of --log kafka; without it MOVC_KAFKA", HelpName = "HOST:PORT,…" };
    private readonly Option<string?> _kafkaSettings = new("--kafka-settings") { Description = "File with further client settings, a line each, as security.protocol=SASL_SSL (librdkafka's names)", HelpName = "FILE" };
    private readonly Option<string> _topicPrefix = new("--topic-prefix") { Description = "Put before every topic's name, so that several cities share a cluster", HelpName = "TEXT", DefaultValueFactory = _ => string.Empty };
    private readonly Option<string> _store = new("--store") { Description = "Where events are kept: sqlite (in --data) or postgres", HelpName = "sqlite|postgres", DefaultValueFactory = _ => "sqlite" };
    private readonly Option<string?> _postgres = new("--postgres") { Description = "Connection of --store postgres, as Host=localhost;Database=movc;Username=movc;Password=…; without it MOVC_POSTGRES", HelpName = "CONNECTION" };
    private readonly Option<bool> _fresh = new("--fresh") { Description = "Delete what the data directory holds of an earlier run first" };
    private readonly Option<bool> _hold = new("--hold") { Description = "Keep serving the page after the end, until Ctrl-C" };
    private readonly ObjectiveOptions _objective = new(plainToo: false);
    private readonly Option<bool> _json = new("--json") { Description = "Print the run summary as one JSON document on standard output" };

    public CommonOptions()
    {
        _intervals.Description = "Ten-minute intervals to run, from where the data stand; without it to the source's end";
        _intervals.HelpName = "N";
        _seed.Description = "Seed of everything drawn";
        _seed.HelpName = "S";
        _seed.DefaultValueFactory = _ => 1;
    }

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _speed, _intervals, _seed, _listen, _noPage, _data, _log, _kafka, _kafkaSettings, _topicPrefix, _store, _postgres, _fresh, _hold, _json }) command.Options.Add(option);
        _objective.AddTo(command);
        _speed.Validators.Add(result =>
        {
            if (!TryParseSpeed(result.GetValueOrDefault<string>() ?? string.Empty, out double? _))
                result.AddError($"--speed \"{result.GetValueOrDefault<string>()}\": give a number over 0, as 60, or max");
        });
        _log.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not ("memory" or "kafka")) result.AddError($"--log \"{result.GetValueOrDefault<string>()}\": give memory or kafka");
        });
        command.Validators.Add(result =>
        {
            bool kafka = result.GetValue(_log) is "kafka";
            if (kafka && Given(result.GetValue(_kafka), "MOVC_KAFKA") is null) result.AddError("--log kafka needs brokers: give --kafka or set MOVC_KAFKA");
            foreach (Option option in new Option[] { _kafka, _kafkaSettings, _topicPrefix })
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
            if (result.GetValue(_store) is "postgres" && ConnectionOf(result.GetValue(_postgres)) is null)
                result.AddError("--store postgres needs a connection: give --postgres or set MOVC_POSTGRES");
            if (result.GetValue(_store) is not "postgres" && result.GetResult(_postgres) is { Implicit: false })
                result.AddError("--postgres is for --store postgres: give that too, or leave --postgres out");
            if (result.GetResult(_hold) is { Implicit: false } && result.GetResult(_noPage) is { Implicit: false })
                result.AddError("--hold keeps the page up and --no-page serves none: leave one of them out");
        });
    }

    public long Seed(ParseResult result) => result.GetValue(_seed);

    public CityRunOptions Read(ParseResult result)
    {
        _ = TryParseSpeed(result.GetValue(_speed)!, out double? speed);
        return new CityRunOptions
        {
            Speed = speed,
            Intervals = result.GetValue(_intervals),
            Seed = result.GetValue(_seed),
            PeakWeight = _objective.Read(result).LivePeakWeight,
            Listen = result.GetValue(_noPage) ? null : result.GetValue(_listen),
            Token = Environment.GetEnvironmentVariable("MOVC_TOKEN"),
            DataDirectory = result.GetValue(_data)!,
            Kafka = result.GetValue(_log) is not "kafka" ? null : new KafkaOptions
            {
                Servers = Given(result.GetValue(_kafka), "MOVC_KAFKA")!,
                Partitions = CityRun.Partitions,
                TopicPrefix = result.GetValue(_topicPrefix)!,
                Settings = result.GetValue(_kafkaSettings) is { } file ? KafkaSettingsFile.Read(file) : new Dictionary<string, string>(StringComparer.Ordinal),
            },
            Postgres = result.GetValue(_store) is "postgres" ? ConnectionOf(result.GetValue(_postgres)) : null,
            Fresh = result.GetValue(_fresh),
            Hold = result.GetValue(_hold),
            Json = result.GetValue(_json),
        };
    }

    /// <summary>What was given, else what the environment holds: a password on a command line is seen by every user of the machine.</summary>
    internal static string? ConnectionOf(string? given) => Given(given, "MOVC_POSTGRES");

    private static string? Given(string? given, string variable)
    {
        string? found = given ?? Environment.GetEnvironmentVariable(variable);
        return string.IsNullOrEmpty(found) ? null : found;
    }

    internal static bool TryParseSpeed(string text, out double? speed)
    {
        speed = null;
        if (string.Equals(text, "max", StringComparison.OrdinalIgnoreCase)) return true;
        if (!double.TryParse(text.TrimEnd('x', 'X'), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !(value > 0) || value > 1e6) return false;
        speed = value;
        return true;
    }
}
