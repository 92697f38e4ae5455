using Microsoft.Extensions.Logging;
using Movc.Cli;
using Movc.Composition;
using Movc.Domain.Queries;
using Movc.EventLog.Kafka;
using Movc.Gateway.Peers;
using Movc.Ingest.Publishing;

namespace Movc.Roles;

/// <summary>A source of events: the simulated city, from where the twin stands.</summary>
internal sealed class IngestRole(RoleOptions options, PeerAddresses twins, double? speed, int? intervals, bool hold)
{
    /// <summary>Between two looks at how far the twin is: well under the time that an interval takes at full speed.</summary>
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan WaitPeriod = TimeSpan.FromMilliseconds(500);
    private readonly TimeProvider _clock = TimeProvider.System;
    private volatile Readiness _readiness = new(false, "waits for the twin");

    public async Task<int> ExecuteAsync(CancellationToken stop)
    {
        using ILoggerFactory loggers = RoleLoggers.Create("ingest");
        using Telemetry telemetry = Telemetry.Start("movc-ingest");
        ILogger log = loggers.CreateLogger("movc.ingest");
        CitySetup setup = options.Setup;
        await using KafkaEventLog eventLog = await KafkaEventLog.OpenAsync(options.Kafka, null, stop);
        using var twin = new RemoteTwin(twins, options.RoleToken, _clock);
        using var pace = new Pace(speed, _clock);
        var run = new RunInfo(setup, pace, _clock);
        await using PeerHost peers = PeerHost.Build(options.Listen, options.RoleToken, new RoleReadiness(eventLog, null, () => _readiness, _clock).NowAsync, loggers).Serve((IRunInfo)run);
        await peers.StartAsync(stop);
        RoleLog.Listening(log, "ingest", peers.Address);
        setup.TellSteps?.Invoke(step => RoleLog.Step(log, step));
        var driver = new SourceDriver(setup.Source, eventLog, new DriverOptions(speed, intervals) { Pace = pace, ReachedMs = () => twin.ReachedMs }, _clock);
        await Together.RunAsync(stop, token => WatchAsync(twin, token), async token =>
        {
            IReadOnlyList<SourcePosition> positions = await PositionsAsync(twin, log, token);
            RoleLog.SourceBegins(log, setup.Source.SourceUri, DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(setup.Source.StartMs, positions.Min(p => p.ReachedMs))));
            _readiness = new Readiness(true, "sends");
            await driver.RunAsync(positions, token);
            run.Finish();
            _readiness = new Readiness(true, "has ended");
            RoleLog.SourceEnded(log, setup.Source.SourceUri, driver.Sent);
            if (hold) await Task.Delay(Timeout.Infinite, token);
        });
        await peers.StopAsync(CancellationToken.None);
        RoleLog.Stopped(log, "ingest");
        return ExitCode.Done;
    }

    /// <summary>Where the twin stands in every partition; waits until every one is held by somebody.</summary>
    private async Task<IReadOnlyList<SourcePosition>> PositionsAsync(RemoteTwin twin, ILogger log, CancellationToken cancellationToken)
    {
        for (bool told = false; ; told = true)
        {
            if (await twin.PositionsAsync(options.Setup.Source.SourceUri, cancellationToken) is { } positions) return positions;
            if (!told) RoleLog.WaitsForTwin(log, $"not every shard is held by a process at {twins}");
            await Task.Delay(WaitPeriod, _clock, cancellationToken);
        }
    }

    /// <summary>Looks how far the twin is, which holds the source back while nobody takes what it sends.</summary>
    private async Task WatchAsync(RemoteTwin twin, CancellationToken cancellationToken)
    {
        while (true)
        {
            await twin.PositionsAsync(options.Setup.Source.SourceUri, cancellationToken);
            await Task.Delay(LookPeriod, _clock, cancellationToken);
        }
    }
}
