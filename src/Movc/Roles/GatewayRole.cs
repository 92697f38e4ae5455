using Microsoft.Extensions.Logging;
using Movc.Cli;
using Movc.Composition;
using Movc.EventLog;
using Movc.EventLog.Kafka;
using Movc.Gateway;
using Movc.Gateway.Frames;
using Movc.Gateway.Intake;
using Movc.Gateway.Peers;
using Movc.Studies.Output;

namespace Movc.Roles;

/// <summary>Page and API over the other roles.</summary>
internal sealed class GatewayRole(RoleOptions options, PeerAddresses twins, PeerAddresses optimizer, PeerAddresses ingest, string? token, string studies)
{
    private readonly TimeProvider _clock = TimeProvider.System;

    public async Task<int> ExecuteAsync(CancellationToken stop)
    {
        using ILoggerFactory loggers = RoleLoggers.Create("gateway");
        using Telemetry telemetry = Telemetry.Start("movc-gateway");
        ILogger log = loggers.CreateLogger("movc.gateway");
        var gatewayOptions = new GatewayOptions { Listen = options.Listen, Token = token, DashboardPath = Path.Combine(AppContext.BaseDirectory, "dashboard") };
        GatewayHost.Check(gatewayOptions);
        CitySetup setup = options.Setup;
        await using KafkaEventLog eventLog = await KafkaEventLog.OpenAsync(options.Kafka, null, stop);
        var signal = new FrameSignal();
        using var plans = new RemotePlans(optimizer, options.RoleToken, _clock);
        using var setpoints = new RemoteSetpoints(optimizer, options.RoleToken);
        using var run = new RemoteRun(ingest, options.RoleToken, _clock)
        {
            City = setup.City, TimeZone = setup.Calendar.TimeZone, LoadSource = setup.Load.Description, Assumptions = setup.Assumptions, OnChange = signal.Notify,
        };
        using var twin = new RemoteTwin(twins, options.RoleToken, _clock) { OtherTroubles = [() => plans.Trouble, () => run.Trouble] };
        var ports = new GatewayPorts
        {
            Twin = twin,
            Plans = plans,
            Setpoints = setpoints,
            Holds = setpoints,
            Flexibility = setpoints,
            Answers = new LogSetpointAnswers(eventLog),
            Run = run,
            Calendar = setup.Calendar,
            Intake = new LogEventIntake(eventLog, _clock),
            Signal = signal,
            Studies = new StudyShelf(studies),
        };
        await using GatewayHost gateway = GatewayHost.Build(gatewayOptions, ports, loggers, _clock);
        await gateway.StartAsync(stop);
        await Console.Out.WriteLineAsync($"Page: {gateway.Address}");
        await Together.RunAsync(stop, run.WatchAsync, cancel => RingAsync(eventLog, signal, cancel));
        await gateway.StopAsync(CancellationToken.None);
        RoleLog.Stopped(log, "gateway");
        return ExitCode.Done;
    }

    /// <summary>A plan on the log rings the pages' bell: they need not wait for the next look.</summary>
    private static async Task RingAsync(IEventLog log, FrameSignal signal, CancellationToken cancellationToken)
    {
        await using ILogConsumer plans = log.OpenConsumer(Topics.Plans, "gateway", 0, ILogConsumer.Earliest);
        while (await plans.ReadAsync(cancellationToken) is { } batch)
        {
            signal.Notify();
            plans.Acknowledge(batch.NextOffset);
        }
    }
}
