using Movc.Composition;
using Movc.EventLog.Kafka;

namespace Movc.Roles;

/// <summary>How a role of a city runs that is several processes.</summary>
internal sealed record RoleOptions
{
    /// <summary>The city, the same for every role.</summary>
    public required CitySetup Setup { get; init; }

    public required long Seed { get; init; }

    public required KafkaOptions Kafka { get; init; }

    /// <summary>Connection string; the source of events needs none.</summary>
    public string Postgres { get; init; } = string.Empty;

    /// <summary>Where it listens: the gateway for people, the others for each other.</summary>
    public required string Listen { get; init; }

    /// <summary>Token between the roles; null = none, on loopback only.</summary>
    public string? RoleToken { get; init; }

    /// <summary>What must agree for processes to be of one city.</summary>
    public CityIdentity Identity => new(
        Setup.Source.SourceUri, Setup.Source.VehicleCount, Seed, Setup.Source.StartMs, Kafka.Partitions,
        $"{Setup.Variant}, events and plans in PostgreSQL, log on Kafka \"{Kafka.TopicPrefix}\"");
}
