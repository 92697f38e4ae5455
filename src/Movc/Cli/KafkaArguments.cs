using System.CommandLine;
using Movc.Composition;
using Movc.EventLog.Kafka;

namespace Movc.Cli;

/// <summary>Which Kafka cluster, and how it is reached.</summary>
internal sealed class KafkaArguments
{
    private readonly Option<string?> _kafka = new("--kafka") { Description = "Brokers of the log on Kafka; without it MOVC_KAFKA", HelpName = "HOST:PORT,…" };
    private readonly Option<string?> _settings = new("--kafka-settings") { Description = "File with further client settings, a line each, as security.protocol=SASL_SSL (librdkafka's names)", HelpName = "FILE" };
    private readonly Option<string> _prefix = new("--topic-prefix") { Description = "Put before every topic's name, so that several cities share a cluster", HelpName = "TEXT", DefaultValueFactory = _ => string.Empty };

    public IReadOnlyList<Option> All => [_kafka, _settings, _prefix];

    public bool IsGiven(System.CommandLine.Parsing.CommandResult result) => Given.Or(result.GetValue(_kafka), "MOVC_KAFKA") is not null;

    /// <exception cref="Domain.InputException">The settings file cannot be read.</exception>
    public KafkaOptions Read(ParseResult result) => new()
    {
        Servers = Given.Or(result.GetValue(_kafka), "MOVC_KAFKA")!,
        Partitions = CityRun.Partitions,
        TopicPrefix = result.GetValue(_prefix)!,
        Settings = result.GetValue(_settings) is { } file ? KafkaSettingsFile.Read(file) : new Dictionary<string, string>(StringComparer.Ordinal),
    };
}
