using Movc.Domain.Operators;
using Movc.EventLog.Kafka;
using Movc.RollingOptimizer.Horizon;
using Movc.RollingOptimizer.Setpoints;

namespace Movc.Composition;

/// <summary>How a city is run.</summary>
internal sealed record CityRunOptions
{
    /// <summary>City seconds per wall second; null = as fast as it goes.</summary>
    public double? Speed { get; init; }

    public int? Intervals { get; init; }

    public long Seed { get; init; }

    /// <summary>What plans aim at and owe to drivers.</summary>
    public HorizonPolicy Policy { get; init; } = new();

    /// <summary>Who passes setpoints on, and how they are answered.</summary>
    public required DeskOptions Desk { get; init; }

    /// <summary>Orders that limit districts from the start on.</summary>
    public IReadOnlyList<HoldCommand> Limits { get; init; } = [];

    /// <summary>Address of page and API; null = none.</summary>
    public string? Listen { get; init; }

    public string? Token { get; init; }

    public required string DataDirectory { get; init; }

    /// <summary>Folder whose finished studies the page shows.</summary>
    public required string StudiesDirectory { get; init; }

    /// <summary>Connection string of PostgreSQL for the events; null = SQLite in the data directory.</summary>
    public string? Postgres { get; init; }

    /// <summary>Kafka cluster for the log; null = the log inside this process.</summary>
    public KafkaOptions? Kafka { get; init; }

    /// <summary>Folder for the newest plans' dispatch problems; null = none are kept.</summary>
    public string? InstancesFolder { get; init; }

    /// <summary>City time between two snapshots of a shard.</summary>
    public TimeSpan SnapshotEvery { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Whether the data are kept beyond the run.</summary>
    public bool IsKept { get; init; } = true;

    public bool Fresh { get; init; }

    public bool Hold { get; init; }

    public bool Json { get; init; }
}
