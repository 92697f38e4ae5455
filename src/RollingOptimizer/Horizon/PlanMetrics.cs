using System.Diagnostics;
using System.Diagnostics.Metrics;
using Movc.Domain.Queries;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>What the optimizer tells of itself to whoever listens (docs/operations/telemetry.md).</summary>
internal static class PlanMetrics
{
    public const string Name = "Movc.RollingOptimizer";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Plans = Meter.CreateCounter<long>("movc.plan.published", "{plan}", "Plans published, by their status");
    private static readonly Counter<long> Setpoints = Meter.CreateCounter<long>("movc.plan.setpoints", "{setpoint}", "Setpoints sent because they changed");
    private static readonly Histogram<double> SolveDuration = Meter.CreateHistogram<double>("movc.plan.solve.duration", "s", "From the fleet to its setpoints");
    private static readonly Histogram<double> PublishDuration = Meter.CreateHistogram<double>("movc.plan.publish.duration", "s", "From the fleet to the plan durable and on the log");
    private static readonly Gauge<double> Gap = Meter.CreateGauge<double>("movc.plan.gap", "1", "Certified gap of the plan in force");
    private static readonly Gauge<int> Vehicles = Meter.CreateGauge<int>("movc.plan.vehicles", "{vehicle}", "Vehicles that the plan in force dispatches");
    private static readonly Counter<long> Findings = Meter.CreateCounter<long>("movc.plan.audit.findings", "{finding}", "Faults that the audit found in plans");

    public static readonly ActivitySource Activities = new(Name);

    /// <summary>Notes a plan that was published.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="seconds">From the fleet until it was on the log.</param>
    public static void Note(PlanView plan, double seconds)
    {
        Plans.Add(1, new KeyValuePair<string, object?>("status", plan.Status));
        Setpoints.Add(plan.SetpointsChanged);
        SolveDuration.Record(plan.Seconds);
        PublishDuration.Record(seconds);
        if (double.IsFinite(plan.Gap)) Gap.Record(plan.Gap);
        Vehicles.Record(plan.Vehicles);
        Findings.Add(plan.Audit.Findings);
    }
}
