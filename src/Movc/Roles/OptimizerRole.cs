using Microsoft.Extensions.Logging;
using Movc.Audit;
using Movc.Cli;
using Movc.Composition;
using Movc.Database;
using Movc.Domain.Queries;
using Movc.EventLog.Kafka;
using Movc.Gateway.Peers;
using Movc.RollingOptimizer.Bundles;
using Movc.RollingOptimizer.Flexibility;
using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Horizon;
using Movc.RollingOptimizer.Operators;
using Movc.RollingOptimizer.Plans;
using Movc.RollingOptimizer.Setpoints;
using Movc.RollingOptimizer.Solver;

namespace Movc.Roles;

/// <summary>The optimizer: takes the fleet from the log, plans every interval, and publishes setpoints.</summary>
internal static class OptimizerRole
{
    public static async Task<int> ExecuteAsync(RoleOptions options, HorizonPolicy policy, DeskOptions deskOptions, double? speed, CancellationToken stop)
    {
        using ILoggerFactory loggers = RoleLoggers.Create("optimizer");
        using Telemetry telemetry = Telemetry.Start("movc-optimizer");
        ILogger log = loggers.CreateLogger("movc.optimizer");
        TimeProvider clock = TimeProvider.System;
        CitySetup setup = options.Setup;
        await using PostgresDatabase database = await CityDatabase.OpenAsync(options.Postgres, options.Identity, setup.Ground, fresh: false, clock, stop);
        using var plans = new PostgresPlanStore(database, stop);
        await using KafkaEventLog eventLog = await KafkaEventLog.OpenAsync(options.Kafka, null, stop);
        var fleet = new FleetReader(eventLog, plans.Latest()?.View.At.ToUnixTimeMilliseconds() ?? long.MinValue);
        var desk = new SetpointDesk(deskOptions, new ExceptionEvents(eventLog));
        IReadOnlyList<string> districts = setup.Model.Districts.Names;
        var holds = new DispatchHolds(new PostgresOperatorLog(database, stop), districts, desk.Aggregators.Names, () => DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(fleet.LatestMs, setup.Source.StartMs)), clock);
        AckReader? answers = deskOptions.Inside is null ? new AckReader(eventLog, desk, () => fleet.LatestMs, clock) : null;
        var parts = new PlanParts(desk.Aggregators);
        var flexibility = new FlexibilityDesk(setup.Willingness, clock);
        var horizon = new RollingHorizon(
            fleet, setup.Load, LearnedCity.Open(setup.Load, setup.Source.StartMs, setup.Calendar), setup.Calendar, new DispatchSolver(DispatchSolverOptions.Live, clock), new PlanAuditorPort(AuditOptions.Default), plans, new PlanPublisher(eventLog, desk),
            new HorizonOptions(HorizonLength.Default, (ulong)options.Seed, setup.Source.StartMs, long.MaxValue, setup.Model.Unmanaged) { Policy = policy, Flexibility = flexibility, Parts = parts, Bundles = new BundlePublisher(eventLog, plans), Districts = districts.Count, Gate = new DispatchGate(desk, holds, districts), LateAfter = () => PlanPatience.At(speed) }, clock)
        {
            OnPlan = plan => RoleLog.Plan(log, plan.Id, plan.Status, plan.Gap, plan.Seconds, plan.Vehicles, plan.SetpointsChanged),
        };
        var readiness = new RoleReadiness(eventLog, database, () => new Readiness(true, "takes the fleet from the log"), clock);
        await using PeerHost peers = PeerHost.Build(options.Listen, options.RoleToken, readiness.NowAsync, loggers).Serve((IPlanQueries)horizon.Board).Serve(new SetpointBoard(desk, parts.Of, answers), holds, flexibility);
        await peers.StartAsync(stop);
        RoleLog.Listening(log, "optimizer", peers.Address);
        await Together.RunAsync(stop, [fleet.RunAsync, horizon.RunAsync, .. answers is null ? Array.Empty<Func<CancellationToken, Task>>() : [answers.RunAsync]]);
        await peers.StopAsync(CancellationToken.None);
        RoleLog.Stopped(log, "optimizer");
        return ExitCode.Done;
    }
}
