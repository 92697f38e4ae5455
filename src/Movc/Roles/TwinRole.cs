using Microsoft.Extensions.Logging;
using Movc.Cli;
using Movc.Composition;
using Movc.Database;
using Movc.EventLog.Kafka;
using Movc.Gateway.Peers;
using Movc.TwinState;
using Movc.TwinState.Store.Postgres;

namespace Movc.Roles;

/// <summary>A process of the twin: holds the shards that fall to it.</summary>
internal static class TwinRole
{
    public static async Task<int> ExecuteAsync(RoleOptions options, CancellationToken stop)
    {
        using ILoggerFactory loggers = RoleLoggers.Create("twin");
        using Telemetry telemetry = Telemetry.Start("movc-twin");
        ILogger log = loggers.CreateLogger("movc.twin");
        TimeProvider clock = TimeProvider.System;
        PostgresDatabase database = await CityDatabase.OpenAsync(options.Postgres, options.Identity, options.Setup.Ground, fresh: false, clock, stop);
        await using var store = new PostgresEventStore(database);
        await using KafkaEventLog eventLog = await KafkaEventLog.OpenAsync(options.Kafka, null, stop);
        var twin = new SharedTwin(new TwinOptions(options.Setup.Source.SourceUri, options.Setup.Model), store, eventLog, clock)
        {
            OnPartition = (partition, what) => RoleLog.Shard(log, partition, what),
        };
        DateTimeOffset started = clock.GetUtcNow();
        var readiness = new RoleReadiness(eventLog, database, () => Ready(twin, started), clock);
        await using PeerHost peers = PeerHost.Build(options.Listen, options.RoleToken, readiness.NowAsync, loggers).Serve(twin.Queries);
        await peers.StartAsync(stop);
        RoleLog.Listening(log, "twin", peers.Address);
        await Together.RunAsync(stop, twin.RunAsync);
        await peers.StopAsync(CancellationToken.None);
        RoleLog.Stopped(log, "twin");
        return ExitCode.Done;
    }

    private static Readiness Ready(SharedTwin twin, DateTimeOffset started) => twin.HeldCount > 0
        ? new Readiness(true, FormattableString.Invariant($"holds {twin.HeldCount} shards"))
        : new Readiness(false, "waits for shards to fall to it", started);
}
